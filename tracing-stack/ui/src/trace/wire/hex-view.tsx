import { useComputed, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { useClientSize } from '../../grid/client-size.ts';
import { scrollTopFor, windowOf } from '../../grid/window.ts';
import { wireText } from './i18n/wire-text.ts';
import type { MessageState } from './message-state.ts';
import { hasChildren } from './part-tree.ts';
import { twoDigits } from './told.tsx';

/** CSS pixels; wire.css has the same. */
const ROW_HEIGHT = 22;
/** Where sixteen bytes and their letters have no room, eight do. */
const WIDE = 580;
/** What the page usually shows above. */
const USUALLY_ABOVE = 420;

/** The bytes, sixteen or eight a row, and the letters that they are. Arrow keys go from byte to byte. */
export function HexView({ looked }: { readonly looked: MessageState }) {
  const { bytes, tree, rebuilt } = looked.message;
  const words = wireText();
  const pane = useRef<HTMLDivElement>(null);
  const scrollTop = useSignal(0);
  const { width, height } = useClientSize(pane, USUALLY_ABOVE);
  const perRow = useComputed(() => (width.value >= WIDE ? 16 : 8)).value;
  const count = Math.ceil(bytes.length / perRow);
  const window = useComputed(() =>
    windowOf(
      scrollTop.value,
      height.value,
      ROW_HEIGHT,
      Math.ceil(bytes.length / (width.value >= WIDE ? 16 : 8)),
    ),
  );
  const first = useComputed(() => window.value.first).value;
  const end = useComputed(() => window.value.end).value;
  /** The byte that arrow keys start from. */
  const at = useSignal(0);
  const cursor = looked.cursor.value;
  const start = tree.parts[cursor]?.start ?? 0;
  useEffect(() => {
    // A part that was chosen elsewhere is shown from its start.
    if (tree.ofByte[at.peek()] !== cursor) at.value = start;
    const element = pane.current as HTMLDivElement;
    const position = Math.floor(at.peek() / perRow);
    const top = scrollTopFor(position, element.scrollTop, element.clientHeight, ROW_HEIGHT);
    if (top !== element.scrollTop) element.scrollTop = top;
  }, [cursor, start, tree, at, perRow]);

  const partOf = (event: Event) => {
    const byte = (event.target as HTMLElement).dataset['at'];
    return byte === undefined ? undefined : { byte: Number(byte), part: tree.ofByte[Number(byte)] };
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const page = perRow * Math.max(1, Math.floor(height.value / ROW_HEIGHT) - 1);
    const by = {
      ArrowRight: 1,
      ArrowLeft: -1,
      ArrowDown: perRow,
      ArrowUp: -perRow,
      PageDown: page,
      PageUp: -page,
      Home: -bytes.length,
      End: bytes.length,
    }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    at.value = Math.max(0, Math.min(at.value + by, bytes.length - 1));
    const part = tree.ofByte[at.value] ?? -1;
    if (part >= 0) looked.choose(part);
    const element = pane.current as HTMLDivElement;
    const position = Math.floor(at.value / perRow);
    element.scrollTop = scrollTopFor(position, element.scrollTop, element.clientHeight, ROW_HEIGHT);
  };
  const rows = [];
  for (let row = first; row < end; row++)
    rows.push(
      <HexRow key={row} looked={looked} from={row * perRow} perRow={perRow} at={at.value} />,
    );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form
    <div
      class={perRow === 16 ? 'wire-hex wide' : 'wire-hex'}
      ref={pane}
      role="group"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys go from byte to byte
      tabIndex={0}
      aria-label={words.bytes}
      aria-describedby="wire-told"
      onScroll={(event) => {
        scrollTop.value = event.currentTarget.scrollTop;
      }}
      onKeyDown={onKeyDown}
      onPointerOver={(event) => {
        const part = partOf(event)?.part ?? -1;
        looked.point(part >= 0 ? [part] : []);
      }}
      onPointerLeave={() => looked.point([])}
      onClick={(event) => {
        const found = partOf(event);
        if (found === undefined) return;
        at.value = found.byte;
        if (found.part !== undefined && found.part >= 0) looked.choose(found.part);
      }}
    >
      {/* What they mean is in the tree, and what is looked at is said below. */}
      <div class="wire-rows" style={{ height: `${count * ROW_HEIGHT}px` }} aria-hidden="true">
        <div style={{ transform: `translateY(${first * ROW_HEIGHT}px)` }}>{rows}</div>
      </div>
      {rebuilt > 0 && <span class="visually-hidden">{words.rebuilt(rebuilt)}</span>}
    </div>
  );
}

function HexRow(props: {
  readonly looked: MessageState;
  readonly from: number;
  readonly perRow: number;
  readonly at: number;
}) {
  const { looked, from, perRow, at } = props;
  const { bytes, tree, rebuilt } = looked.message;
  const ranges = looked.lookedAt.value.flatMap((i) => {
    const part = tree.parts[i];
    if (part === undefined) return [];
    // Of what holds others no byte is its own value.
    const valueStart = hasChildren(tree, i) ? part.end : (part.valueStart ?? part.start);
    return [{ start: part.start, valueStart, end: part.end }];
  });
  const roles = looked.roles.value;
  const classOf = (byte: number) => {
    const range = ranges.find(({ start, end }) => start <= byte && byte < end);
    const isValue = range && byte >= range.valueStart;
    return [
      range && (isValue ? 'looked' : 'looked leads'),
      roles[byte],
      byte < rebuilt && 'rebuilt',
      byte === at && 'at',
    ]
      .filter(Boolean)
      .join(' ');
  };
  const own = [...bytes.subarray(from, from + perRow)];
  return (
    <div class="wire-row">
      <span class="offset">{from.toString(16).padStart(4, '0')}</span>
      <span class="octets">
        {own.map((byte, i) => (
          <b key={i} data-at={from + i} class={classOf(from + i)}>
            {twoDigits(byte)}
          </b>
        ))}
      </span>
      <span class="letters">
        {own.map((byte, i) => (
          <b key={i} data-at={from + i} class={classOf(from + i)}>
            {byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·'}
          </b>
        ))}
      </span>
    </div>
  );
}

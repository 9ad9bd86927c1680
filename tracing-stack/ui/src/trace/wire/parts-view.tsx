import { useComputed, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { useClientSize } from '../../grid/client-size.ts';
import { scrollTopFor, windowOf } from '../../grid/window.ts';
import { Chevron } from '../../shell/action-icons.tsx';
import type { TraceViewState } from '../trace-view-state.ts';
import { wireText } from './i18n/wire-text.ts';
import { SpanName } from './injected-header.tsx';
import type { MessageState } from './message-state.ts';
import { hasChildren, shownFor } from './part-tree.ts';

/** CSS pixels; wire.css has the same. */
const ROW_HEIGHT = 24;
const USUALLY_ABOVE = 420;

const rowId = (part: number) => `part-${part}`;

/** The parts as a tree. It has the focus as a whole; arrow keys move a cursor over it, fold and unfold. */
export function PartsView(props: {
  readonly state: TraceViewState;
  readonly looked: MessageState;
}) {
  const { state, looked } = props;
  const { tree } = looked.message;
  const words = wireText();
  const pane = useRef<HTMLDivElement>(null);
  const scrollTop = useSignal(0);
  const { height } = useClientSize(pane, USUALLY_ABOVE);
  const shown = looked.shown.value;
  const count = useSignal(shown.length);
  count.value = shown.length;
  const window = useComputed(() =>
    windowOf(scrollTop.value, height.value, ROW_HEIGHT, count.value),
  );
  const first = useComputed(() => window.value.first).value;
  const end = useComputed(() => window.value.end).value;
  const cursor = looked.cursor.value;
  const position = shown.indexOf(cursor);
  useEffect(() => {
    const element = pane.current as HTMLDivElement;
    const top = scrollTopFor(position, element.scrollTop, element.clientHeight, ROW_HEIGHT);
    if (top !== element.scrollTop) element.scrollTop = top;
  }, [position]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const page = Math.max(1, Math.floor(height.value / ROW_HEIGHT) - 1);
    const isFolded = looked.folded.value.has(cursor);
    const opens = hasChildren(tree, cursor);
    const to = {
      ArrowDown: position + 1,
      ArrowUp: position - 1,
      PageDown: position + page,
      PageUp: position - page,
      Home: 0,
      End: shown.length - 1,
    }[event.key];
    if (to !== undefined)
      looked.choose(shown[Math.max(0, Math.min(to, shown.length - 1))] ?? cursor);
    else if (event.key === 'ArrowRight' && opens && isFolded) looked.toggle(cursor);
    else if (event.key === 'ArrowRight' && opens) looked.choose(cursor + 1);
    else if (event.key === 'ArrowLeft' && opens && !isFolded) looked.toggle(cursor);
    else if (event.key === 'ArrowLeft') looked.choose(Math.max(0, tree.parents[cursor] ?? 0));
    else if (event.key === 'Enter' || event.key === ' ') looked.toggle(cursor);
    else return;
    event.preventDefault();
  };
  const partAt = (event: Event) =>
    Number((event.target as Element).closest<HTMLElement>('[data-part]')?.dataset['part'] ?? -1);
  return (
    <div
      class="wire-parts"
      ref={pane}
      role="tree"
      tabIndex={0}
      aria-label={words.parts}
      aria-activedescendant={position >= first && position < end ? rowId(cursor) : undefined}
      onScroll={(event) => {
        scrollTop.value = event.currentTarget.scrollTop;
      }}
      onKeyDown={onKeyDown}
      onPointerOver={(event) => {
        const part = partAt(event);
        looked.point(part >= 0 ? [part] : []);
      }}
      onPointerLeave={() => looked.point([])}
      onClick={(event) => {
        const part = partAt(event);
        if (part < 0) return;
        if ((event.target as Element).closest('.fold') || part === cursor) looked.toggle(part);
        looked.choose(part);
      }}
    >
      <div
        class="wire-rows"
        role="presentation"
        style={{ height: `${shown.length * ROW_HEIGHT}px` }}
      >
        <div role="presentation" style={{ transform: `translateY(${first * ROW_HEIGHT}px)` }}>
          {shown.slice(first, end).map((part) => (
            <PartRow key={part} state={state} looked={looked} at={part} />
          ))}
        </div>
      </div>
    </div>
  );
}

function PartRow(props: {
  readonly state: TraceViewState;
  readonly looked: MessageState;
  readonly at: number;
}) {
  const { state, looked, at } = props;
  const { tree, spans } = looked.message;
  const words = wireText();
  const part = tree.parts[at];
  if (part === undefined) return null;
  const { depth, name, id, type, value, role } = part;
  const opens = hasChildren(tree, at);
  const isFolded = looked.folded.value.has(at);
  const span = spans.find((each) => each.part === at);
  const isLooked = looked.lookedAt.value.some(
    (each) => shownFor(tree, looked.folded.value, each) === at,
  );
  const isOfOpenSpan = role && looked.partsOfRole(role).includes(at);
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the tree itself has the focus
    <div
      id={rowId(at)}
      class={`wire-part ${isLooked ? 'looked' : ''} ${at === looked.cursor.value ? 'cursor' : ''}`}
      role="treeitem"
      data-part={at}
      aria-level={depth + 1}
      aria-expanded={opens ? !isFolded : undefined}
      aria-selected={at === looked.cursor.value}
      style={{ paddingLeft: `${8 + depth * 14}px` }}
    >
      <span class={`fold ${isFolded ? '' : 'open'}`}>{opens && <Chevron />}</span>
      <span class="part-name">
        {id !== undefined && <span class="part-id">{id}</span>}{' '}
        {name || (id !== undefined && words.unnamed)}
      </span>
      {type !== name && <span class="part-type">{type}</span>}
      {value !== undefined && (
        <code class={isOfOpenSpan ? `part-value ${role}` : 'part-value'}>{value}</code>
      )}
      {span && <SpanName state={state} span={span} />}
      {type.endsWith('Span') && !opens && !span && (
        <span class="part-type">{words.otherTrace}</span>
      )}
    </div>
  );
}

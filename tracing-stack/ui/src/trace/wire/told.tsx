import type { TraceViewState } from '../trace-view-state.ts';
import { wireText } from './i18n/wire-text.ts';
import { SpanName } from './injected-header.tsx';
import type { MessageState } from './message-state.ts';
import { spanOf } from './part-tree.ts';
import { explanationOf } from './type-hints.ts';

const MOST_BYTES = 12;

/** What is looked at, in words: its bytes, what they say, how they are written, and whose they are. */
export function Told(props: { readonly state: TraceViewState; readonly looked: MessageState }) {
  const { state, looked } = props;
  const { bytes, tree, spans, layout } = looked.message;
  const words = wireText();
  const at = looked.lookedAt.value[0] ?? 0;
  const part = tree.parts[at];
  if (part === undefined) return null;
  const { start, end, name, id, type, value, role } = part;
  const span = spanOf(tree, spans, at);
  const hex = [...bytes.subarray(start, Math.min(end, start + MOST_BYTES))]
    .map(twoDigits)
    .join(' ');
  const hint = explanationOf(layout, part, words.hints);
  return (
    <p class="wire-told" id="wire-told" role="status">
      <span class="muted">{words.range(start, end)}</span>{' '}
      <code class="wire-told-bytes">
        {hex}
        {end - start > MOST_BYTES && '…'}
      </code>{' '}
      <b>
        {id !== undefined && `${words.field(id)} `}
        {name || (id !== undefined && words.unnamed)}
      </b>{' '}
      <span class="muted">{type}</span> {value !== undefined && <code>{value}</code>}{' '}
      {role && <span class={`wire-role ${role}`}>{words.roles[role]}</span>}{' '}
      {hint && <span class="muted">{hint}</span>} {span && <SpanName state={state} span={span} />}
    </p>
  );
}

export const twoDigits = (byte: number) => byte.toString(16).padStart(2, '0');

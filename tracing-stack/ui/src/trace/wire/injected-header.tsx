import { text } from '../../i18n/text.ts';
import { serviceColor } from '../../palette/service-color.ts';
import { hrefInTimeline } from '../trace-address.ts';
import type { TraceViewState } from '../trace-view-state.ts';
import { wireText } from './i18n/wire-text.ts';
import type { MessageState } from './message-state.ts';
import type { WireSpan } from './wire-client.ts';

/** The header by which the open span's identity went on to whom it called; each piece points at the bytes that hold it. */
export function InjectedHeader(props: {
  readonly state: TraceViewState;
  readonly looked: MessageState;
}) {
  const { state, looked } = props;
  const words = wireText();
  const span = looked.openSpan.value;
  if (span === undefined) return null;
  const { name, pieces } = span.header;
  return (
    <div class="wire-header">
      <p class="wire-span">
        {words.header} <SpanName state={state} span={span} />{' '}
        <a href={hrefInTimeline(span.spanId)}>{words.inTimeline}</a>
      </p>
      <p class="wire-injected">
        <code>{name}: </code>
        {pieces.map(({ text: piece, role }, i) => {
          if (role === undefined) return <code key={i}>{piece}</code>;
          const parts = looked.partsOfRole(role);
          return (
            <button
              key={i}
              type="button"
              class={`wire-piece ${role}`}
              title={words.roleHints[role]}
              onPointerEnter={() => looked.point(parts)}
              onPointerLeave={() => looked.point([])}
              onFocus={() => looked.point(parts)}
              onBlur={() => looked.point([])}
              onClick={() => parts[0] !== undefined && looked.moveTo(parts[0])}
            >
              <code>{piece}</code>
              <small>{words.roles[role]}</small>
            </button>
          );
        })}
      </p>
    </div>
  );
}

/** The row that shows it in the other views. */
export function SpanName(props: { readonly state: TraceViewState; readonly span: WireSpan }) {
  const { model } = props.state;
  const { noName } = text().search;
  const row = model.rowOfSpan(props.span.spanId);
  if (row === undefined) return <code>{props.span.spanId}</code>;
  const service = model.serviceName(row);
  return (
    <span class="wire-span-name">
      <i class="swatch" style={{ background: serviceColor(model.colorOfService(service)) }} />
      <span>
        <b>{service || noName}</b> {model.span(row).operationName || noName}
      </span>
    </span>
  );
}

import { useSignal } from '@preact/signals';
import {
  type LogJson,
  micros,
  type ReferenceJson,
  selfTimes,
  signedDuration,
} from '@spoor/analysis';
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { formatDuration } from '../format/duration.ts';
import { text, traceText } from '../i18n/text.ts';
import { serviceColor } from '../palette/service-color.ts';
import { Chain } from '../shell/action-icons.tsx';
import { CopyButton } from '../shell/copy-button.tsx';
import { hrefOf } from '../shell/location.ts';
import { PanelHead } from '../shell/panel-head.tsx';
import { KeyValueTable } from './key-value-table.tsx';
import './span-panel.css';
import { hrefInTimeline, hrefOfSpan, hrefOfView, shareableAddress } from './trace-address.ts';
import { isNegative, isOrphan, type TraceModel } from './trace-model.ts';
import { rowElementId } from './waterfall-row.tsx';

/** All that a span carries. */
export function SpanPanel(props: {
  readonly model: TraceModel;
  readonly row: number;
  readonly isInTimeline: boolean;
  /** Called before the address is copied: it says which span is open. */
  readonly onShare: () => void;
  readonly onClose: () => void;
}) {
  const { model, row } = props;
  const { span: words, trace } = traceText();
  const self = useMemo(() => selfTimes(model), [model]);
  const span = model.span(row);
  const process = model.process(row);
  const close = () => {
    props.onClose();
    document.querySelector<HTMLElement>('.trace-body [data-rows]')?.focus();
  };
  useEffect(() => {
    // On a narrow screen the details would cover it. It may be drawn only now that the cursor has been moved.
    const frame = requestAnimationFrame(() =>
      document.getElementById(rowElementId(row))?.scrollIntoView({ block: 'nearest' }),
    );
    return () => cancelAnimationFrame(frame);
  }, [row]);
  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    close();
  };
  return (
    <aside class="span-panel" aria-label={words.panel} onKeyDown={closeOnEscape}>
      <PanelHead
        serviceName={model.serviceName(row)}
        operationName={span.operationName}
        color={serviceColor(model.color[row])}
        close={words.close}
        onClose={close}
      />
      <div class="span-body">
        <dl class="facts">
          <div>
            <dt>{words.start}</dt>
            <dd>{formatDuration(model.start[row] ?? 0)}</dd>
          </div>
          <div>
            <dt>{words.duration}</dt>
            <dd>
              {isNegative(model, row) ? trace.negative : formatDuration(model.length[row] ?? 0)}
            </dd>
          </div>
          <div>
            <dt title={words.selfHint}>{words.self}</dt>
            <dd>{formatDuration(self[row] ?? 0)}</dd>
          </div>
          <div>
            <dt>{words.id}</dt>
            <dd>
              <code>{span.spanID}</code>
              <CopyButton value={span.spanID} label={words.copyId} />
              <CopyButton
                value={() => {
                  props.onShare();
                  return shareableAddress();
                }}
                label={words.copyLink}
                icon={<Chain />}
              />
            </dd>
          </div>
        </dl>
        <p class="elsewhere">
          {!props.isInTimeline && <a href={hrefInTimeline(span.spanID)}>{words.inTimeline}</a>}
          <a href={hrefOfView('wire')}>{words.onTheWire}</a>
        </p>
        <Warnings model={model} row={row} />
        <Part title={words.tags} count={span.tags?.length ?? 0}>
          <KeyValueTable pairs={span.tags ?? []} />
        </Part>
        <Part title={words.logs} count={span.logs?.length ?? 0}>
          <Logs key={span.spanID} logs={span.logs ?? []} spanStart={micros(span.startTime)} />
        </Part>
        <Part title={words.process} count={process?.tags?.length ?? 0} isAlways>
          <KeyValueTable
            pairs={[
              { key: 'service', value: process?.serviceName ?? '' },
              ...(process?.tags ?? []),
            ]}
          />
        </Part>
        <Part title={words.references} count={span.references?.length ?? 0} isAlways>
          <References model={model} references={span.references ?? []} />
        </Part>
      </div>
    </aside>
  );
}

/** A part that can be folded; left out if it is empty, unless its emptiness says something. */
function Part(props: {
  readonly title: string;
  readonly count: number;
  readonly isAlways?: boolean;
  readonly children: ComponentChildren;
}) {
  if (props.count === 0 && !props.isAlways) return null;
  return (
    <details open>
      <summary>
        <h3>{props.title}</h3>
        {props.count > 0 && <span class="count">{text().number(props.count)}</span>}
      </summary>
      {props.children}
    </details>
  );
}

function Warnings({ model, row }: { readonly model: TraceModel; readonly row: number }) {
  const { span: words } = traceText();
  const { orphanHint } = text();
  const span = model.span(row);
  const orphan = isOrphan(model, row) ? [orphanHint] : [];
  const negative = isNegative(model, row)
    ? [words.negative(formatDuration(signedDuration(micros(span.duration))))]
    : [];
  const warnings = [...orphan, ...negative, ...(span.warnings ?? [])];
  if (warnings.length === 0) return null;
  return (
    <ul class="warnings" aria-label={words.warnings}>
      {warnings.map((warning) => (
        <li key={warning}>{warning}</li>
      ))}
    </ul>
  );
}

/** So many logs are shown at first. */
const SOME_LOGS = 50;

function Logs({
  logs,
  spanStart,
}: {
  readonly logs: readonly LogJson[];
  readonly spanStart: number;
}) {
  const { span: words } = traceText();
  const isAll = useSignal(false);
  const shown = isAll.value ? logs : logs.slice(0, SOME_LOGS);
  return (
    <>
      <ol class="logs">
        {shown.map((log, i) => (
          <li key={i}>
            <span class="log-time" title={words.after}>
              +{formatDuration(micros(log.timestamp) - spanStart)}
            </span>
            <KeyValueTable pairs={log.fields ?? []} />
          </li>
        ))}
      </ol>
      {shown.length < logs.length && (
        <button
          type="button"
          class="button"
          onClick={() => {
            isAll.value = true;
          }}
        >
          {words.allLogs(logs.length)}
        </button>
      )}
    </>
  );
}

function References(props: {
  readonly model: TraceModel;
  readonly references: readonly ReferenceJson[];
}) {
  const { span: words } = traceText();
  const { model, references } = props;
  if (references.length === 0) return <p class="muted">{words.root}</p>;
  return (
    <ul class="references">
      {references.map((reference) => (
        <li key={`${reference.refType} ${reference.traceID} ${reference.spanID}`}>
          <span class="ref-type">{reference.refType}</span>
          <ReferenceTarget model={model} reference={reference} />
        </li>
      ))}
    </ul>
  );
}

function ReferenceTarget(props: { readonly model: TraceModel; readonly reference: ReferenceJson }) {
  const { model, reference } = props;
  const { span: words } = traceText();
  const { traceID, spanID } = reference;
  const isHere = traceID === model.traceId;
  const row = isHere ? model.rowOfSpan(spanID) : undefined;
  const name = row === undefined ? undefined : model.span(row).operationName;
  const href = isHere ? hrefOfSpan(spanID) : hrefOf(`trace/${traceID}?span=${spanID}`);
  const where = isHere
    ? row === undefined
      ? words.notArrived
      : words.sameTrace
    : words.otherTrace;
  return (
    <span>
      {isHere && row === undefined ? (
        <code>{spanID}</code>
      ) : (
        <a href={href}>{name || <code>{spanID}</code>}</a>
      )}{' '}
      <span class="muted">{where}</span>
    </span>
  );
}

import { endTime, type ObservedSpan, type ObservedTrace, type SeveredCall } from '@spoor/analysis';
import { formatDuration } from '../../format/duration.ts';
import { text } from '../../i18n/text.ts';
import { serviceColor, serviceColors } from '../../palette/service-color.ts';
import { hrefOf } from '../../shell/location.ts';
import { hrefOfSpan } from '../trace-address.ts';
import type { TraceModel } from '../trace-model.ts';
import { Card, Mend, Reasons } from './card.tsx';
import { breaksText } from './i18n/breaks-text.ts';
import { linesToAdd } from './lines-to-add.ts';

/** A call of one trace and a request of another, what says that they belong together, and what would join them. */
export function SeveredCard(props: {
  readonly severed: SeveredCall;
  /** The trace that is shown: one of the two. */
  readonly here: ObservedTrace;
  readonly model: TraceModel;
}) {
  const { severed, here } = props;
  const { call, request, evidence, rivals, share } = severed;
  const { severed: words, evidence: why, mend } = breaksText();
  const { noName } = text().search;
  const lines = linesToAdd(call, request);
  return (
    <Card title={severed.caller.traceId === here.traceId ? words.goesOn : words.begins}>
      <Bridge {...props} />
      <p>{words.why}</p>
      <Reasons
        title={why}
        lines={[
          words.open,
          words.rooted,
          words.within(share),
          ...evidence.map((each) => words.by[each]),
          ...(evidence.length === 0 ? [words.timesOnly] : []),
          ...(rivals > 0 ? [words.rivals(rivals)] : []),
        ]}
      />
      <h4>{mend}</h4>
      <Mend words={words.caller(call.serviceName || noName)} lines={lines.caller} />
      <Mend words={words.callee(request.serviceName || noName)} lines={lines.callee} />
    </Card>
  );
}

/** Both spans on one axis of time, with dotted lines where the one should lead to the other. */
function Bridge(props: {
  readonly severed: SeveredCall;
  readonly here: ObservedTrace;
  readonly model: TraceModel;
}) {
  const { severed, here, model } = props;
  const { call, request, caller, callee } = severed;
  const { severed: words } = breaksText();
  const { noName } = text().search;
  const start = Math.min(call.startTime, request.startTime);
  const whole = Math.max(1, Math.max(endTime(call), endTime(request)) - start);
  const percent = (time: number) => (100 * (time - start)) / whole;
  const colors = serviceColors([call.serviceName, request.serviceName]);
  const lane = (span: ObservedSpan, trace: ObservedTrace) => {
    const isHere = trace.traceId === here.traceId;
    const color = isHere ? model.colorOfService(span.serviceName) : colors.get(span.serviceName);
    const name = `${span.serviceName || noName} ${span.operationName || noName}`;
    const href = isHere
      ? hrefOfSpan(span.spanId)
      : hrefOf(`trace/${trace.traceId}?span=${span.spanId}`);
    return (
      <div class="lane" style={{ '--service': serviceColor(color) }}>
        <p>
          <a href={href}>{name}</a>{' '}
          <span class="muted">
            {formatDuration(Math.max(0, span.duration))},{' '}
            {isHere ? words.here : `${words.there} ${trace.traceId.slice(0, 7)}`}
          </span>
        </p>
        <i
          style={{
            left: `${percent(span.startTime)}%`,
            width: `${percent(endTime(span)) - percent(span.startTime)}%`,
          }}
        />
      </div>
    );
  };
  const label = (span: ObservedSpan) =>
    `${span.serviceName} ${span.operationName} (${formatDuration(Math.max(0, span.duration))})`;
  return (
    <figure class="bridge" aria-label={words.bridge(label(call), label(request))}>
      {lane(call, caller)}
      <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
        {[percent(request.startTime), percent(endTime(request))].map((x) => (
          <path key={x} d={`M${x} 0V10`} vector-effect="non-scaling-stroke" />
        ))}
      </svg>
      {lane(request, callee)}
    </figure>
  );
}

import { useSignal } from '@preact/signals';
import {
  type LostParent,
  lostParents,
  type ObservedSpan,
  type ObservedTrace,
  observedTrace,
  parentCircles,
  type SkewedClocks,
  skewedClocks,
} from '@spoor/analysis';
import { useEffect, useMemo } from 'preact/hooks';
import { queryClient } from '../../api/query-client.ts';
import { formatDuration } from '../../format/duration.ts';
import { language } from '../../i18n/language.ts';
import { text } from '../../i18n/text.ts';
import { serviceColor } from '../../palette/service-color.ts';
import { base } from '../../shell/location.ts';
import { OpenedSpan } from '../opened-span.tsx';
import { hrefOfSpan } from '../trace-address.ts';
import type { TraceModel } from '../trace-model.ts';
import type { TraceViewState } from '../trace-view-state.ts';
import { Card, Mend, Reasons } from './card.tsx';
import { breaksText, loadBreaksTexts } from './i18n/breaks-text.ts';
import { isOpen, type OtherTraces, otherTraces } from './other-traces.ts';
import { SeveredCard } from './severed-card.tsx';
import './breaks.css';

/** So long after its end a trace may still grow, in microseconds. */
const YOUNG = 30_000_000;
/** More children of one lost parent say nothing new. */
const MOST_SPANS = 6;

/** The break finder, once there are words for it. */
export async function loadBreaksPage() {
  await loadBreaksTexts(language.value);
  return BreaksPage;
}

type Others =
  | { readonly is: 'none' | 'looking' }
  | { readonly is: 'read'; readonly others: OtherTraces }
  | { readonly is: 'failed'; readonly message: string };

/** Where the trace breaks: what is missing, what goes on in another trace, and which clocks are wrong. */
function BreaksPage({ state }: { readonly state: TraceViewState }) {
  const { model } = state;
  const words = breaksText();
  const trace = useMemo(() => observedTrace(model.json), [model]);
  const lost = useMemo(() => lostParents(trace), [trace]);
  const circles = useMemo(() => parentCircles(trace), [trace]);
  const clocks = useMemo(() => skewedClocks(trace), [trace]);
  const others = useOtherTraces(trace);
  const severed = others.is === 'read' ? others.others.severed : [];
  const count = lost.length + circles.length + clocks.length + severed.length;
  const isDone = others.is === 'read' || others.is === 'none';
  // Nothing found is not said before all has been looked at.
  const noneYet = others.is === 'looking' ? words.looking : words.found(0);
  const title = count > 0 ? words.found(count) : isDone ? words.noneTitle : noneYet;
  return (
    <div class="trace-body breaks-body">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so it must be reached by the keyboard */}
      <section class="breaks" tabIndex={0} aria-labelledby="breaks-title">
        <h2 id="breaks-title">{title}</h2>
        {title !== words.looking && <Looked others={others} />}
        <Young model={model} isBroken={count > 0} />
        {count === 0 && isDone && (
          <ul class="looked-for">
            {words.none.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        )}
        {severed.map((each) => (
          <SeveredCard key={each.call.spanId} severed={each} here={trace} model={model} />
        ))}
        {lost.map((each) => (
          <LostCard key={each.parentId} lost={each} model={model} />
        ))}
        {circles.map((span) => (
          <Card key={span.spanId} title={words.circle.title}>
            <p>{words.circle.why(nameOf(span))}</p>
            <Spans model={model} spans={[span]} />
          </Card>
        ))}
        {clocks.map((each) => (
          <ClocksCard key={each.child.spanId} clocks={each} model={model} />
        ))}
      </section>
      <OpenedSpan state={state} />
    </div>
  );
}

function useOtherTraces(trace: ObservedTrace): Others {
  const others = useSignal<Others>({ is: 'none' });
  useEffect(() => {
    if (!isOpen(trace)) {
      others.value = { is: 'none' };
      return;
    }
    const reading = new AbortController();
    others.value = { is: 'looking' };
    otherTraces(queryClient(base), trace, reading.signal).then(
      (read) => {
        others.value = { is: 'read', others: read };
      },
      (error: Error) => {
        if (!reading.signal.aborted) others.value = { is: 'failed', message: error.message };
      },
    );
    return () => reading.abort();
  }, [trace, others]);
  return others.value;
}

/** How far was looked into other traces. */
function Looked({ others }: { readonly others: Others }) {
  const words = breaksText();
  if (others.is === 'failed')
    return (
      <p class="server-says" role="alert">
        {words.failed} {others.message}
      </p>
    );
  return (
    <p class="muted" role="status">
      {others.is === 'looking' && words.looking}
      {others.is === 'none' && words.notCompared}
      {others.is === 'read' && <Compared {...others.others} />}
    </p>
  );
}

function Compared({ traceCount, asked, services }: OtherTraces) {
  const words = breaksText();
  return (
    <>
      {words.compared(traceCount, asked)}
      {asked < services && ` ${words.someServices(asked, services)}`}
    </>
  );
}

function Young({ model, isBroken }: { readonly model: TraceModel; readonly isBroken: boolean }) {
  const words = breaksText();
  const age = Date.now() * 1e3 - (model.startTime + model.duration);
  if (!isBroken || age < 0 || age > YOUNG) return null;
  return (
    <p class="young">
      {words.young(formatDuration(age, 2))}{' '}
      <button type="button" class="button" onClick={() => location.reload()}>
        {words.lookAgain}
      </button>
    </p>
  );
}

function LostCard({ lost, model }: { readonly lost: LostParent; readonly model: TraceModel }) {
  const words = breaksText();
  const { noName } = text().search;
  const { from, parentId, children, isRoot, laterSpans } = lost;
  const service = children[0]?.serviceName || noName;
  const isAlive = laterSpans > 0;
  return (
    <Card title={words.lost.titles[from](service)}>
      <p>{words.lost.why[from](parentId)}</p>
      <Reasons
        title={words.evidence}
        lines={[
          words.lost.children(children.length),
          ...(isRoot ? [words.lost.root] : []),
          ...(isAlive ? [words.lost.later(laterSpans)] : []),
        ]}
      />
      <Spans model={model} spans={children} />
      <Reasons
        title={words.causes}
        lines={
          from === 'own'
            ? words.lost[isAlive ? 'causesAlive' : 'causesOwn']
            : words.lost.causesCaller
        }
      />
      <h4>{words.mend}</h4>
      <Mend words={words.lost.finish} lines={'try {\n  …\n} finally {\n  span.finish();\n}'} />
      {!isAlive && <Mend words={words.lost.close} lines="await closer.close();" />}
    </Card>
  );
}

function ClocksCard({
  clocks,
  model,
}: {
  readonly clocks: SkewedClocks;
  readonly model: TraceModel;
}) {
  const { clocks: words, evidence, mend } = breaksText();
  const { parent, child, shows, behind, calls } = clocks;
  const by = {
    early: parent.startTime - child.startTime,
    late: child.startTime - parent.startTime - parent.duration,
    adjusted: Math.abs(behind),
  }[shows];
  const about = formatDuration(Math.abs(behind));
  return (
    <Card title={words.title(parent.serviceName, child.serviceName)}>
      <p>{words[shows](formatDuration(by))}</p>
      <Reasons
        title={evidence}
        lines={[
          words.calls(calls),
          behind > 0
            ? words.behind(child.serviceName, about)
            : words.ahead(child.serviceName, about),
        ]}
      />
      <Spans model={model} spans={[parent, child]} />
      <h4>{mend}</h4>
      <p>{words.ntp}</p>
      {shows !== 'adjusted' && (
        <Mend words={words.flag} lines="--query.max-clock-skew-adjustment=1s" />
      )}
    </Card>
  );
}

const nameOf = ({ operationName, spanId }: ObservedSpan) => operationName || spanId;

/** Links that open the spans' details beside the breaks. */
function Spans({
  model,
  spans,
}: {
  readonly model: TraceModel;
  readonly spans: readonly ObservedSpan[];
}) {
  const words = breaksText();
  return (
    <ul class="break-spans" aria-label={words.spans}>
      {spans.slice(0, MOST_SPANS).map((span) => (
        <li key={span.spanId}>
          <i
            class="swatch"
            style={{ background: serviceColor(model.colorOfService(span.serviceName)) }}
          />
          <a href={hrefOfSpan(span.spanId)}>
            {span.serviceName} {nameOf(span)}
          </a>{' '}
          <span class="muted">
            {words.times(
              formatDuration(span.startTime - model.startTime),
              formatDuration(Math.max(0, span.duration)),
            )}
          </span>
        </li>
      ))}
      {spans.length > MOST_SPANS && <li class="muted">… {spans.length - MOST_SPANS}</li>}
    </ul>
  );
}

import type { ComponentChildren } from 'preact';
import { formatDuration } from '../format/duration.ts';
import { formatInstant, isoInstant } from '../format/time.ts';
import { text, traceText } from '../i18n/text.ts';
import { serviceColor } from '../palette/service-color.ts';
import { Chain } from '../shell/action-icons.tsx';
import { CopyButton } from '../shell/copy-button.tsx';
import { ErrorMark, OrphanMark } from '../shell/icons.tsx';
import { hrefOf } from '../shell/location.ts';
import { hrefOfView, shareableAddress } from './trace-address.ts';
import type { TraceModel } from './trace-model.ts';

export function TraceHeader(props: {
  readonly model: TraceModel;
  /** Called before the address is copied. */
  readonly onShare: () => void;
}) {
  const { model } = props;
  const { trace } = traceText();
  const { search, number, orphanHint } = text();
  const { root, services, depth, spanCount, errorCount, orphanCount, startTime, duration } =
    model.summary;
  return (
    <header class="trace-header">
      <div class="trace-title">
        <h1>
          <span class="service-name">{root?.serviceName || search.noName}</span>{' '}
          <span class="operation-name">{root?.operationName || search.noName}</span>
        </h1>
        <span class="trace-id">
          <code>{model.traceId}</code>
          <CopyButton value={model.traceId} label={trace.copyId} />
          <CopyButton
            value={() => {
              props.onShare();
              return shareableAddress();
            }}
            label={trace.copyView}
            icon={<Chain />}
          />
          <a href={hrefOf(`trace/${model.traceId}...`)}>{text().shell.compare}</a>
        </span>
      </div>
      <dl class="facts">
        <Fact label={trace.start}>
          <time dateTime={isoInstant(startTime)}>{formatInstant(startTime)}</time>
        </Fact>
        <Fact label={trace.duration}>{formatDuration(duration)}</Fact>
        <Fact label={trace.spanCount}>{number(spanCount)}</Fact>
        <Fact label={trace.depth}>{number(depth)}</Fact>
        {errorCount > 0 && (
          <Fact label={trace.errorCount}>
            <span class="errors">
              <ErrorMark /> {number(errorCount)}
            </span>
          </Fact>
        )}
        {orphanCount > 0 && (
          <Fact label={trace.orphanCount}>
            <a class="orphans" title={orphanHint} href={hrefOfView('breaks')}>
              <OrphanMark /> {number(orphanCount)}
            </a>
          </Fact>
        )}
        <Fact label={trace.services}>
          <ul class="services">
            {services.map(({ name, spanCount }) => (
              <li key={name}>
                <i
                  class="swatch"
                  style={{ background: serviceColor(model.colorOfService(name)) }}
                />
                {name || search.noName} <b>{number(spanCount)}</b>
              </li>
            ))}
          </ul>
        </Fact>
      </dl>
      {model.warnings.length > 0 && (
        <ul class="warnings" aria-label={trace.warnings}>
          {model.warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      )}
    </header>
  );
}

function Fact(props: { readonly label: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{props.label}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}

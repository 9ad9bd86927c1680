import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { QueryClient } from '../api/query-client.ts';
import { formatDuration } from '../format/duration.ts';
import { type Column, DataGrid } from '../grid/data-grid.tsx';
import { language } from '../i18n/language.ts';
import { text } from '../i18n/text.ts';
import { base, hrefOf, navigate } from '../shell/location.ts';
import { Failure, Message } from '../shell/message.tsx';
import { Chart, Spark } from './chart.tsx';
import { loadMonitorTexts, monitorText } from './i18n/monitor-text.ts';
import {
  KINDS,
  LOOKBACKS,
  type MonitorAddress,
  monitorAddress,
  monitorHref,
  timesOf,
} from './monitor-address.ts';
import {
  lastAndMost,
  type MonitorFigures,
  monitorFigures,
  type OperationFigures,
} from './monitor-figures.ts';
import '../shell/page-head.css';
import './monitor.css';

/** The page, once there are words for it. */
export async function loadMonitorPage() {
  await loadMonitorTexts(language.value);
  return MonitorPage;
}

type State =
  | { readonly is: 'loading' | 'no-services' }
  | { readonly is: 'failed'; readonly message: string }
  | { readonly is: 'read'; readonly figures: MonitorFigures; readonly end: Date };

/** How often a service is called, how long that takes and how often it fails, from the spans that are stored. */
function MonitorPage({ client }: { readonly client: QueryClient }) {
  const words = monitorText();
  const { loading } = text();
  const { service: named, kind, lookback } = monitorAddress();
  const services = useSignal<readonly string[]>([]);
  const state = useSignal<State>({ is: 'loading' });
  const attempt = useSignal(0);
  const attempts = attempt.value;
  const service = named || services.value[0] || '';
  useEffect(() => {
    document.title = words.pageTitle;
  }, [words]);
  useEffect(() => {
    const reading = new AbortController();
    state.value = { is: 'loading' };
    read(client, { service: named, kind, lookback }, reading.signal).then(
      ({ names, ...read }) => {
        services.value = names;
        state.value = read;
      },
      (error: Error) => {
        if (!reading.signal.aborted) state.value = { is: 'failed', message: error.message };
      },
    );
    return () => reading.abort();
  }, [client, named, kind, lookback, attempts, state, services]);
  const shown = state.value;
  const address = { service, kind, lookback };
  return (
    <div class="monitor-page">
      <Head address={address} services={services.value} />
      {shown.is === 'loading' && <p class="loading">{loading}</p>}
      {shown.is === 'failed' && (
        <Failure title={words.failed} message={shown.message} onAgain={() => attempt.value++} />
      )}
      {shown.is === 'no-services' && (
        <Message title={words.noServicesTitle}>
          <p>{words.noServices}</p>
          <p>
            <code class="command">npm run lesson:3</code>
          </p>
        </Message>
      )}
      {shown.is === 'read' && <Figures {...shown} address={address} />}
    </div>
  );
}

async function read(
  client: QueryClient,
  address: MonitorAddress,
  signal: AbortSignal,
): Promise<State & { readonly names: readonly string[] }> {
  const names = await client.services(signal);
  const service = address.service || names[0];
  if (service === undefined) return { is: 'no-services', names };
  const end = new Date();
  const times = { ...timesOf(address), end: end.getTime() };
  const figures = await monitorFigures(base, { ...address, service }, times, signal);
  return { is: 'read', figures, end, names };
}

function Head(props: { readonly address: MonitorAddress; readonly services: readonly string[] }) {
  const { address, services } = props;
  const words = monitorText();
  const { lookbacks } = text().search;
  const { service } = address;
  // One that has no spans left can be asked for by the address.
  const offered = service === '' || services.includes(service) ? services : [service, ...services];
  return (
    <header class="page-head">
      <h1>{words.title}</h1>
      <Choice
        label={words.service}
        chosen={service}
        options={offered.map((name) => [name, name])}
        onChoose={(service) => navigate(monitorHref({ ...address, service }))}
      />
      <Choice
        label={words.kind}
        chosen={address.kind}
        options={KINDS.map((kind) => [kind, words.kinds[kind]])}
        onChoose={(kind) => navigate(monitorHref({ ...address, kind }))}
      />
      <Choice
        label={words.lookback}
        chosen={address.lookback}
        options={LOOKBACKS.map((each) => [each, lookbacks[each]])}
        onChoose={(lookback) => navigate(monitorHref({ ...address, lookback }))}
      />
    </header>
  );
}

function Choice<T extends string>(props: {
  readonly label: string;
  readonly chosen: T;
  readonly options: readonly (readonly [value: T, label: string])[];
  readonly onChoose: (value: T) => void;
}) {
  return (
    <label>
      {props.label}{' '}
      <select
        disabled={props.options.length === 0}
        onChange={({ currentTarget }) => props.onChoose(currentTarget.value as T)}
      >
        {props.options.map(([value, label]) => (
          <option key={value} value={value} selected={value === props.chosen}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}

const time = (milliseconds: number) => formatDuration(milliseconds * 1e3);

function Figures(props: {
  readonly figures: MonitorFigures;
  readonly end: Date;
  readonly address: MonitorAddress;
}) {
  const { figures, end, address } = props;
  const words = monitorText();
  const [median = [], most = [], slow = []] = figures.latencies;
  if (!figures.calls.some(({ value }) => value > 0))
    return (
      <Message title={words.emptyTitle}>
        <p>{words.empty}</p>
      </Message>
    );
  return (
    <>
      <div class="charts">
        <Chart
          title={words.latency}
          end={end}
          format={time}
          lines={[
            { name: 'P50', color: 'var(--service-7)', points: median },
            { name: 'P75', color: 'var(--service-0)', points: most },
            { name: 'P95', color: 'var(--service-1)', points: slow },
          ]}
        />
        <Chart
          title={words.rate}
          end={end}
          format={words.perSecond}
          lines={[{ name: words.rate, color: 'var(--accent)', points: figures.calls }]}
        />
        <Chart
          title={words.errors}
          end={end}
          format={words.percent}
          top={1}
          lines={[{ name: words.errors, color: 'var(--danger)', points: figures.errors }]}
        />
      </div>
      <p class="monitor-note">{words.each(time(timesOf(address).ratePer))}</p>
      <Operations operations={figures.operations} address={address} />
    </>
  );
}

/** Opening a line searches the traces of its operation. */
function Operations(props: {
  readonly operations: readonly OperationFigures[];
  readonly address: MonitorAddress;
}) {
  const { operations, address } = props;
  const words = monitorText();
  const { noName } = text().search;
  const sort = useSignal({ column: 'impact', isDescending: true });
  const cursor = useSignal(0);
  const rows = useMemo(() => operations.map((_, at) => at), [operations]);
  const columns = useMemo((): Column[] => {
    const of = (at: number) => operations[at] as OperationFigures;
    const measure = (
      id: 'latency' | 'calls' | 'errors',
      title: string,
      format: (value: number) => string,
      top?: number,
    ): Column => ({
      id,
      title,
      track: '196px',
      isNumber: true,
      key: (at) => lastAndMost(of(at)[id]).last,
      cell: (at) => {
        const { last } = lastAndMost(of(at)[id]);
        return (
          <span class="measure">
            <Spark points={of(at)[id]} {...(top !== undefined && { top })} />
            {Number.isNaN(last) ? '' : format(last)}
          </span>
        );
      },
    });
    return [
      {
        id: 'operation',
        title: words.operation,
        track: 'minmax(160px, 1fr)',
        key: (at) => of(at).name,
        cell: (at) => <span title={of(at).name}>{of(at).name || noName}</span>,
      },
      measure('latency', words.p95, time),
      measure('calls', words.rate, words.perSecond),
      measure('errors', words.errors, words.percent, 1),
      {
        id: 'impact',
        title: words.impact,
        track: '120px',
        isNumber: true,
        key: (at) => of(at).impact,
        cell: (at) => (
          <span class="impact" title={words.impactHint}>
            <i style={{ width: `${100 * of(at).impact}%` }} />
            <span class="visually-hidden">{words.percent(of(at).impact)}</span>
          </span>
        ),
      },
    ];
  }, [operations, words, noName]);
  const open = (at: number) => {
    const operation = operations[at]?.name ?? '';
    const { service, lookback } = address;
    navigate(hrefOf(`search?${new URLSearchParams({ service, operation, lookback })}`));
  };
  return (
    <div class="operations">
      <DataGrid
        label={words.operations}
        columns={columns}
        rows={rows}
        sort={sort}
        cursor={cursor}
        rowHeight={34}
        minWidth={868}
        onOpen={open}
      />
    </div>
  );
}

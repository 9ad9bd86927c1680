import { useSignal } from '@preact/signals';
import type { DiffKind, DiffRow, TraceSpan } from '@spoor/analysis';
import { useMemo } from 'preact/hooks';
import { formatDuration } from '../format/duration.ts';
import { formatInstant, isoInstant } from '../format/time.ts';
import { type Column, DataGrid } from '../grid/data-grid.tsx';
import { text } from '../i18n/text.ts';
import { serviceColor, serviceColors } from '../palette/service-color.ts';
import { ErrorMark } from '../shell/icons.tsx';
import { hrefOf } from '../shell/location.ts';
import { CompareForm } from './compare-form.tsx';
import { ComparePanel } from './compare-panel.tsx';
import type { ComparedSide, ComparedTraces } from './compared-traces.ts';
import { compareText } from './i18n/compare-text.ts';

const KINDS = ['slower', 'faster', 'added', 'removed', 'same'] as const;
/** In words too, for who does not see them: see `Mark`. */
const MARKS: Readonly<Record<DiffKind, string>> = {
  slower: '▲',
  faster: '▼',
  added: '+',
  removed: '−',
  same: '',
};

/** What became of each span from the one trace to the other. */
export function CompareView(props: {
  readonly compared: ComparedTraces;
  readonly ids: { readonly a: string; readonly b: string };
}) {
  const { compared, ids } = props;
  const words = compareText();
  const hidden = useSignal<readonly DiffKind[]>([]);
  const sort = useSignal({ column: 'name', isDescending: false });
  const cursor = useSignal(0);
  const opened = useSignal<number | undefined>(undefined);
  const { rows } = compared;
  const left = hidden.value;
  const shown = useMemo(
    () => [...rows.keys()].filter((row) => !left.includes((rows[row] as DiffRow).kind)),
    [rows, left],
  );
  const columns = useColumns(compared);
  const openedRow = opened.value === undefined ? undefined : rows[opened.value];
  const close = () => {
    opened.value = undefined;
    document.querySelector<HTMLElement>('.compare-body [data-rows]')?.focus();
  };
  return (
    <div class="compare-page">
      <header class="compare-head">
        <h1 class="visually-hidden">{words.title}</h1>
        <Side name={words.first} id={ids.a} side={compared.a} />
        <Change compared={compared} ids={ids} />
        <Side name={words.second} id={ids.b} side={compared.b} />
      </header>
      <div class="compare-tools">
        {/* biome-ignore lint/a11y/useSemanticElements: no field set of a form */}
        <p class="kinds" role="group" aria-label={words.show} title={words.kindsHint}>
          {KINDS.map((kind) => (
            <button
              key={kind}
              type="button"
              class={`button kind ${kind}`}
              aria-pressed={!left.includes(kind)}
              disabled={compared.counts[kind] === 0}
              onClick={() => {
                hidden.value = left.includes(kind)
                  ? left.filter((each) => each !== kind)
                  : [...left, kind];
              }}
            >
              <span aria-hidden="true">{MARKS[kind]}</span> {words.kinds[kind]}{' '}
              <b>{text().number(compared.counts[kind])}</b>
            </button>
          ))}
        </p>
        <details class="others">
          <summary>{words.others}</summary>
          <CompareForm {...ids} />
        </details>
      </div>
      <div class="compare-body">
        {shown.length === 0 ? (
          <p class="nothing">{words.none}</p>
        ) : (
          <DataGrid
            label={words.label}
            columns={columns}
            rows={shown}
            sort={sort}
            cursor={cursor}
            rowHeight={32}
            minWidth={900}
            opened={opened.value}
            onOpen={(row) => {
              opened.value = row;
            }}
          />
        )}
        {openedRow && (
          <ComparePanel compared={compared} row={openedRow} ids={ids} onClose={close} />
        )}
      </div>
    </div>
  );
}

function Side(props: { readonly name: string; readonly id: string; readonly side: ComparedSide }) {
  const { name, id, side } = props;
  const words = compareText();
  const { search, number } = text();
  const { root, spanCount, errorCount, startTime } = side.summary;
  return (
    <section class="compared" aria-label={name}>
      <p class="muted">
        {name} <code>{id.slice(0, 7)}</code>
      </p>
      <h2>
        <a href={hrefOf(`trace/${id}`)}>
          <span class="service-name">{root?.serviceName || search.noName}</span>{' '}
          <span class="operation-name">{root?.operationName || search.noName}</span>
        </a>
      </h2>
      <dl class="facts">
        <div>
          <dt>{words.start}</dt>
          <dd>
            <time dateTime={isoInstant(startTime)}>{formatInstant(startTime)}</time>
          </dd>
        </div>
        <div>
          <dt>{words.spans}</dt>
          <dd>{number(spanCount)}</dd>
        </div>
        {errorCount > 0 && (
          <div>
            <dt>{words.errors}</dt>
            <dd class="errors">
              <ErrorMark /> {number(errorCount)}
            </dd>
          </div>
        )}
      </dl>
    </section>
  );
}

/** What became of the whole. */
function Change(props: {
  readonly compared: ComparedTraces;
  readonly ids: { readonly a: string; readonly b: string };
}) {
  const { compared, ids } = props;
  const words = compareText();
  const before = compared.a.summary.duration;
  const after = compared.b.summary.duration;
  return (
    <section class="whole-change" aria-label={words.duration}>
      <p class="muted">{words.duration}</p>
      <p class="from-to">
        {formatDuration(before)} <span aria-hidden="true">→</span> {formatDuration(after)}
      </p>
      <p>
        <Difference from={before} to={after} />
      </p>
      <a href={hrefOf(`trace/${ids.b}...${ids.a}`)}>{words.swap}</a>
    </section>
  );
}

function Difference({ from, to }: { readonly from: number; readonly to: number }) {
  const words = compareText();
  return (
    <>
      {signed(to - from)}
      {from > 0 && to !== from && (
        <span class="muted"> {words.signedPercent((to - from) / from)}</span>
      )}
    </>
  );
}

const signed = (micros: number) =>
  micros > 0 ? `+${formatDuration(micros)}` : micros < 0 ? `−${formatDuration(-micros)}` : '0';

function useColumns(compared: ComparedTraces): Column[] {
  const words = compareText();
  return useMemo(() => {
    const { a, b, rows } = compared;
    const of = (row: number) => rows[row] as DiffRow;
    const services = [...a.summary.services, ...b.summary.services].map(({ name }) => name);
    const colors = serviceColors(services);
    const length = (side: ComparedSide, at: number) => (at === -1 ? Number.NaN : side.length(at));
    const duration = (id: 'a' | 'b', side: ComparedSide): Column => ({
      id,
      title: words[id],
      track: '84px',
      isNumber: true,
      key: (row) => length(side, of(row)[id]),
      cell: (row) => (of(row)[id] === -1 ? '' : formatDuration(side.length(of(row)[id]))),
    });
    return [
      {
        id: 'name',
        title: words.name,
        track: 'minmax(230px, 2fr)',
        // In the order of the tree.
        key: (row) => row,
        cell: (row) => <Name compared={compared} row={of(row)} colors={colors} />,
      },
      {
        id: 'time',
        title: words.time,
        track: 'minmax(140px, 2fr)',
        cell: (row) => <Bars compared={compared} row={of(row)} colors={colors} />,
      },
      duration('a', a),
      duration('b', b),
      {
        id: 'change',
        title: words.change,
        track: '132px',
        isNumber: true,
        key: (row) => of(row).durationChange,
        cell: (row) => <RowChange compared={compared} row={of(row)} />,
      },
      {
        id: 'self',
        title: words.selfChange,
        track: '136px',
        isNumber: true,
        key: (row) => of(row).selfTimeChange,
        cell: (row) => (Number.isNaN(of(row).selfTimeChange) ? '' : signed(of(row).selfTimeChange)),
      },
    ];
  }, [compared, words]);
}

interface RowProps {
  readonly compared: ComparedTraces;
  readonly row: DiffRow;
}

/** The span as either trace has it. */
const spanOf = ({ compared, row }: RowProps) =>
  (compared.b.spans[row.b] ?? compared.a.spans[row.a]) as TraceSpan;

function Name(props: RowProps & { readonly colors: ReadonlyMap<string, number> }) {
  const { row, colors } = props;
  const words = compareText();
  const { search } = text();
  const { serviceName, operationName } = spanOf(props);
  return (
    <span
      class={`diff-name ${row.kind}`}
      style={{ '--depth': row.depth, '--service': serviceColor(colors.get(serviceName)) }}
    >
      <span class="diff-mark">
        <span aria-hidden="true">{MARKS[row.kind]}</span>
        <span class="visually-hidden">{words.kinds[row.kind]} </span>
      </span>
      <span class="diff-span">
        <span class="service-name">{serviceName || search.noName}</span>{' '}
        <span class="operation-name">{operationName || search.noName}</span>
      </span>
    </span>
  );
}

/** Both bars begin at the start of their own trace, on one scale. */
function Bars(props: RowProps & { readonly colors: ReadonlyMap<string, number> }) {
  const { compared, row, colors } = props;
  const { a, b } = compared;
  const whole = Math.max(a.summary.duration, b.summary.duration);
  const percent = (micros: number) => `${whole > 0 ? (100 * micros) / whole : 0}%`;
  const bar = (name: 'a' | 'b', side: ComparedSide, at: number) =>
    at !== -1 && (
      <i class={name} style={{ left: percent(side.start(at)), width: percent(side.length(at)) }} />
    );
  return (
    <span
      class="diff-bars"
      style={{ '--service': serviceColor(colors.get(spanOf(props).serviceName)) }}
    >
      {bar('a', a, row.a)}
      {bar('b', b, row.b)}
    </span>
  );
}

function RowChange({ compared, row }: RowProps) {
  const words = compareText();
  if (Number.isNaN(row.durationChange)) return <span class="muted">{words.kinds[row.kind]}</span>;
  return (
    <span class={`diff-change ${row.kind}`}>
      <Difference from={compared.a.length(row.a)} to={compared.b.length(row.b)} />
    </span>
  );
}

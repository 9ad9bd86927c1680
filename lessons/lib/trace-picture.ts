import {
  type JsonValue,
  type ObservedSpan,
  type ObservedTrace,
  summary,
  type WaterfallRow,
  waterfall,
} from '@spoor/analysis';
import type { Say } from './i18n/messages.ts';
import {
  type Colour,
  clip,
  column,
  columns,
  durationText,
  type Paint,
  printable,
} from './terminal-text.ts';

export interface PictureOptions {
  readonly say: Say;
  readonly paint: Paint;
  /** Columns of the terminal. */
  readonly width: number;
  /** Tags to be shown although the tracer sets them by itself. */
  readonly tags?: ReadonlySet<string>;
  /** Tags of the processes to be shown. */
  readonly processTags?: ReadonlySet<string>;
}

const SERVICE_COLOURS: readonly Colour[] = ['cyan', 'yellow', 'magenta', 'green', 'blue'];
const DURATION_WIDTH = 8;
const MIN_BAR_WIDTH = 12;
const MAX_WIDTH = 120;
/** Put there by the tracer or the collector, not by the lesson's code. */
const BOOKKEEPING = new Set(['internal.span.format', 'sampler.type', 'sampler.param']);

/** Draws a trace for a terminal: one bar a span in the order of the tree, its tags and logs beneath. */
export function tracePicture(trace: ObservedTrace, options: PictureOptions): string {
  const { say, paint } = options;
  const width = Math.min(options.width, MAX_WIDTH);
  const tree = waterfall(trace.spans);
  const sum = summary(trace.spans, tree);
  const colours = new Map(
    sum.services.map(({ name, colorIndex }) => [
      name,
      SERVICE_COLOURS[colorIndex % SERVICE_COLOURS.length] as Colour,
    ]),
  );
  const named = tree.rows.map((row) => labelled(row, trace.spans[row.index] as ObservedSpan));
  const longest = Math.max(...named.map(({ label }) => columns(label)));
  // The bars get what the names leave, and on a narrow terminal the names give way.
  const nameWidth = Math.min(longest, Math.max(10, width - MIN_BAR_WIDTH - DURATION_WIDTH - 6));
  const barWidth = Math.max(MIN_BAR_WIDTH, width - nameWidth - DURATION_WIDTH - 6);
  const lines = named.flatMap(({ span, label, indent }) => {
    const colour = span.hasError ? 'red' : (colours.get(span.serviceName) ?? 'cyan');
    const name = paint('bold', column(label, nameWidth));
    const bar = paint(colour, barText(span, sum.startTime, sum.duration, barWidth));
    const duration = durationText(Math.max(0, span.duration)).padStart(DURATION_WIDTH);
    const room = width - indent;
    const margin = ' '.repeat(indent);
    return [
      `  ${name}  ${bar}  ${duration}`,
      margin +
        paint(colours.get(span.serviceName) ?? 'cyan', clip(printable(span.serviceName), room)),
      ...details(span, sum.startTime, room, options).map((line) => margin + paint('dim', line)),
    ];
  });
  const heading = say('trace.heading', {
    traceId: trace.traceId,
    spans: counted(sum.spanCount, 'span', say),
    services: counted(sum.services.length, 'service', say),
    duration: durationText(sum.duration),
  });
  return [paint('bold', clip(`  ${heading}`, width)), '', ...lines].join('\n');
}

function counted(count: number, what: 'span' | 'service', say: Say): string {
  return count === 1 ? say(`count.${what}`) : say(`count.${what}s`, { count });
}

function labelled(row: WaterfallRow, span: ObservedSpan) {
  const branch = row.depth === 0 ? (row.isOrphan ? '? ' : '') : `${'  '.repeat(row.depth - 1)}└ `;
  return { span, label: branch + printable(span.operationName), indent: 2 * row.depth + 4 };
}

function barText(span: ObservedSpan, start: number, duration: number, width: number): string {
  const scale = width / Math.max(1, duration);
  const from = Math.min(width - 1, Math.round((span.startTime - start) * scale));
  const length = Math.max(1, Math.round(Math.max(0, span.duration) * scale));
  const filled = Math.min(width - from, length);
  return ' '.repeat(from) + '█'.repeat(filled) + ' '.repeat(width - from - filled);
}

/** First the tags, then each log with its time since the trace began, at last the process. */
function details(
  span: ObservedSpan,
  traceStart: number,
  width: number,
  { tags: shown, processTags }: PictureOptions,
): string[] {
  const tags = Object.entries(span.tags).filter(
    ([key]) => !BOOKKEEPING.has(key) || shown?.has(key),
  );
  const process = Object.entries(span.processTags).filter(([key]) => processTags?.has(key));
  const logs = span.logs.toSorted((a, b) => a.timestamp - b.timestamp);
  return [
    ...wrapped(tags.map(fieldText), ' · ', width),
    ...logs.flatMap(({ timestamp, fields }) => {
      const when = `+${durationText(Math.max(0, timestamp - traceStart))} `;
      return wrapped([when, ...Object.entries(fields).map(fieldText)], ' ', width);
    }),
    ...wrapped(
      process.map((tag, at) => (at === 0 ? 'process: ' : '') + fieldText(tag)),
      ' · ',
      width,
    ),
  ];
}

function fieldText([key, value]: [string, JsonValue]): string {
  return printable(`${key}=${value}`);
}

/** Joins texts to lines of at most `width` columns; one that is longer than that alone is clipped. */
function wrapped(texts: readonly string[], separator: string, width: number): string[] {
  const lines: string[] = [];
  for (const text of texts) {
    const last = lines.at(-1);
    const joined = last === undefined ? text : last + separator + text;
    if (last !== undefined && columns(joined) <= width) lines[lines.length - 1] = joined;
    else lines.push(clip(text, width));
  }
  return lines;
}

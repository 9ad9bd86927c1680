import { summary, type WaterfallRow, waterfall } from '@spoor/analysis';
import type { Say } from './i18n/messages.ts';
import type { JsonValue, ObservedSpan, ObservedTrace } from './observed-trace.ts';
import {
  type Colour,
  column,
  columns,
  durationText,
  fit,
  type Paint,
  printable,
} from './terminal-text.ts';

export interface PictureOptions {
  readonly say: Say;
  readonly paint: Paint;
  /** Columns of the terminal. */
  readonly width: number;
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
  const named = tree.rows.map((row) => rowTexts(row, trace.spans[row.index] as ObservedSpan));
  const longest = Math.max(...named.map(({ label, service }) => columns(`${label}  ${service}`)));
  // The bars get what the names leave, and on a narrow terminal the names give way.
  const nameWidth = Math.min(longest, Math.max(10, width - MIN_BAR_WIDTH - DURATION_WIDTH - 6));
  const barWidth = Math.max(MIN_BAR_WIDTH, width - nameWidth - DURATION_WIDTH - 6);
  const lines = named.flatMap(({ span, label, service, indent }) => {
    const colour = colours.get(span.serviceName) ?? 'cyan';
    const bar = barText(span, sum.startTime, sum.duration, barWidth);
    const names = column(`${label}  ${service}`, nameWidth);
    return [
      `  ${paintNames(names, label, colour, paint)}  ${paint(colour, bar)}  ${durationText(Math.max(0, span.duration)).padStart(DURATION_WIDTH)}`,
      ...details(span, sum.startTime).map((line) =>
        paint('dim', fit(`  ${' '.repeat(indent)}${line}`, width)),
      ),
    ];
  });
  const heading = say('trace.heading', {
    traceId: trace.traceId,
    spans: sum.spanCount,
    services: sum.services.length,
    duration: durationText(sum.duration),
  });
  return [paint('bold', fit(`  ${heading}`, width)), '', ...lines].join('\n');
}

function rowTexts(row: WaterfallRow, span: ObservedSpan) {
  const branch = row.depth === 0 ? (row.isOrphan ? '? ' : '') : `${'  '.repeat(row.depth - 1)}└ `;
  return {
    span,
    label: branch + printable(span.operationName),
    service: printable(span.serviceName),
    indent: 2 * row.depth + 2,
  };
}

/** The name stands out, the service wears its colour. Works on the fitted text, so that cutting it never cuts an escape. */
function paintNames(fitted: string, label: string, colour: Colour, paint: Paint): string {
  const [name, service] = [fitted.slice(0, label.length), fitted.slice(label.length)];
  return paint('bold', name) + (service && paint(colour, service));
}

function barText(span: ObservedSpan, start: number, duration: number, width: number): string {
  const scale = width / Math.max(1, duration);
  const from = Math.min(width - 1, Math.round((span.startTime - start) * scale));
  const length = Math.max(1, Math.round(Math.max(0, span.duration) * scale));
  const filled = Math.min(width - from, length);
  return ' '.repeat(from) + '█'.repeat(filled) + ' '.repeat(width - from - filled);
}

/** Tags on one line, then one line a log with its time since the trace began. */
function details(span: ObservedSpan, traceStart: number): string[] {
  const tags = Object.entries(span.tags).filter(([key]) => !BOOKKEEPING.has(key));
  return [
    ...(tags.length > 0 ? [fieldsText(tags, ' · ')] : []),
    ...span.logs
      .toSorted((a, b) => a.timestamp - b.timestamp)
      .map(
        ({ timestamp, fields }) =>
          `+${durationText(Math.max(0, timestamp - traceStart))}  ${fieldsText(Object.entries(fields), ', ')}`,
      ),
  ];
}

function fieldsText(fields: readonly [string, JsonValue][], separator: string): string {
  return fields.map(([key, value]) => printable(`${key}=${value}`)).join(separator);
}

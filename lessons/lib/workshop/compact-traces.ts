import { endTime, type ObservedSpan, type ObservedTrace, waterfall } from '@spoor/analysis';
import type { Say } from '../i18n/messages.ts';
import {
  type Colour,
  clip,
  column,
  columns,
  durationText,
  type Paint,
  printable,
} from '../terminal-text.ts';

export interface CompactOptions {
  readonly paint: Paint;
  readonly say: Say;
  readonly width: number;
  /** At most so many lines. */
  readonly rows: number;
  /** The span to look at. */
  readonly spanId?: string | undefined;
}

const COLOURS: readonly Colour[] = ['cyan', 'yellow', 'magenta', 'green', 'blue'];
const DURATION_WIDTH = 8;
const MIN_BAR_WIDTH = 12;
const MAX_WIDTH = 110;

/**
 * Draws traces with one line a span, all on one axis of time: of a request that fell apart into several traces one still
 * sees that they were one. A blank line parts the traces.
 */
export function compactTraces(
  traces: readonly ObservedTrace[],
  { paint, say, width, rows, spanId }: CompactOptions,
): string[] {
  const spans = traces.flatMap((trace) => trace.spans);
  if (spans.length === 0) return [];
  const services = [...new Set(spans.map(({ serviceName }) => serviceName))];
  const start = Math.min(...spans.map(({ startTime }) => startTime));
  const end = Math.max(...spans.map(endTime));
  const labelled = traces.map(({ spans: own }) =>
    waterfall(own).rows.map(({ index, depth, isOrphan }) => {
      const span = own[index] as ObservedSpan;
      const branch = depth === 0 ? (isOrphan ? '? ' : '') : `${'  '.repeat(depth - 1)}└ `;
      return { span, label: branch + printable(span.operationName) };
    }),
  );
  const room = Math.min(width, MAX_WIDTH) - 4;
  const longest = Math.max(...labelled.flat().map(({ label }) => columns(label)));
  const nameWidth = Math.min(longest, Math.max(10, room - MIN_BAR_WIDTH - DURATION_WIDTH - 4));
  const barWidth = Math.max(MIN_BAR_WIDTH, room - nameWidth - DURATION_WIDTH - 4);
  const lines = labelled.flatMap((own, at) => [
    ...(at === 0 ? [] : ['']),
    ...own.map(({ span, label }) => {
      const looked = span.spanId === spanId;
      const name = column(label, nameWidth);
      const colour = COLOURS[services.indexOf(span.serviceName) % COLOURS.length] ?? 'cyan';
      const bar = barText(span, start, end, barWidth);
      const duration = durationText(Math.max(0, span.duration)).padStart(DURATION_WIDTH);
      return [
        looked ? `${paint('red', '▸')} ` : '  ',
        looked ? paint('bold', name) : name,
        '  ',
        paint(span.hasError ? 'red' : colour, bar),
        '  ',
        paint('dim', duration),
      ].join('');
    }),
  ]);
  const shown =
    lines.length <= rows
      ? lines
      : [
          ...lines.slice(0, rows - 1),
          paint('dim', `  ${say('exercise.more', { count: lines.length - rows + 1 })}`),
        ];
  const legend = services.map((name, at) =>
    paint(COLOURS[at % COLOURS.length] ?? 'cyan', `█ ${clip(printable(name), 40)}`),
  );
  return [...shown, ...(services.length > 1 ? [`  ${legend.join('  ')}`] : [])];
}

function barText(span: ObservedSpan, start: number, end: number, width: number): string {
  const scale = width / Math.max(1, end - start);
  const from = Math.min(width - 1, Math.round((span.startTime - start) * scale));
  const length = Math.max(1, Math.round(Math.max(0, span.duration) * scale));
  const filled = Math.min(width - from, length);
  return ' '.repeat(from) + '█'.repeat(filled) + ' '.repeat(width - from - filled);
}

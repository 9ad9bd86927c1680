import type { CriticalSegment } from '@spoor/analysis';
import { formatDuration } from '../format/duration.ts';
import { text, traceText } from '../i18n/text.ts';
import { serviceColor } from '../palette/service-color.ts';
import { Chevron } from '../shell/action-icons.tsx';
import { ErrorMark, OrphanMark } from '../shell/icons.tsx';
import { logDots } from './log-dots.ts';
import { hasError, isGhost, isNegative, isOrphan, type TraceModel } from './trace-model.ts';
import type { Zoom } from './zoom.ts';

export type OtherBar = (row: number, zoom: Zoom) => preact.ComponentChild;

export const rowElementId = (row: number) => `row-${row}`;

/** One span: a line of the tree, and its bar. Draws only what it is given. */
export function WaterfallRow(props: {
  readonly model: TraceModel;
  readonly row: number;
  /** Among the visible rows. */
  readonly position: number;
  readonly isFolded: boolean;
  readonly isCursor: boolean;
  readonly isOpened: boolean;
  readonly isMatch: boolean;
  readonly zoom: Zoom;
  /** Absent: the span is not on the critical path, or that is not shown. */
  readonly critical: readonly CriticalSegment[] | undefined;
  /** Draws where the bar would lie by another clock. */
  readonly other: OtherBar | undefined;
}) {
  const { model, row, isFolded } = props;
  const { trace } = traceText();
  const ghost = isGhost(model, row);
  const depth = model.depth[row] ?? 0;
  const hasChildren = (model.childCount[row] ?? 0) > 0;
  const state = `${props.isCursor ? 'cursor' : ''} ${props.isOpened ? 'opened' : ''} ${props.isMatch ? 'match' : ''}`;
  return (
    // biome-ignore lint/a11y: part of a tree grid, which has the focus itself
    <div
      id={rowElementId(row)}
      class={`row ${state} ${ghost ? 'ghost' : ''}`}
      role="row"
      data-row={row}
      aria-rowindex={props.position + 2}
      aria-level={depth + 1}
      aria-posinset={model.placeAmongSiblings[row]}
      aria-setsize={model.childCount[model.parentRow[row] ?? -1] ?? model.rootCount}
      aria-expanded={hasChildren ? !isFolded : undefined}
      aria-selected={props.isOpened}
    >
      {/* biome-ignore lint/a11y: part of a tree grid */}
      <span
        class="cell"
        role="gridcell"
        style={{ '--depth': depth, '--service': serviceColor(model.color[row]) }}
      >
        <span
          class="fold"
          data-fold={hasChildren ? '' : undefined}
          title={hasChildren ? (isFolded ? trace.expand : trace.collapse) : undefined}
        >
          {hasChildren && <Chevron />}
        </span>
        {ghost ? <GhostName model={model} row={row} /> : <Name model={model} row={row} />}
        {isFolded && (
          <span class="folded-count" title={trace.hidden(model.descendantCount[row] ?? 0)}>
            +{text().number(model.descendantCount[row] ?? 0)}
          </span>
        )}
      </span>
      {/* biome-ignore lint/a11y: part of a tree grid */}
      <span class="time" role="gridcell">
        <Bar {...props} />
      </span>
    </div>
  );
}

interface RowOf {
  readonly model: TraceModel;
  readonly row: number;
}

function Name({ model, row }: RowOf) {
  const { trace } = traceText();
  const { search, orphanHint } = text();
  return (
    <span class="name">
      {hasError(model, row) && (
        <Mark label={trace.hasError}>
          <ErrorMark />
        </Mark>
      )}
      {isOrphan(model, row) && (
        <Mark label={trace.isOrphan} hint={orphanHint}>
          <OrphanMark />
        </Mark>
      )}
      <span class="service-name">{model.serviceName(row) || search.noName}</span>{' '}
      <span class="operation-name">{model.span(row).operationName || search.noName}</span>
    </span>
  );
}

/** Of a span that has not arrived nothing but its id is known. */
function GhostName({ model, row }: RowOf) {
  return (
    <span class="name" title={text().orphanHint}>
      <code>{model.span(row).spanID}</code> {traceText().span.notArrived}
    </span>
  );
}

function Mark(props: {
  readonly label: string;
  readonly hint?: string;
  readonly children: preact.ComponentChild;
}) {
  return (
    <span class="mark" title={props.hint ?? props.label}>
      {props.children}
      <span class="visually-hidden">{props.label} </span>
    </span>
  );
}

function Bar(props: {
  readonly model: TraceModel;
  readonly row: number;
  readonly zoom: Zoom;
  readonly critical: readonly CriticalSegment[] | undefined;
  readonly other: OtherBar | undefined;
}) {
  const { model, row, zoom } = props;
  const [left, right, beyond] = barOf(model.start[row] ?? 0, model.length[row] ?? 0, zoom);
  const background = serviceColor(model.color[row]);
  const logs = model.span(row).logs ?? [];
  const isKnown = !isGhost(model, row);
  return (
    <span class={`lane ${beyond}`}>
      {beyond === '' && (
        <i
          class={hasError(model, row) ? 'bar error' : 'bar'}
          style={{
            left: `${left}%`,
            width: `${right - left}%`,
            background: isKnown ? background : undefined,
          }}
        />
      )}
      {props.critical?.map(({ from, to }) => {
        const [start, end, outside] = barOf(from, to - from, zoom);
        if (outside !== '') return null;
        return (
          <i key={from} class="critical" style={{ left: `${start}%`, width: `${end - start}%` }} />
        );
      })}
      {props.critical && <span class="visually-hidden">{traceText().trace.critical} </span>}
      {logDots(logs, model.startTime + zoom.from, zoom.to - zoom.from).map((at) => (
        <i key={at} class="dot" style={{ left: `${100 * at}%` }} />
      ))}
      {isKnown && (
        <span class="duration" style={{ left: `${right}%` }}>
          {isNegative(model, row)
            ? traceText().trace.negative
            : formatDuration(model.length[row] ?? 0)}
        </span>
      )}
      {isKnown && props.other?.(row, zoom)}
    </span>
  );
}

/** Where a bar begins and ends, in percent of what is shown; and whether all of it lies before or after that. */
export function barOf(
  begin: number,
  length: number,
  { from, to }: Zoom,
): [left: number, right: number, beyond: '' | 'before' | 'after'] {
  const end = begin + length;
  if (end < from) return [0, 0, 'before'];
  if (begin > to) return [100, 100, 'after'];
  const part = (micros: number) =>
    to > from ? Math.min(100, Math.max(0, (100 * (micros - from)) / (to - from))) : 0;
  return [part(begin), part(end), ''];
}

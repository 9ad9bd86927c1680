import { formatDuration } from '../format/duration.ts';
import { text } from '../i18n/text.ts';
import { serviceColor } from '../palette/service-color.ts';
import { Chevron, ErrorMark, OrphanMark } from '../shell/icons.tsx';
import { logDots } from './log-dots.ts';
import { hasError, isNegative, isOrphan, type TraceModel } from './trace-model.ts';

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
}) {
  const { model, row, isFolded } = props;
  const { trace, search, orphanHint } = text();
  const span = model.span(row);
  const depth = model.depth[row] ?? 0;
  const hasChildren = (model.childCount[row] ?? 0) > 0;
  const state = `${props.isCursor ? 'cursor' : ''} ${props.isOpened ? 'opened' : ''} ${props.isMatch ? 'match' : ''}`;
  return (
    // biome-ignore lint/a11y: part of a tree grid, which has the focus itself
    <div
      id={rowElementId(row)}
      class={`row ${state}`}
      role="row"
      data-row={row}
      aria-rowindex={props.position + 2}
      aria-level={depth + 1}
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
          <span class="operation-name">{span.operationName || search.noName}</span>
        </span>
        {isFolded && (
          <span class="folded-count" title={trace.hidden(model.descendantCount[row] ?? 0)}>
            +{text().number(model.descendantCount[row] ?? 0)}
          </span>
        )}
      </span>
      {/* biome-ignore lint/a11y: part of a tree grid */}
      <span class="time" role="gridcell">
        <Bar model={model} row={row} />
      </span>
    </div>
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

function Bar({ model, row }: { readonly model: TraceModel; readonly row: number }) {
  const part = (micros: number) => (model.duration > 0 ? (100 * micros) / model.duration : 0);
  const left = part(model.start[row] ?? 0);
  const width = part(model.length[row] ?? 0);
  const background = serviceColor(model.color[row]);
  return (
    <span class="lane">
      <i
        class={hasError(model, row) ? 'bar error' : 'bar'}
        style={{ left: `${left}%`, width: `${width}%`, background }}
      />
      {logDots(model.span(row).logs ?? [], model.startTime, model.duration).map((at) => (
        <i key={at} class="dot" style={{ left: `${100 * at}%` }} />
      ))}
      <span class="duration" style={{ left: `${left + width}%` }}>
        {isNegative(model, row) ? text().trace.negative : formatDuration(model.length[row] ?? 0)}
      </span>
    </span>
  );
}

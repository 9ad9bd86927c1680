import './overlay-view.css';
import { useSignal } from '@preact/signals';
import type { Overlay, OverlayMark, OverlayRow } from '@spoor/analysis';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { formatDuration } from '../format/duration.ts';
import { serviceColor, serviceColors } from '../palette/service-color.ts';
import { ErrorMark } from '../shell/icons.tsx';
import { hrefOf } from '../shell/location.ts';
import type { LearnCatalogue } from './i18n/learn-en.ts';
import { ParentArrows } from './parent-arrows.tsx';

export const overlayRowId = (row: number) => `overlay-${row}`;

/** The learner's trace as bars, and the expected one as an outline over it. */
export function OverlayView(props: {
  readonly texts: LearnCatalogue;
  readonly overlay: Overlay;
  readonly focused: number | undefined;
  /** Rows that findings are about. */
  readonly pointedAt: ReadonlySet<number>;
}) {
  const { texts, overlay, focused, pointedAt } = props;
  const { rows, traceIds, duration } = overlay;
  const colors = serviceColors(rows.map(({ service }) => service));
  const list = useRef<HTMLOListElement>(null);
  const middles = useMiddles(list, rows.length);
  return (
    <div class="overlay">
      <ol class="overlay-rows" ref={list} aria-label={texts.overlay}>
        {rows.map((row, i) => (
          <li
            key={i}
            id={overlayRowId(i)}
            tabIndex={-1}
            class={`${row.is} ${row.belongsUnder === undefined ? '' : 'moved'} ${pointedAt.has(i) ? 'pointed' : ''} ${focused === i ? 'focused' : ''}`}
            style={{ '--depth': row.depth, '--service': serviceColor(colors.get(row.service)) }}
          >
            <Name
              texts={texts}
              row={row}
              under={rows[row.belongsUnder ?? -1]}
              isEmpty={traceIds.length === 0}
            />
            <Bar row={row} duration={duration} />
            {row.marks.length > 0 && <Marks texts={texts} marks={row.marks} />}
          </li>
        ))}
      </ol>
      <ParentArrows rows={rows} middles={middles} />
      <Legend texts={texts} rows={rows} isEmpty={traceIds.length === 0} />
    </div>
  );
}

/** To the pages of the traces that are shown. */
export function TraceLinks(props: {
  readonly texts: LearnCatalogue;
  readonly traceIds: readonly string[];
}) {
  const { texts, traceIds } = props;
  if (traceIds.length === 0) return null;
  return (
    <p class="overlay-links">
      {traceIds.map((traceId) => (
        <a key={traceId} href={hrefOf(`trace/${traceId}`)}>
          {texts.openTrace} <code>{traceId.slice(0, 7)}</code>
        </a>
      ))}
    </p>
  );
}

/** Where the first line of each row is, in pixels from the top of the list: chips make rows differ in height. */
function useMiddles(list: { current: HTMLOListElement | null }, count: number): readonly number[] {
  const middles = useSignal<readonly number[]>([]);
  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    const measure = () => {
      const now = Array.from(element.children, (row) => (row as HTMLElement).offsetTop + 15);
      if (now.join() !== middles.peek().join()) middles.value = now;
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, [list, count, middles]);
  return middles.value;
}

function Name(props: {
  readonly texts: LearnCatalogue;
  readonly row: OverlayRow;
  readonly under: OverlayRow | undefined;
  /** Nothing is there at all: then no line needs to say so. */
  readonly isEmpty: boolean;
}) {
  const { texts, row, under } = props;
  const name = (
    <>
      <span class="operation-name">{breakable(row.name)}</span>{' '}
      <span class="service">{row.service}</span>
    </>
  );
  return (
    <span class="overlay-name">
      {row.hasError && <ErrorMark />}
      {row.span ? (
        <a href={hrefOf(`trace/${row.span.traceId}?span=${row.span.spanId}`)}>{name}</a>
      ) : (
        name
      )}
      {row.is === 'missing' && (
        <em class={props.isEmpty ? 'visually-hidden' : ''}> {texts.missing}</em>
      )}
      {row.is === 'later' && <em class={props.isEmpty ? 'visually-hidden' : ''}> {texts.later}</em>}
      {row.is === 'own' && <em> {texts.ownSpan}</em>}
      {under && <em> {texts.belongsUnder(under.name)}</em>}
    </span>
  );
}

/** A long name may go on in a second line where one of its words begins. */
function breakable(name: string) {
  return name
    .split(/(?<=[a-z\d])(?=[A-Z])|(?<=[/._-])/)
    .map((word, i) => (i === 0 ? word : [<wbr key={i} />, word]));
}

function Bar(props: { readonly row: OverlayRow; readonly duration: number }) {
  const { row, duration } = props;
  const left = Math.min(100, (100 * row.start) / duration);
  const width = Math.min(100 - left, (100 * row.duration) / duration);
  return (
    <span class="overlay-lane">
      <i class="bar" style={{ left: `${left}%`, width: `${width}%` }} />
      {row.span && (
        <span class="duration" style={{ left: `${left + width}%` }}>
          {formatDuration(row.duration)}
        </span>
      )}
    </span>
  );
}

function Marks(props: { readonly texts: LearnCatalogue; readonly marks: readonly OverlayMark[] }) {
  const { texts, marks } = props;
  const words = { there: texts.markThere, missing: texts.markMissing, later: texts.later };
  return (
    <ul class="marks">
      {marks.map(({ what, text, is }) => (
        <li key={`${what} ${text}`} class={`${is} ${what}`} title={words[is]}>
          {what === 'name'
            ? texts.expectedName(text)
            : what === 'service'
              ? texts.expectedService(text)
              : text}
          <span class="visually-hidden"> ({words[is]})</span>
        </li>
      ))}
    </ul>
  );
}

function Legend(props: {
  readonly texts: LearnCatalogue;
  readonly rows: readonly OverlayRow[];
  readonly isEmpty: boolean;
}) {
  const { texts, rows } = props;
  const has = (is: OverlayRow['is']) => rows.some((row) => row.is === is);
  return (
    <ul class="legend">
      {has('matched') && (
        <li class="matched">
          <i class="bar" /> {texts.legend.right}
        </li>
      )}
      {has('missing') && (
        <li class="missing">
          <i class="bar" /> {props.isEmpty ? texts.legend.expected : texts.legend.missing}
        </li>
      )}
      {(has('later') || rows.some(({ marks }) => marks.some(({ is }) => is === 'later'))) && (
        <li class="later">
          <i class="bar" /> {texts.legend.later}
        </li>
      )}
      {has('own') && (
        <li class="own">
          <i class="bar" /> {texts.legend.own}
        </li>
      )}
      {rows.some(({ belongsUnder }) => belongsUnder !== undefined) && (
        <li class="moved">
          <i class="arrow" /> {texts.legend.moved}
        </li>
      )}
    </ul>
  );
}

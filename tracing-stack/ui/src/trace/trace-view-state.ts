import { batch, computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import { currentAddress } from '../shell/location.ts';
import type { criticalRows } from './critical-rows.ts';
import { findSpans, nextMatch } from './find-spans.ts';
import { type Folded, foldedTo, levelsOf, revealed, visibleRows } from './folding.ts';
import { readTraceAddress, setParam } from './trace-address.ts';
import { hasSkew, isGhost, rowOfGhost, type TraceModel } from './trace-model.ts';
import type { TraceViewName } from './trace-views.ts';
import { formatZoom, isWhole, wholeTrace, type Zoom } from './zoom.ts';

/** After the last change so long, in milliseconds, the zoom is written into the address: browsers limit how often that may be. */
const ADDRESS_PAUSE = 250;

/** Finds the critical path; it is loaded when it is asked for first. */
const pathFinder = signal<typeof criticalRows | undefined>(undefined);

async function loadPathFinder(): Promise<void> {
  try {
    pathFinder.value = (await import('./critical-rows.ts')).criticalRows;
  } catch {
    // The server is gone, or has been given a new build: loading anew shows which.
    location.reload();
  }
}

/** What was shown of a trace before. */
interface Before {
  readonly model: TraceModel;
  readonly folded: ReadonlySignal<Folded>;
  readonly cursor: ReadonlySignal<number>;
}

export type TraceViewState = ReturnType<typeof traceViewState>;

/**
 * What is shown of a trace, and all that can be done to it. Begins as the address says, and keeps the address up to
 * date; what is folded and where the cursor is is taken over from `before`, if that was of the same trace.
 */
export function traceViewState(model: TraceModel, before?: Before) {
  const { searchParams } = currentAddress();
  const start = readTraceAddress(model, searchParams);
  const last = before?.model.traceId === model.traceId ? before : undefined;
  const rowNow = (row: number) => {
    const spanId = last?.model.span(row).spanID ?? '';
    return model.rowOfSpan(spanId) ?? rowOfGhost(model, spanId);
  };
  const folded = signal<Folded>(
    last ? new Set([...last.folded.peek()].map(rowNow)) : foldedTo(model, start.levels),
  );
  const rows = computed(() => visibleRows(model, folded.value));
  const levels = computed(() => levelsOf(model, rows.value));
  const zoom = signal<Zoom>(start.zoom);
  const findText = signal(start.find);
  const matches = computed(() => findSpans(model, findText.value));
  const asked = computed(() => readTraceAddress(model, currentAddress().searchParams));
  const opened = computed(() => asked.value.opened);
  const isCritical = computed(() => asked.value.isCritical);
  /** `undefined`: it is not to be shown. */
  const critical = computed(() => (isCritical.value ? pathFinder.value?.(model) : undefined));
  const endLoading = effect(() => {
    if (isCritical.value && pathFinder.value === undefined) void loadPathFinder();
  });
  const view = computed(() => asked.value.view);
  const cursor = signal(0);
  const { levelCount: depth } = model;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const moveTo = (row: number) => {
    batch(() => {
      folded.value = revealed(model, folded.value, row);
      cursor.value = row;
    });
  };
  if (last) cursor.value = Math.max(0, rowNow(last.cursor.peek()));
  else moveTo(start.opened ?? matches.value[0] ?? 0);

  const writeZoom = () => {
    clearTimeout(timer);
    setParam('zoom', isWhole(zoom.value, model.duration) ? '' : formatZoom(zoom.value));
  };
  return {
    model,
    view,
    isCritical,
    critical,
    folded,
    rows,
    levels,
    zoom,
    findText,
    matches,
    opened,
    cursor,
    moveTo,
    open(row: number | undefined) {
      // What is known of a span that has not arrived stands there.
      if (row !== undefined && isGhost(model, row)) setParam('uiView', 'breaks');
      else setParam('span', row === undefined ? '' : model.span(row).spanID);
    },
    isBothClocks: computed(() => asked.value.isBothClocks),
    hasSkew: hasSkew(model),
    toggleClocks() {
      // The time line begins and ends elsewhere.
      clearTimeout(timer);
      setParam('zoom', '');
      setParam('clocks', asked.value.isBothClocks ? '' : '1');
    },
    toggleCritical() {
      setParam('critical', isCritical.value ? '' : '1');
    },
    show(wanted: TraceViewName) {
      setParam('uiView', wanted === 'timeline' ? '' : wanted);
    },
    /** `undefined`: the whole trace. */
    zoomTo(wanted: Zoom | undefined) {
      zoom.value = wanted ?? wholeTrace(model.duration);
      clearTimeout(timer);
      timer = setTimeout(writeZoom, ADDRESS_PAUSE);
    },
    find(wanted: string) {
      findText.value = wanted;
      setParam('uiFind', wanted);
      const first = matches.value[0];
      if (first !== undefined) moveTo(first);
    },
    goToMatch(step: 1 | -1) {
      const row = nextMatch(matches.value, cursor.value, step);
      if (row !== undefined) moveTo(row);
    },
    showLevels(wanted: number) {
      const count = Math.max(1, Math.min(wanted, depth));
      folded.value = foldedTo(model, count);
      setParam('level', count < depth ? String(count) : '');
    },
    /** Writes at once what still waits to be written into the address. */
    settle: writeZoom,
    /** Nothing is written any more: the address is another page's. */
    leave() {
      clearTimeout(timer);
      endLoading();
    },
  };
}

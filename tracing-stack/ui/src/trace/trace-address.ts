import { parseSpanId } from '@spoor/model';
import { currentAddress, navigate } from '../shell/location.ts';
import type { TraceModel } from './trace-model.ts';
import { isTraceViewName, type TraceViewName } from './trace-views.ts';
import { parseZoom, wholeTrace, type Zoom } from './zoom.ts';

/** What the address says of a trace page, so that a link shows the same to somebody else. */
export interface TraceAddress {
  /** `uiView`; the timeline if it says nothing, or what is none. */
  readonly view: TraceViewName;
  /** Row of the span whose details are open (`span`). */
  readonly opened: number | undefined;
  /** What is looked for (`uiFind`, as in Jaeger). */
  readonly find: string;
  /** `zoom=FROM-TO`, microseconds after the start of the trace. */
  readonly zoom: Zoom;
  /** Whether the critical path is marked (`critical=1`). */
  readonly isCritical: boolean;
  /** Whether spans whose clock is off are drawn by both clocks (`clocks=1`). */
  readonly isBothClocks: boolean;
  /** How many levels of the tree are unfolded (`level`); all of them if it says nothing. */
  readonly levels: number;
}

export function readTraceAddress(model: TraceModel, params: URLSearchParams): TraceAddress {
  const level = Number(params.get('level'));
  const view = params.get('uiView') ?? '';
  return {
    view: isTraceViewName(view) ? view : 'timeline',
    opened: model.rowOfSpan(parseSpanId(params.get('span') ?? '') ?? ''),
    find: params.get('uiFind') ?? '',
    zoom: parseZoom(params.get('zoom') ?? '', model.duration) ?? wholeTrace(model.duration),
    isCritical: params.has('critical'),
    isBothClocks: params.has('clocks'),
    levels: Number.isInteger(level) && level > 0 ? level : Number.POSITIVE_INFINITY,
  };
}

/** Writes into the address, without a step to go back to. An empty text takes the parameter away. */
export function setParam(
  name: 'span' | 'uiFind' | 'uiView' | 'zoom' | 'level' | 'critical' | 'clocks',
  value: string,
): void {
  const next = new URL(currentAddress());
  if (value === '') next.searchParams.delete(name);
  else next.searchParams.set(name, value);
  if (next.href !== currentAddress().href) navigate(next.href, { replace: true });
}

/** The same view with another span's details open. */
export function hrefOfSpan(spanId: string): string {
  const address = new URL(currentAddress());
  address.searchParams.set('span', spanId);
  return address.href;
}

/** The span in the timeline, with its details open. */
export function hrefInTimeline(spanId: string): string {
  const address = new URL(hrefOfSpan(spanId));
  address.searchParams.delete('uiView');
  return address.href;
}

/** The same trace in another view. */
export function hrefOfView(view: TraceViewName): string {
  const address = new URL(currentAddress());
  if (view === 'timeline') address.searchParams.delete('uiView');
  else address.searchParams.set('uiView', view);
  return address.href;
}

/** The address of what is shown, for somebody else: it leaves the language to the reader. */
export function shareableAddress(): string {
  const address = new URL(currentAddress());
  address.searchParams.delete('lang');
  return address.href;
}

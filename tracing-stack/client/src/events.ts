import { type Channel, channel } from 'node:diagnostics_channel';
import type { Span as ReportedSpan } from '@spoor/model';
import type { Span } from './span.ts';
import type { SpanContext } from './span-context.ts';
import type { Tracer } from './tracer.ts';

/** What is published on each of the tracer's channels, named `spoor:tracer:` and then so. */
export interface TracerEvents {
  /** A span was started. `options` are as they were given, whatever was given. */
  readonly start: { readonly tracer: Tracer; readonly span: Span; readonly options: unknown };
  /** A span was finished for the first time, sampled or not. */
  readonly finish: { readonly tracer: Tracer; readonly span: Span };
  /** A context was written into a carrier. */
  readonly inject: {
    readonly tracer: Tracer;
    readonly context: SpanContext;
    readonly format: unknown;
    readonly carrier: unknown;
  };
  /** A carrier was read, whether it held a context or not. */
  readonly extract: {
    readonly tracer: Tracer;
    readonly context: SpanContext | null;
    readonly format: unknown;
    readonly carrier: unknown;
  };
  /** A finished, sampled span was given to the reporter. */
  readonly report: { readonly tracer: Tracer; readonly span: ReportedSpan };
}

export type TracerEvent = keyof TracerEvents;

/** The name of an event's channel in `node:diagnostics_channel`. */
export function tracerChannelName<E extends TracerEvent>(event: E): `spoor:tracer:${E}` {
  return `spoor:tracer:${event}`;
}

// Held here, since channels are collected with their last holder.
const CHANNELS: Readonly<Record<TracerEvent, Channel>> = {
  start: channel(tracerChannelName('start')),
  finish: channel(tracerChannelName('finish')),
  inject: channel(tracerChannelName('inject')),
  extract: channel(tracerChannelName('extract')),
  report: channel(tracerChannelName('report')),
};

/** Whether anybody listens: what nobody hears need not even be put together. */
export function isHeard(event: TracerEvent): boolean {
  return CHANNELS[event].hasSubscribers;
}

/** Tells the listeners. What one of them throws is Node's to report, and breaks no span. */
export function publish<E extends TracerEvent>(event: E, message: TracerEvents[E]): void {
  CHANNELS[event].publish(message);
}

import { channel } from 'node:diagnostics_channel';
import * as opentracing from 'opentracing';

const SPAN = Symbol('span');

/**
 * On these is told which context was made of a span, of which one a span was asked and from which one a span was
 * started: no trace shows it.
 */
const made = channel('spoor:context:made');
const asked = channel('spoor:context:asked');
const startedFrom = channel('spoor:context:started-from');

/**
 * What a call is about, handed from function to function as in Go. It never changes: who knows more makes a new one.
 */
export interface Context {
  readonly [SPAN]?: opentracing.Span;
}

const BACKGROUND: Context = Object.freeze({});

/** The context at the beginning of everything, in which no span is under way. */
export function background(): Context {
  return BACKGROUND;
}

/** A context like `ctx`, in which `span` is under way. No context is like `background()`, here as below. */
export function contextWithSpan(ctx: Context | null | undefined, span: opentracing.Span): Context {
  const context = withSpan(ctx, span);
  if (made.hasSubscribers) made.publish({ context, span });
  return context;
}

function withSpan(ctx: Context | null | undefined, span: opentracing.Span): Context {
  return Object.freeze({ ...ctx, [SPAN]: span });
}

/** The span under way in `ctx`, if any. */
export function spanFromContext(ctx: Context | null | undefined): opentracing.Span | undefined {
  if (asked.hasSubscribers) asked.publish({ context: ctx });
  return ctx?.[SPAN];
}

/**
 * Starts a span below the one in `ctx`, or a root if there is none, and gives it with a context in which it is under
 * way. `tracer` is opentracing's global one unless said otherwise; until `initGlobalTracer` that one does nothing.
 */
export function startSpanFromContext(
  ctx: Context | null | undefined,
  operationName: string,
  options?: opentracing.SpanOptions | null,
  tracer: opentracing.Tracer = opentracing.globalTracer(),
): [opentracing.Span, Context] {
  const parent = ctx?.[SPAN];
  const references = options?.references ?? [];
  // What is no list is the tracer's to complain of.
  const given = Array.isArray(references) ? references : [references];
  // By its context: childOf takes no span of a tracer whose spans are not opentracing.Span (npm jaeger-client).
  const caller = typeof parent?.context === 'function' ? parent.context() : parent;
  const all = caller ? [...given, opentracing.childOf(caller)] : given;
  const span = tracer.startSpan(operationName, { ...options, references: all });
  const pair: [opentracing.Span, Context] = [span, withSpan(ctx, span)];
  if (startedFrom.hasSubscribers) startedFrom.publish({ context: ctx, parent, span, pair });
  return pair;
}

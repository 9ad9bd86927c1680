import { AsyncLocalStorage } from 'node:async_hooks';
import type { Span } from 'opentracing';

const ACTIVE = new AsyncLocalStorage<Span | undefined>();

/**
 * Runs `work` with `span` as the active one: `activeSpan()` finds it there, and in whatever is called or awaited from
 * there. Gives what `work` gives; finishes nothing.
 */
export function withSpan<R>(span: Span | undefined, work: () => R): R {
  return ACTIVE.run(span, work);
}

/** The span under way here, without a context handed on from function to function. */
export function activeSpan(): Span | undefined {
  return ACTIVE.getStore();
}

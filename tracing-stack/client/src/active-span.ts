import { AsyncLocalStorage } from 'node:async_hooks';
import { channel } from 'node:diagnostics_channel';
import type { Span } from 'opentracing';

/** On these is told which span was made the active one, and which was found when somebody asked: no trace shows it. */
const made = channel('spoor:active-span:made');
const asked = channel('spoor:active-span:asked');

const ACTIVE = new AsyncLocalStorage<Span | undefined>();

/**
 * Runs `work` with `span` as the active one: `activeSpan()` finds it there, and in whatever is called or awaited from
 * there. Gives what `work` gives; finishes nothing.
 */
export function withSpan<R>(span: Span | undefined, work: () => R): R {
  if (made.hasSubscribers) made.publish({ span });
  return ACTIVE.run(span, work);
}

/** The span under way here, without a context handed on from function to function. */
export function activeSpan(): Span | undefined {
  const span = ACTIVE.getStore();
  if (asked.hasSubscribers) asked.publish({ span });
  return span;
}

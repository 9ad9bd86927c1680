import type { ObservedSpan } from '../jaeger-json/observed-trace.ts';

/** The span that a request begins with in the process which takes it. */
export const isTaking = ({ tags }: ObservedSpan) =>
  tags['span.kind'] === 'server' || tags['span.kind'] === 'consumer';

/** The span of a call to another process that is waited for. */
export const isCalling = ({ tags }: ObservedSpan) => tags['span.kind'] === 'client';

/** The span kinds that Jaeger knows, in OpenTracing's words. */
export const SPAN_KINDS: ReadonlySet<string> = new Set([
  'client',
  'server',
  'producer',
  'consumer',
  'internal',
]);

/** What Jaeger calls every other kind, and none. */
export const UNSPECIFIED = 'unspecified';

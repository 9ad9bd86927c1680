import * as opentracing from 'opentracing';

/**
 * The options of a span that answers a call: `span.kind` is `server`, its parent what `extract` gave. Without one it
 * will be a root.
 */
export function rpcServerOption(
  caller?: opentracing.SpanContext | null | undefined,
): opentracing.SpanOptions {
  return {
    tags: { [opentracing.Tags.SPAN_KIND]: opentracing.Tags.SPAN_KIND_RPC_SERVER },
    ...(caller && { childOf: caller }),
  };
}

import { channel } from 'node:diagnostics_channel';
import * as opentracing from 'opentracing';

/** On this the options are told: no trace shows whether they came to the span. */
const asked = channel('spoor:rpc-server-option');

/**
 * The options of a span that answers a call: `span.kind` is `server`, its parent what `extract` gave. Without one it
 * will be a root.
 */
export function rpcServerOption(
  caller?: opentracing.SpanContext | null | undefined,
): opentracing.SpanOptions {
  const options: opentracing.SpanOptions = {
    tags: { [opentracing.Tags.SPAN_KIND]: opentracing.Tags.SPAN_KIND_RPC_SERVER },
    ...(caller && { childOf: caller }),
  };
  if (asked.hasSubscribers) asked.publish({ options });
  return options;
}

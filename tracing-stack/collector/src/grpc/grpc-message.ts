import type { ServerUnaryCall } from '@grpc/grpc-js';
import type { WireLayout, WireMessage } from '@spoor/wire';

/** A request with spans, as what carried them. gRPC's prefix is not among the bytes. */
export function grpcMessage(
  call: ServerUnaryCall<Buffer, object>,
  layout: WireLayout,
): WireMessage {
  const peer = call.getPeer();
  const colon = peer.lastIndexOf(':');
  return {
    layout,
    bytes: call.request,
    sender: { address: peer.slice(0, colon), port: Number(peer.slice(colon + 1)) },
    request: call.getPath(),
  };
}

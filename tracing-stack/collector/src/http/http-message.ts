import type { IncomingMessage } from 'node:http';
import type { WireLayout, WireMessage } from '@spoor/wire';

/** A request with spans, as what carried them. `body` is without its compression. */
export function httpMessage(
  request: IncomingMessage,
  layout: WireLayout,
  body: Uint8Array,
): WireMessage {
  const { method = '', url = '', headers, socket } = request;
  // A query may hold what is nobody's business, and says nothing of the body.
  const [path = ''] = url.split('?', 1);
  const by = headers['content-encoding'];
  const sent = Number(headers['content-length']);
  return {
    layout,
    bytes: body,
    sender: { address: socket.remoteAddress ?? '', port: socket.remotePort ?? 0 },
    request: `${method} ${path}`,
    ...(by !== undefined && by !== 'identity' && { compressed: { by, bytes: sent || 0 } }),
  };
}

import { PayloadReader } from './payload-reader.ts';
import { PayloadWriter } from './payload-writer.ts';

// Thrift over TChannel (transport header `as` = `thrift`): arg1 is `Service::method`, arg2 the application's headers, and
// arg3 a struct in the binary protocol without a message around it: the arguments of the call; or its result, in which
// field 0 is what it returns and the others are exceptions (response code 1).

/** Headers of which there are none: what Jaeger's programs send. */
export const NO_APPLICATION_HEADERS: Uint8Array = Uint8Array.of(0, 0);

/** nh:2 (key~2 value~2){nh}; no bytes at all are no headers, too. */
export function decodeApplicationHeaders(arg2: Uint8Array): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  if (arg2.length === 0) return headers;
  const reader = new PayloadReader(arg2);
  for (let left = reader.uint16(); left > 0; left--) headers.set(reader.text16(), reader.text16());
  reader.end();
  return headers;
}

export function encodeApplicationHeaders(headers: ReadonlyMap<string, string>): Buffer {
  const writer = new PayloadWriter().uint16(headers.size);
  for (const [key, value] of headers) writer.text16(key).text16(value);
  return writer.bytes();
}

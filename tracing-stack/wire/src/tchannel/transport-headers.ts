import type { PayloadReader } from './payload-reader.ts';
import type { PayloadWriter } from './payload-writer.ts';

/** Headers of a call, by names of two letters: `as` the scheme of its arguments, `cn` the name of who calls. */
export type TransportHeaders = ReadonlyMap<string, string>;

/** nh:1 (key~1 value~1){nh} */
export function readTransportHeaders(reader: PayloadReader): TransportHeaders {
  const headers = new Map<string, string>();
  for (let left = reader.uint8(); left > 0; left--) headers.set(reader.text8(), reader.text8());
  return headers;
}

export function writeTransportHeaders(writer: PayloadWriter, headers: TransportHeaders): void {
  writer.uint8(headers.size);
  for (const [key, value] of headers) writer.text8(key).text8(value);
}

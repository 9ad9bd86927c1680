import type { DecodeError } from '@spoor/wire';

/** What Jaeger, whose Thrift is Go's, says of a body that it cannot read; our own words where no answer was recorded. */
export function thriftErrorText(body: Uint8Array, error: DecodeError): string {
  if (body.length === 0) return '*jaeger.Batch field 0 read error: EOF';
  const { code, about, message } = error;
  if (about === undefined) return message;
  if (code === 'bad-type') return `Unknown data type ${about}`;
  return `Required field ${about.charAt(0).toUpperCase()}${about.slice(1)} is not set`;
}

import { DecodeError } from '../decode-error.ts';
import type { BinaryReader } from './binary-reader.ts';
import type { CompactReader } from './compact-reader.ts';
import type { ThriftReader } from './thrift-reader.ts';

/** First byte of every compact message. */
export const PROTOCOL_ID = 0x82;
/** Low five bits of the second byte; the message type stands in the three above. */
export const VERSION = 1;
/** First half of a binary message in the strict form; the message type is its fourth byte. */
const STRICT_VERSION = 0x8001;

/** Message types: some clients say CALL, others ONEWAY, for the same datagram. */
const CALL = 1;
export const ONEWAY = 4;

/** How a call begins. */
export interface ThriftCall {
  readonly method: string;
  /** Where its name stands. */
  readonly methodOffset: number;
}

/**
 * Reads how a call begins: protocol id, version and type, sequence id (varint), method (string).
 * The struct of its arguments follows.
 */
export function readCompactCall(reader: CompactReader): ThriftCall {
  const protocol = reader.byte();
  const version = reader.byte();
  if (protocol !== PROTOCOL_ID || (version & 0x1f) !== VERSION) {
    throw new DecodeError('bad-message', 0, 'not a message in the compact Thrift protocol');
  }
  expectCall(version >> 5, 1);
  reader.varint32();
  return readMethod(reader);
}

/**
 * The same in the binary protocol. Strict: version (i16), an unused byte, type (byte), method (string), sequence id (i32). Old: method, type, sequence id;
 * the two are told apart by the sign of the first four bytes, which in the old form are a length.
 */
export function readBinaryCall(reader: BinaryReader): ThriftCall {
  let call: ThriftCall;
  const first = reader.int32();
  if (first >= 0) {
    reader.offset = 0;
    call = readMethod(reader);
    expectCall(reader.byte(), reader.offset - 1);
  } else {
    if (first >>> 16 !== STRICT_VERSION) {
      throw new DecodeError('bad-message', 0, 'not a message in the binary Thrift protocol');
    }
    expectCall(first & 0xff, 3);
    call = readMethod(reader);
  }
  reader.int32();
  return call;
}

function expectCall(type: number, offset: number): void {
  if (type === CALL || type === ONEWAY) return;
  throw new DecodeError('bad-message', offset, `message type ${type} where a call was expected`);
}

/** Long enough for every method, and for an error. */
const MAX_METHOD = 64;

function readMethod(reader: ThriftReader): ThriftCall {
  const methodOffset = reader.binary();
  const end = Math.min(reader.offset, methodOffset + MAX_METHOD);
  return { method: reader.bytes.toString('latin1', methodOffset, end), methodOffset };
}

/** The error for a call of a method that is not served here. */
export function unknownMethod({ method, methodOffset }: ThriftCall, expected: string): DecodeError {
  const name = JSON.stringify(method);
  const what = `method ${name} where "${expected}" was expected`;
  return new DecodeError('bad-message', methodOffset, what);
}

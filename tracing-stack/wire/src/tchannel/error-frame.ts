import { encodeFrame, type Frame, FrameType } from './frame.ts';
import { PayloadReader } from './payload-reader.ts';
import { PayloadWriter } from './payload-writer.ts';
import { type FrameTracing, readTracing, writeTracing } from './tracing.ts';

/** Why there is no answer to a call. `busy` and `declined` say that it was not begun, so that it may be sent again. */
export const ErrorCode = {
  timeout: 0x01,
  cancelled: 0x02,
  busy: 0x03,
  declined: 0x04,
  unexpected: 0x05,
  badRequest: 0x06,
  network: 0x07,
  unhealthy: 0x08,
  /** About the connection, which ends with it; its id is 2^32 - 1 unless one frame was at fault. */
  fatal: 0xff,
} as const;

/** The id of an error that is about no call. */
export const NO_CALL = 0xffff_ffff;

export interface ErrorFrame {
  /** An `ErrorCode`. */
  readonly code: number;
  readonly tracing: FrameTracing;
  readonly message: string;
}

/** code:1 tracing:25 message~2 */
export function decodeErrorFrame({ payload }: Frame): ErrorFrame {
  const reader = new PayloadReader(payload);
  const error = {
    code: reader.uint8(),
    tracing: readTracing(reader),
    message: reader.text16(),
  };
  reader.end();
  return error;
}

/** `message` of at most 65,000 bytes. */
export function encodeErrorFrame(id: number, { code, tracing, message }: ErrorFrame): Buffer {
  const writer = new PayloadWriter().uint8(code);
  writeTracing(writer, tracing);
  return encodeFrame(FrameType.error, id, writer.text16(message).bytes());
}

/** The name of a code, for people and counters. */
export function errorCodeName(code: number): string {
  const known = Object.entries(ErrorCode).find(([, value]) => value === code);
  return known?.[0] ?? `0x${code.toString(16).padStart(2, '0')}`;
}

import { DecodeError } from '../decode-error.ts';

// TChannel, version 2. A connection carries frames, each at most 65,535 bytes, high bytes first:
//
//   size:2  type:1  reserved:1  id:4  reserved:8  payload
//
// `size` counts itself and the rest of the header. `id` is chosen by who asks, and repeated by who answers, so that many
// calls are under way on one connection. `x~1` and `x~2` in the layouts of this folder stand for a length of one or two
// bytes and as many bytes.

export const FrameType = {
  initReq: 0x01,
  initRes: 0x02,
  callReq: 0x03,
  callRes: 0x04,
  callReqContinue: 0x13,
  callResContinue: 0x14,
  cancel: 0xc0,
  claim: 0xc1,
  pingReq: 0xd0,
  pingRes: 0xd1,
  error: 0xff,
} as const;

export const MAX_FRAME_BYTES = 0xffff;
export const FRAME_HEADER_BYTES = 16;

export interface Frame {
  /** A `FrameType`, or one that nobody knows. */
  readonly type: number;
  /** 0 to 2^32 - 1. */
  readonly id: number;
  readonly payload: Buffer;
}

/** The bytes of a frame. Throws `RangeError` if the payload does not fit. */
export function encodeFrame(type: number, id: number, payload: Uint8Array): Buffer {
  const size = FRAME_HEADER_BYTES + payload.length;
  if (size > MAX_FRAME_BYTES) throw new RangeError(`[wire] a frame of ${size} bytes`);
  const bytes = Buffer.alloc(size);
  bytes.writeUInt16BE(size, 0);
  bytes[2] = type;
  bytes.writeUInt32BE(id, 4);
  bytes.set(payload, FRAME_HEADER_BYTES);
  return bytes;
}

/** Reads a frame of which all bytes are there, and no others. */
export function decodeFrame(bytes: Buffer): Frame {
  return {
    type: bytes[2] as number,
    id: bytes.readUInt32BE(4),
    payload: bytes.subarray(FRAME_HEADER_BYTES),
  };
}

/** Refuses a frame that is smaller than its own header. */
export function checkedFrameSize(size: number): number {
  if (size >= FRAME_HEADER_BYTES) return size;
  throw new DecodeError('bad-message', 0, `a frame of ${size} bytes`);
}

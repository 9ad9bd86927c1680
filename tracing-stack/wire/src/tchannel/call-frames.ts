import { ChecksumType, nextChecksum } from './checksum.ts';
import { MORE_FRAGMENTS } from './fragment.ts';
import { encodeFrame, FRAME_HEADER_BYTES, MAX_FRAME_BYTES } from './frame.ts';
import { PayloadWriter } from './payload-writer.ts';

/** A call or an answer that is to be cut into frames. */
export interface OutgoingCall {
  readonly id: number;
  /** `FrameType` of the first frame and of those behind it. */
  readonly types: readonly [first: number, further: number];
  /** What stands between the flags and the checksum in the first frame. */
  readonly head: Uint8Array;
  /** A `ChecksumType`; farmhash is none of those that are written. */
  readonly checksumType: number;
  readonly args: readonly [Uint8Array, Uint8Array, Uint8Array];
  /** Bytes of a frame at most. */
  readonly maxFrameBytes?: number;
}

/** Of a chunk's length. */
const LENGTH_BYTES = 2;

/** The frames of a call: one, unless its arguments are too long. */
export function encodeCallFrames(call: OutgoingCall): Buffer[] {
  const frames: Buffer[] = [];
  let frame = new OpenFrame(call, true, 0);
  const next = () => {
    frames.push(frame.finish(true));
    frame = new OpenFrame(call, false, frame.checksum);
  };
  for (const [i, argument] of call.args.entries()) {
    let rest = frame.add(argument);
    while (rest.length > 0) {
      next();
      rest = frame.add(rest);
    }
    const isLast = i === call.args.length - 1;
    // Without room for the next argument's length, the next frame says with an empty chunk that this one has ended.
    if (!isLast && frame.room <= LENGTH_BYTES) {
      next();
      frame.add(new Uint8Array(0));
    }
  }
  frames.push(frame.finish(false));
  return frames;
}

/** A frame that chunks are still added to. */
class OpenFrame {
  private readonly call: OutgoingCall;
  private readonly isFirst: boolean;
  private readonly chunks: Uint8Array[] = [];
  checksum: number;
  /** Bytes that are left for chunks, with their lengths. */
  room: number;

  constructor(call: OutgoingCall, isFirst: boolean, checksum: number) {
    const { head, checksumType, maxFrameBytes = MAX_FRAME_BYTES } = call;
    this.call = call;
    this.isFirst = isFirst;
    this.checksum = checksum;
    const sum = checksumType === ChecksumType.none ? 1 : 5;
    this.room = maxFrameBytes - FRAME_HEADER_BYTES - 1 - (isFirst ? head.length : 0) - sum;
    // A chunk of no bytes would go on for ever.
    if (this.room < LENGTH_BYTES + 1)
      throw new RangeError('[wire] no room for arguments in a frame');
  }

  /** Takes as much as fits, and returns what does not. */
  add(bytes: Uint8Array): Uint8Array {
    const fits = bytes.subarray(0, Math.max(0, this.room - LENGTH_BYTES));
    this.chunks.push(fits);
    this.room -= LENGTH_BYTES + fits.length;
    this.checksum = nextChecksum(this.call.checksumType, this.checksum, fits) ?? 0;
    return bytes.subarray(fits.length);
  }

  finish(hasMore: boolean): Buffer {
    const { head, checksumType, types, id } = this.call;
    const writer = new PayloadWriter().uint8(hasMore ? MORE_FRAGMENTS : 0);
    if (this.isFirst) writer.raw(head);
    writer.uint8(checksumType);
    if (checksumType !== ChecksumType.none) writer.uint32(this.checksum);
    for (const chunk of this.chunks) writer.uint16(chunk.length).raw(chunk);
    return encodeFrame(types[this.isFirst ? 0 : 1], id, writer.bytes());
  }
}

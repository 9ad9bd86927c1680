import { encodeCallFrames, type OutgoingCall } from './call-frames.ts';
import { type Fragment, readFragment } from './fragment.ts';
import { type Frame, FrameType } from './frame.ts';
import { PayloadReader } from './payload-reader.ts';
import { PayloadWriter } from './payload-writer.ts';
import { type FrameTracing, readTracing, writeTracing } from './tracing.ts';
import {
  readTransportHeaders,
  type TransportHeaders,
  writeTransportHeaders,
} from './transport-headers.ts';

/** What the call came to: its result, or an exception that the application declares. */
export const ResponseCode = { ok: 0x00, applicationError: 0x01 } as const;

/** The first frame of an answer, without its arguments. The first of them is empty. */
export interface CallResHead {
  /** A `ResponseCode`. */
  readonly code: number;
  readonly tracing: FrameTracing;
  readonly headers: TransportHeaders;
}

export interface CallRes extends CallResHead {
  readonly fragment: Fragment;
}

/** flags:1 code:1 tracing:25 nh:1 (key~1 value~1){nh} csumtype:1 (csum:4){0,1} arg1~2 arg2~2 arg3~2 */
export function decodeCallRes({ payload }: Frame): CallRes {
  const reader = new PayloadReader(payload);
  const flags = reader.uint8();
  return {
    code: reader.uint8(),
    tracing: readTracing(reader),
    headers: readTransportHeaders(reader),
    fragment: readFragment(reader, flags),
  };
}

/** The frames of an answer, in order. */
export function encodeCallRes(
  head: CallResHead,
  call: Pick<OutgoingCall, 'id' | 'checksumType' | 'args' | 'maxFrameBytes'>,
): Buffer[] {
  const writer = new PayloadWriter().uint8(head.code);
  writeTracing(writer, head.tracing);
  writeTransportHeaders(writer, head.headers);
  const types = [FrameType.callRes, FrameType.callResContinue] as const;
  return encodeCallFrames({ ...call, types, head: writer.bytes() });
}

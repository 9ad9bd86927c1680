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

/** The first frame of a call, without its arguments. */
export interface CallReqHead {
  /** Milliseconds until nobody waits for the answer any more. */
  readonly ttl: number;
  readonly tracing: FrameTracing;
  /** The name of who is called. */
  readonly service: string;
  readonly headers: TransportHeaders;
}

export interface CallReq extends CallReqHead {
  readonly fragment: Fragment;
}

/** flags:1 ttl:4 tracing:25 service~1 nh:1 (key~1 value~1){nh} csumtype:1 (csum:4){0,1} arg1~2 arg2~2 arg3~2 */
export function decodeCallReq({ payload }: Frame): CallReq {
  const reader = new PayloadReader(payload);
  const flags = reader.uint8();
  return {
    ttl: reader.uint32(),
    tracing: readTracing(reader),
    service: reader.text8(),
    headers: readTransportHeaders(reader),
    fragment: readFragment(reader, flags),
  };
}

/** The frames of a call, in order. */
export function encodeCallReq(
  head: CallReqHead,
  call: Pick<OutgoingCall, 'id' | 'checksumType' | 'args' | 'maxFrameBytes'>,
): Buffer[] {
  const writer = new PayloadWriter().uint32(head.ttl);
  writeTracing(writer, head.tracing);
  writer.text8(head.service);
  writeTransportHeaders(writer, head.headers);
  const types = [FrameType.callReq, FrameType.callReqContinue] as const;
  return encodeCallFrames({ ...call, types, head: writer.bytes() });
}

import { encodeFrame, FrameType } from './frame.ts';

const NOTHING = new Uint8Array(0);

/** ping req: no payload. Answered with a ping res of the same id, also while calls are under way. */
export function encodePingReq(id: number): Buffer {
  return encodeFrame(FrameType.pingReq, id, NOTHING);
}

/** ping res: no payload. */
export function encodePingRes(id: number): Buffer {
  return encodeFrame(FrameType.pingRes, id, NOTHING);
}

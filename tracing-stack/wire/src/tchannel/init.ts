import { encodeFrame, type Frame, FrameType } from './frame.ts';
import { PayloadReader } from './payload-reader.ts';
import { PayloadWriter } from './payload-writer.ts';

/** The only version that there is. */
export const TCHANNEL_VERSION = 2;

/** What both ends say first, the one that connected before the other. */
export interface Init {
  readonly version: number;
  /** `host_port` (`0.0.0.0:0` of who takes no calls) and `process_name` must be there. */
  readonly headers: ReadonlyMap<string, string>;
}

/** init req and init res: version:2 nh:2 (key~2 value~2){nh} */
export function decodeInit({ payload }: Frame): Init {
  const reader = new PayloadReader(payload);
  const version = reader.uint16();
  const headers = new Map<string, string>();
  for (let left = reader.uint16(); left > 0; left--) headers.set(reader.text16(), reader.text16());
  reader.end();
  return { version, headers };
}

export function encodeInitReq(id: number, init: Init): Buffer {
  return encodeFrame(FrameType.initReq, id, payloadOf(init));
}

export function encodeInitRes(id: number, init: Init): Buffer {
  return encodeFrame(FrameType.initRes, id, payloadOf(init));
}

function payloadOf({ version, headers }: Init): Buffer {
  const writer = new PayloadWriter().uint16(version).uint16(headers.size);
  for (const [key, value] of headers) writer.text16(key).text16(value);
  return writer.bytes();
}

/** What one of our programs says. `hostPort` is `0.0.0.0:0` of one that takes no calls. */
export function ownInit(hostPort: string, processName: string): Init {
  return {
    version: TCHANNEL_VERSION,
    headers: new Map([
      ['host_port', hostPort],
      ['process_name', processName],
      ['tchannel_language', 'node'],
      ['tchannel_language_version', process.versions.node],
      ['tchannel_version', 'spoor'],
    ]),
  };
}

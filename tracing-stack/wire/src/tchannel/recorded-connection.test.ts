import { tchannelStream } from '@spoor/fixtures';
import { describe, expect, it } from 'vitest';
import { DecodeError } from '../decode-error.ts';
import { decodeSubmitBatches, decodeSubmitResult } from '../jaeger-thrift/submit-batches.ts';
import { seededRandom } from '../testkit/index.ts';
import { ArgumentJoiner, type CallArguments } from './call-arguments.ts';
import { decodeCallContinue } from './call-continue.ts';
import { decodeCallReq, encodeCallReq } from './call-req.ts';
import { decodeCallRes, encodeCallRes } from './call-res.ts';
import { decodeErrorFrame, encodeErrorFrame } from './error-frame.ts';
import type { Fragment } from './fragment.ts';
import { encodeFrame, type Frame, FrameType } from './frame.ts';
import { FrameSplitter } from './frame-splitter.ts';
import { decodeInit, encodeInitReq, encodeInitRes } from './init.ts';
import { decodeApplicationHeaders, encodeApplicationHeaders } from './thrift-arguments.ts';
import type { FrameTracing } from './tracing.ts';

const NAMES = ['agent-to-collector', 'collector-to-agent'] as const;

const framesOf = (name: (typeof NAMES)[number]) => [
  ...new FrameSplitter().split(Buffer.from(tchannelStream(name).bytes)),
];

function argumentsOf(fragment: Fragment): CallArguments {
  const args = new ArgumentJoiner(100_000).add(fragment);
  if (args === undefined) throw new Error('more fragments');
  return args;
}

const told = (headers: ReadonlyMap<string, string>) =>
  `[${Array.from(headers, ([key, value]) => `('${key}', '${value}')`).join(', ')}]`;
const toldTracing = ({ spanId, parentId, traceId, flags }: FrameTracing) =>
  `tracing(span,parent,trace,flags)=${spanId},${parentId},${traceId},${flags}`;

function toldArguments({ checksum, checksumType, ...rest }: Fragment): string {
  const [, arg2, arg3] = argumentsOf({ checksum, checksumType, ...rest });
  const sum = checksum.toString(16).padStart(8, '0');
  return [
    `csumtype=${checksumType} csum=${sum}`,
    `arg2=${arg2.toString('hex')} arg3[${arg3.length}]=${arg3.toString('hex')}`,
  ].join(' ');
}

/** A frame in the words of the other decoder, which cut long arguments and did not tell the tracing of answers. */
function line(frame: Frame): string {
  const { type, id, payload } = frame;
  const start = `size=${payload.length + 16} id=${id}`;
  switch (type) {
    case FrameType.initReq:
    case FrameType.initRes: {
      const { version, headers } = decodeInit(frame);
      const kind = type === FrameType.initReq ? 'req' : 'res';
      return `init ${kind} ${start} version=${version} headers=${told(headers)}`;
    }
    case FrameType.callReq: {
      const { ttl, tracing, service, headers, fragment } = decodeCallReq(frame);
      const [arg1] = argumentsOf(fragment);
      const head = `ttl=${ttl}ms ${toldTracing(tracing)} service=${service} headers=${told(headers)}`;
      const args = toldArguments(fragment).replace(' arg2', ` arg1='${arg1}' arg2`);
      return `call req ${start} flags=0 ${head} ${args}`;
    }
    case FrameType.callRes: {
      const { code, headers, fragment } = decodeCallRes(frame);
      const args = toldArguments(fragment).replace(' arg2', " arg1=b'' arg2");
      return `call res ${start} flags=0 code=${code} headers=${told(headers)} ${args}`;
    }
    default: {
      const { code, message } = decodeErrorFrame(frame);
      return `error ${start} code=${code} msg=${message}`;
    }
  }
}

/** The same frame, written anew from what was read. */
function again(frame: Frame): Buffer[] {
  switch (frame.type) {
    case FrameType.initReq:
      return [encodeInitReq(frame.id, decodeInit(frame))];
    case FrameType.initRes:
      return [encodeInitRes(frame.id, decodeInit(frame))];
    case FrameType.callReq: {
      const { fragment, ...head } = decodeCallReq(frame);
      const { checksumType } = fragment;
      return encodeCallReq(head, { id: frame.id, checksumType, args: argumentsOf(fragment) });
    }
    case FrameType.callRes: {
      const { fragment, ...head } = decodeCallRes(frame);
      const { checksumType } = fragment;
      return encodeCallRes(head, { id: frame.id, checksumType, args: argumentsOf(fragment) });
    }
    default:
      return [encodeErrorFrame(frame.id, decodeErrorFrame(frame))];
  }
}

describe.each(NAMES)('a real %s connection', (name) => {
  it('is read as another decoder read it', () => {
    const { frames } = tchannelStream(name);
    // Told were the first ones; the rest are more of the same.
    expect(frames).toHaveLength(35);
    const lines = framesOf(name).slice(0, frames.length).map(line);
    expect(lines.map((text, i) => text.slice(0, frames[i]?.length))).toEqual(frames);
  });

  it('is written again byte for byte', () => {
    const frames = framesOf(name);
    for (const frame of frames) {
      const bytes = encodeFrame(frame.type, frame.id, frame.payload);
      expect(Buffer.concat(again(frame)).toString('hex')).toBe(bytes.toString('hex'));
    }
  });

  it('with bytes changed is read, or refused with a DecodeError', () => {
    const random = seededRandom(267);
    const fates = { read: 0, refused: 0 };
    for (const frame of framesOf(name)) {
      for (let round = 0; round < 40; round++) {
        const payload = Buffer.from(frame.payload);
        for (let k = 0; k <= random.below(4); k++) {
          payload[random.below(payload.length)] = random.below(256);
        }
        try {
          line({ ...frame, payload });
          decodeCallContinue({ ...frame, payload });
          fates.read++;
        } catch (error) {
          if (!(error instanceof DecodeError) && (error as Error).message !== 'more fragments') {
            throw error;
          }
          fates.refused++;
        }
      }
    }
    expect(fates.refused).toBeGreaterThan(100);
  });
});

it("the agent's batches are in there, and each was answered with ok", () => {
  const counts = framesOf('agent-to-collector')
    .filter(({ type }) => type === FrameType.callReq)
    .map((frame) => argumentsOf(decodeCallReq(frame).fragment))
    .filter(([method]) => method.toString() === 'Collector::submitBatches')
    .map(([, headers, args]) => {
      expect(decodeApplicationHeaders(headers).size).toBe(0);
      return decodeSubmitBatches(args).map((batch) => batch.spans().length);
    });
  expect(counts).toHaveLength(55);
  expect(counts[0]).toEqual([1]);
  const oks = framesOf('collector-to-agent')
    .filter(({ type }) => type === FrameType.callRes)
    .map((frame) => argumentsOf(decodeCallRes(frame).fragment)[2])
    .filter((result) => result.length === 14)
    .map(decodeSubmitResult);
  expect(oks).toEqual(Array(56).fill([true]));
});

it('headers of an application are read as they are written, and no bytes are none', () => {
  const headers = new Map([
    ['key', 'value'],
    ['uberctx', 'ä'],
  ]);
  const bytes = encodeApplicationHeaders(headers);
  expect(bytes.toString('hex')).toBe(
    '0002 0003 6b6579 0005 76616c7565 0007 75626572637478 0002 c3a4'.replaceAll(' ', ''),
  );
  expect(decodeApplicationHeaders(bytes)).toEqual(headers);
  expect(decodeApplicationHeaders(new Uint8Array(0)).size).toBe(0);
  for (let length = 1; length < bytes.length; length++) {
    expect(() => decodeApplicationHeaders(bytes.subarray(0, length))).toThrow(DecodeError);
  }
});

import { tchannelStream } from '@spoor/fixtures';
import type { SamplingStrategy } from '@spoor/model';
import { expect, it } from 'vitest';
import { DecodeError } from '../decode-error.ts';
import { ArgumentJoiner } from '../tchannel/call-arguments.ts';
import { decodeCallReq } from '../tchannel/call-req.ts';
import { decodeCallRes } from '../tchannel/call-res.ts';
import { FrameSplitter } from '../tchannel/frame-splitter.ts';
import { binaryLayout } from '../testkit/index.ts';
import { CompactType } from '../thrift/compact-type.ts';
import {
  decodeSamplingArguments,
  decodeSamplingResult,
  encodeSamplingArguments,
  encodeSamplingResult,
} from './strategy-thrift.ts';

const { I16, I32, DOUBLE, BINARY, LIST, STRUCT } = CompactType;
const { struct, field, list, i32, double, text } = binaryLayout;

const rate = (id: number, value: number) =>
  field(id, STRUCT, struct(field(1, DOUBLE, double(value))));

const ROWS: [string, SamplingStrategy, readonly number[]][] = [
  [
    'probabilistic',
    { strategyType: 'PROBABILISTIC', probabilisticSampling: { samplingRate: 0.25 } },
    struct(field(1, I32, i32(0)), rate(2, 0.25)),
  ],
  [
    'rate limiting',
    { strategyType: 'RATE_LIMITING', rateLimitingSampling: { maxTracesPerSecond: 300 } },
    struct(field(1, I32, i32(1)), field(3, STRUCT, struct(field(1, I16, [1, 44])))),
  ],
  [
    'per operation',
    {
      strategyType: 'PROBABILISTIC',
      probabilisticSampling: { samplingRate: 0.5 },
      operationSampling: {
        defaultSamplingProbability: 0.5,
        defaultLowerBoundTracesPerSecond: 0.25,
        perOperationStrategies: [
          { operation: 'GET /ä', probabilisticSampling: { samplingRate: 1 } },
        ],
        defaultUpperBoundTracesPerSecond: 9,
      },
    },
    struct(
      field(1, I32, i32(0)),
      rate(2, 0.5),
      field(
        4,
        STRUCT,
        struct(
          field(1, DOUBLE, double(0.5)),
          field(2, DOUBLE, double(0.25)),
          field(3, LIST, list(STRUCT, [struct(field(1, BINARY, text('GET /ä')), rate(2, 1))])),
          field(4, DOUBLE, double(9)),
        ),
      ),
    ),
  ],
];

it.each(ROWS)(
  '%s: written as it is laid out, read as it was, no beginning taken',
  (_, strategy, laid) => {
    const bytes = Buffer.from(struct(field(0, STRUCT, laid)));
    expect(Buffer.from(encodeSamplingResult(strategy)).toString('hex')).toBe(bytes.toString('hex'));
    expect(decodeSamplingResult(bytes)).toEqual(strategy);
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeSamplingResult(bytes.subarray(0, length))).toThrow(DecodeError);
    }
  },
);

it('a limit that no i16 holds is the largest one', () => {
  const rateLimitingSampling = { maxTracesPerSecond: 1e6 };
  const bytes = encodeSamplingResult({ strategyType: 'RATE_LIMITING', rateLimitingSampling });
  expect(decodeSamplingResult(bytes).rateLimitingSampling?.maxTracesPerSecond).toBe(32_767);
});

function argument3(name: 'agent-to-collector' | 'collector-to-agent', id: number): Buffer {
  const frames = new FrameSplitter().split(Buffer.from(tchannelStream(name).bytes));
  const frame = [...frames].find((one) => one.id === id) as never;
  const { fragment } = name === 'agent-to-collector' ? decodeCallReq(frame) : decodeCallRes(frame);
  return new ArgumentJoiner(1000).add(fragment)?.[2] as Buffer;
}

it('what a real agent asked and a real collector answered is read, and written again byte for byte', () => {
  const asked = argument3('agent-to-collector', 2);
  expect(decodeSamplingArguments(asked)).toBe('foo');
  expect(Buffer.from(encodeSamplingArguments('foo')).equals(asked)).toBe(true);
  for (let length = 0; length < asked.length; length++) {
    expect(() => decodeSamplingArguments(asked.subarray(0, length))).toThrow(DecodeError);
  }
  const answered = argument3('collector-to-agent', 2);
  const strategy = decodeSamplingResult(answered);
  expect(strategy).toEqual({
    strategyType: 'PROBABILISTIC',
    probabilisticSampling: { samplingRate: 0.8 },
    operationSampling: {
      defaultSamplingProbability: 0.8,
      defaultLowerBoundTracesPerSecond: 0,
      perOperationStrategies: [
        { operation: 'op1', probabilisticSampling: { samplingRate: 0.2 } },
        { operation: '/health', probabilisticSampling: { samplingRate: 0 } },
      ],
      defaultUpperBoundTracesPerSecond: 0,
    },
  });
  expect(Buffer.from(encodeSamplingResult(strategy)).toString('hex')).toBe(
    answered.toString('hex'),
  );
});

it('arguments without a service are refused', () => {
  expect(() => decodeSamplingArguments(Uint8Array.of(0))).toThrow('no service was named');
});

import { describe, expect, it } from 'vitest';
import { DecodeError } from '../decode-error.ts';
import { bigEndian, tchannelFrame, tchannelText } from '../testkit/index.ts';
import { decodeCallContinue } from './call-continue.ts';
import { decodeCallReq, encodeCallReq } from './call-req.ts';
import { decodeCallRes, encodeCallRes } from './call-res.ts';
import { decodeCancel, encodeCancel } from './cancel.ts';
import { decodeClaim, encodeClaim } from './claim.ts';
import { decodeErrorFrame, encodeErrorFrame, errorCodeName } from './error-frame.ts';
import { decodeFrame, encodeFrame, type Frame } from './frame.ts';
import { decodeInit, encodeInitReq, encodeInitRes } from './init.ts';
import { encodePingReq, encodePingRes } from './ping.ts';

const text8 = (text: string) => tchannelText(text, 1);
const text16 = (text: string) => tchannelText(text, 2);

const tracing = {
  spanId: '0102030405060708',
  parentId: '00000000000000a1',
  traceId: 'f1f2f3f4f5f6f7f8',
  flags: 1,
};
const TRACING = [
  ...[1, 2, 3, 4, 5, 6, 7, 8],
  ...bigEndian(0xa1, 8),
  ...[0xf1, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8],
  1,
];

const init = {
  version: 2,
  headers: new Map([
    ['host_port', '0.0.0.0:0'],
    ['process_name', 'ä'],
  ]),
};
const INIT = [
  ...[0, 2],
  ...[0, 2, ...text16('host_port'), ...text16('0.0.0.0:0')],
  ...[...text16('process_name'), 0, 2, 0xc3, 0xa4],
];

const headers = new Map([
  ['as', 'thrift'],
  ['cn', 'x'],
]);
const HEADERS = [2, ...text8('as'), ...text8('thrift'), ...text8('cn'), ...text8('x')];

/** Three arguments of which the second is empty, with the CRC-32 of `abc`. */
const FRAGMENT = [1, 0x35, 0x24, 0x41, 0xc2, ...text16('ab'), 0, 0, ...text16('c')];
const fragment = {
  hasMore: false,
  checksumType: 1,
  checksum: 0x352441c2,
  chunks: ['ab', '', 'c'].map((text) => Buffer.from(text)),
};
const args = [Buffer.from('ab'), Buffer.alloc(0), Buffer.from('c')] as const;
const call = { checksumType: 1, args };

const req = { ttl: 999, tracing, service: 'jaeger-collector', headers };
const res = { code: 1, tracing, headers };

interface Row {
  readonly name: string;
  readonly bytes: Buffer;
  readonly write: () => Buffer | Buffer[];
  readonly read: (frame: Frame) => unknown;
  readonly value: unknown;
  /** Payloads that end so early are whole all the same: their chunks are fewer. */
  readonly alsoWhole?: readonly number[];
}

const ROWS: Row[] = [
  {
    name: 'init req',
    bytes: tchannelFrame(0x01, 1, INIT),
    write: () => encodeInitReq(1, init),
    read: decodeInit,
    value: init,
  },
  {
    name: 'init res',
    bytes: tchannelFrame(0x02, 0xffff_fffe, INIT),
    write: () => encodeInitRes(0xffff_fffe, init),
    read: decodeInit,
    value: init,
  },
  {
    name: 'call req',
    bytes: tchannelFrame(
      0x03,
      7,
      [0, ...bigEndian(999, 4)],
      TRACING,
      text8('jaeger-collector'),
      HEADERS,
      FRAGMENT,
    ),
    write: () => encodeCallReq(req, { id: 7, ...call }),
    read: decodeCallReq,
    value: { ...req, fragment },
    alsoWhole: [3, 5, 9],
  },
  {
    name: 'call res',
    bytes: tchannelFrame(0x04, 7, [0, 1], TRACING, HEADERS, FRAGMENT),
    write: () => encodeCallRes(res, { id: 7, ...call }),
    read: decodeCallRes,
    value: { ...res, fragment },
    alsoWhole: [3, 5, 9],
  },
  {
    name: 'cancel',
    bytes: tchannelFrame(0xc0, 7, bigEndian(1000, 4), TRACING, text16('went home')),
    write: () => encodeCancel(7, { ttl: 1000, tracing, why: 'went home' }),
    read: decodeCancel,
    value: { ttl: 1000, tracing, why: 'went home' },
  },
  {
    name: 'claim',
    bytes: tchannelFrame(0xc1, 7, bigEndian(1000, 4), TRACING),
    write: () => encodeClaim(7, { ttl: 1000, tracing }),
    read: decodeClaim,
    value: { ttl: 1000, tracing },
  },
  {
    name: 'ping req',
    bytes: tchannelFrame(0xd0, 9),
    write: () => encodePingReq(9),
    read: ({ payload }) => payload.length,
    value: 0,
  },
  {
    name: 'ping res',
    bytes: tchannelFrame(0xd1, 9),
    write: () => encodePingRes(9),
    read: ({ payload }) => payload.length,
    value: 0,
  },
  {
    name: 'error',
    bytes: tchannelFrame(0xff, 3, [6], TRACING, text16('no handler')),
    write: () => encodeErrorFrame(3, { code: 6, tracing, message: 'no handler' }),
    read: decodeErrorFrame,
    value: { code: 6, tracing, message: 'no handler' },
  },
];

describe.each(ROWS)('$name', ({ bytes, write, read, value, alsoWhole = [] }) => {
  it('is written as it is laid out', () => {
    expect(Buffer.concat([write()].flat()).toString('hex')).toBe(bytes.toString('hex'));
  });

  it('is read as what was written', () => {
    expect(read(decodeFrame(bytes))).toEqual(value);
  });

  it('throws wherever its payload ends too early', () => {
    const { type, id, payload } = decodeFrame(bytes);
    for (let length = 0; length < payload.length; length++) {
      const cut = () => read({ type, id, payload: payload.subarray(0, length) });
      if (alsoWhole.includes(payload.length - length)) expect(cut).not.toThrow();
      else expect(cut, `${length}`).toThrow(DecodeError);
    }
  });
});

it('a continuation is its flags and a fragment', () => {
  const payload = Buffer.from([1, ...FRAGMENT]);
  expect(decodeCallContinue({ type: 0x13, id: 1, payload })).toEqual({
    ...fragment,
    hasMore: true,
  });
  for (const length of [0, 1, 3, 5, 7]) {
    const cut = { type: 0x13, id: 1, payload: payload.subarray(0, length) };
    expect(() => decodeCallContinue(cut)).toThrow(DecodeError);
  }
});

it('a frame of 65,535 bytes can be written, and no larger one', () => {
  expect(decodeFrame(encodeFrame(1, 2, new Uint8Array(65_519))).payload).toHaveLength(65_519);
  expect(() => encodeFrame(1, 2, new Uint8Array(65_520))).toThrow(RangeError);
});

it('bytes behind the last field are refused, and so is a checksum of an unknown type', () => {
  const bytes = tchannelFrame(0xc1, 7, bigEndian(1000, 4), TRACING, [0]);
  expect(() => decodeClaim(decodeFrame(bytes))).toThrow('1 bytes behind the last field');
  const unknown = tchannelFrame(0x13, 7, [0, 4, 0, 0, 0, 0]);
  expect(() => decodeCallContinue(decodeFrame(unknown))).toThrow('checksum type 4');
});

it('errors have names', () => {
  expect([1, 3, 6, 0xff, 0x42].map(errorCodeName)).toEqual([
    'timeout',
    'busy',
    'badRequest',
    'fatal',
    '0x42',
  ]);
});

import { ByteBudget } from '@spoor/platform';
import {
  type CallReq,
  ChecksumType,
  ErrorCode,
  type Fragment,
  type Frame,
  FrameType,
  NO_TRACING,
} from '@spoor/wire';
import { afterEach, expect, test } from 'vitest';
import { IncomingCall } from './incoming-call.ts';

const open: IncomingCall[] = [];
afterEach(() => {
  for (const call of open.splice(0)) call.end();
});

const fragment = (chunks: readonly Buffer[], hasMore = true): Fragment => ({
  hasMore,
  checksumType: ChecksumType.none,
  checksum: 0,
  chunks,
});

const frame = (payload = Buffer.alloc(0)): Frame => ({
  type: FrameType.callReqContinue,
  id: 2,
  payload,
});

function callWith(budget: ByteBudget, keepsFrames = false): IncomingCall {
  const headers = new Map([['as', 'thrift']]);
  const nothing = fragment([Buffer.alloc(0)]);
  const head: CallReq = { ttl: 1, tracing: NO_TRACING, service: 'x', headers, fragment: nothing };
  const limits = { maxBytes: 1e6, budget, ttl: 3_600_000, keepsFrames };
  const call = new IncomingCall(2, head, limits, () => undefined);
  open.push(call);
  return call;
}

test('fragments that bring no bytes use up the budget, too, and give it back', () => {
  const budget = new ByteBudget(20_000);
  const call = callWith(budget);
  const endless = () => {
    for (let i = 0; i < 1000; i++) call.add(fragment([Buffer.alloc(0)]), frame());
  };
  expect(endless).toThrow(expect.objectContaining({ code: ErrorCode.busy }));
  call.end();
  expect(budget.bytes).toBe(0);
});

test('what is kept of a fragment is no view of all that came with it', () => {
  const call = callWith(new ByteBudget(1e6));
  const received = Buffer.alloc(65_536, 7);
  call.add(fragment([received.subarray(0, 2), received.subarray(2, 4)]), frame());
  received.fill(0);
  const args = call.add(fragment([Buffer.of(8), Buffer.of(9)], false), frame());
  expect(args?.map((arg) => [...arg])).toEqual([[7, 7], [7, 7, 8], [9]]);
});

test('frames are kept only if they are asked for, as copies that use up the budget too', () => {
  const received = Buffer.alloc(1000, 7);
  const cost = (keepsFrames: boolean) => {
    const budget = new ByteBudget(1e6);
    const call = callWith(budget, keepsFrames);
    call.add(fragment([received]), frame(received));
    return { bytes: budget.bytes, frames: call.frames };
  };
  const without = cost(false);
  const kept = cost(true);
  received.fill(0);
  expect(without.frames).toEqual([]);
  expect(kept.frames.map((bytes) => [bytes.length, bytes[16]])).toEqual([[1016, 7]]);
  expect(kept.bytes - without.bytes).toBe(1000);
});

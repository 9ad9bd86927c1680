import { expect, test } from 'vitest';
import { holdsName, isNear, isSameValue } from './likeness.ts';

test.each([
  ['FuncName', 'funcName', true],
  ['tayKey', 'tagKey', true],
  ['event', 'evnet', true],
  ['inner-call', 'inner_call', true],
  ['inner-call', 'InnerCall', true],
  ['Service1Opname', 'Service1OpName', true],
  ['baggage', 'bagage', true],
  ['baggage', 'baggage', false],
  ['get', 'set', false],
  ['a', 'b', false],
  ['', '', false],
  ['body', 'bdy', true],
  ['body', 'baggage', false],
  ['jaegerHttpOpname', 'jaegerHttpService1Opname', false],
  ['步骤', '步骤', false],
  ['--', '..', false],
])('%j and %j are a slip of the pen apart: %s', (a, b, near) => {
  expect([isNear(a, b), isNear(b, a)]).toEqual([near, near]);
});

test.each([
  ['/protos.Greeter/SayHello', 'SayHello', true],
  ['first-span', 'first-span 17', true],
  ['first-span', 'last', false],
  ['abc', 'abcdef', false],
])('%j holds %j or the other way round: %s', (a, b, holds) => {
  expect([holdsName(a, b), holdsName(b, a)]).toEqual([holds, holds]);
});

test.each([
  ['a', 'a', true],
  ['a', ' a\n', true],
  ['a', 'A', false],
  [true, 'true', true],
  ['12345', 12345, true],
  ['x', undefined, false],
  ['http://localhost:2334/http', 'http://127.0.0.1:2334/http', true],
  ['http://localhost:2334/http', 'http://[::1]:2334/http/', true],
  ['http://localhost:2334/http', 'http://localhost:2333/http', false],
  ['http://localhost:2334/http', 'localhost', false],
])('%j is the same value as %j: %s', (expected, actual, same) => {
  expect(isSameValue(expected, actual)).toBe(same);
});

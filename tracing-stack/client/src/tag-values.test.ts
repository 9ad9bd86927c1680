import { expect, test } from 'vitest';
import { keyValueOf, keyValuesOf } from './tag-values.ts';
import { recordingLosses } from './testkit/recording-losses.ts';

const broken = () => {
  throw new Error('trap');
};
const unreadable = new Proxy({}, { get: broken, ownKeys: broken, getPrototypeOf: broken });
const { proxy: revoked, revoke } = Proxy.revocable({}, {});
revoke();

test.each([
  ['text', 'string', 'text'],
  ['', 'string', ''],
  [true, 'bool', true],
  [200, 'int64', 200n],
  [-7, 'int64', -7n],
  [Number.MAX_SAFE_INTEGER, 'int64', 9007199254740991n],
  [2 ** 53, 'float64', 2 ** 53],
  [0.25, 'float64', 0.25],
  [Number.NaN, 'string', 'NaN'],
  [Number.NEGATIVE_INFINITY, 'string', '-Inf'],
  [2n ** 63n - 1n, 'int64', 2n ** 63n - 1n],
  [-(2n ** 63n), 'int64', -(2n ** 63n)],
  [2n ** 63n, 'string', '9223372036854775808'],
  [undefined, 'string', ''],
  [null, 'string', 'null'],
  [{ a: [1, 'b'] }, 'string', '{"a":[1,"b"]}'],
  [new Date(0), 'string', '1970-01-01T00:00:00.000Z'],
  [new Date(Number.NaN), 'string', 'Invalid Date'],
  [new TypeError('no'), 'string', 'TypeError: no'],
  [Symbol('s'), 'string', 'Symbol(s)'],
  [new URL('http://a/b'), 'string', 'http://a/b'],
  [/a+/, 'string', '/a+/'],
  [{ n: 1n }, 'string', '{"n":"1"}'],
  [new Map([[1, 2]]), 'string', '{"1":2}'],
  [Uint8Array.of(1, 2).buffer, 'binary', Uint8Array.of(1, 2)],
  [new DataView(Uint8Array.of(1, 2, 3).buffer, 1), 'binary', Uint8Array.of(2, 3)],
])('the value %o becomes %s %o', (value, type, expected) => {
  const losses = recordingLosses();
  expect(keyValueOf('key', value, losses)).toEqual({ key: 'key', type, value: expected });
  expect(losses.lines).toEqual([]);
});

const badError = Object.defineProperty(new Error(), 'message', { get: broken });
const nested = () => {
  let value: unknown[] = [];
  for (let depth = 0; depth < 100_000; depth++) value = [value];
  return value;
};

test.each([
  ['a proxy whose traps throw', unreadable, '[Unreadable]', 'trap'],
  [
    'a revoked proxy',
    revoked,
    '[Unreadable]',
    "Cannot perform 'getPrototypeOf' on a proxy that has been revoked",
  ],
  ['an error that throws', badError, '[Unreadable]', 'trap'],
  ['a function that throws', Object.assign(() => {}, { toString: broken }), '[Unreadable]', 'trap'],
  ['a promise', Promise.resolve(), '[object Promise]', 'nothing of [object Promise] can be read'],
])('of %s the tag says what can be said, and the loss is told', (_, value, text, reason) => {
  const losses = recordingLosses();
  expect(keyValueOf('key', value, losses)).toEqual({ key: 'key', type: 'string', value: text });
  expect(losses.lines).toEqual([`key: ${reason}`]);
});

test('lists in each other, deeper than the stack, lose only what lies too deep', () => {
  const losses = recordingLosses();
  const { value } = keyValueOf('key', nested(), losses);
  expect(String(value)).toMatch(/^\[{50,}"\[Unreadable\]"\]{50,}$/);
  expect(losses.lines).toHaveLength(1);
});

test('bytes are copied, since their owner may write to them again', () => {
  const bytes = new Uint8Array([1, 2, 3]);
  const tag = keyValueOf('key', bytes, recordingLosses());
  bytes[0] = 9;
  expect(tag).toEqual({ key: 'key', type: 'binary', value: new Uint8Array([1, 2, 3]) });
});

test('the fields of an object keep their order', () => {
  expect(keyValuesOf({ b: 1, a: 2 }, recordingLosses()).map(({ key }) => key)).toEqual(['b', 'a']);
});

test.each([
  ['nothing', undefined, [], []],
  ['null', null, [], []],
  ['a number', 5, [], ['a number in the place of an object was left out']],
  ['text', 'abc', [], ['a string in the place of an object was left out']],
  [
    'a proxy whose traps throw',
    unreadable,
    [],
    ['an object that cannot be read (trap) was left out'],
  ],
  [
    'a field that throws',
    Object.defineProperty({ a: 1, b: 2 }, 'a', { get: broken }),
    ['b'],
    ['a, which cannot be read (trap), was left out'],
  ],
])('of %s, what can be read is kept and the rest told', (_, values, keys, told) => {
  const losses = recordingLosses();
  expect(keyValuesOf(values, losses).map(({ key }) => key)).toEqual(keys);
  expect(losses.lines).toEqual(told);
});

import { expect, test } from 'vitest';
import { valueAsJson } from './value-as-json.ts';

const broken = () => {
  throw new Error('trap');
};

/** As JSON, and what was lost. */
function written(value: object) {
  const lost: string[] = [];
  return { text: valueAsJson(value, (reason) => lost.push(reason)), lost };
}

test.each([
  [{}],
  [[]],
  [{ b: 1, a: [1, 'x', null, true], 中: { '"': '\n\ud800' } }],
  [{ a: undefined, b: () => {}, c: [undefined, () => {}] }],
  [{ zero: -0, large: 1e21, small: 5e-324 }],
  [Object.assign([1, 2], { extra: 1 })],
  [Object.assign([], { 1: 1 })],
  [new Date(0)],
  [{ at: new Date(0), in: new URL('http://a/b') }],
  [{ toJSON: (key: string) => `key ${key}` }],
  [{ it: { toJSON: (key: string) => `key ${key}` } }],
  [Object(5)],
  [[Object('x'), Object(false)]],
  [Object.assign(Object.create({ inherited: 1 }), { own: 1 })],
  [Buffer.from([1, 2])],
  [JSON.parse('{"__proto__":1}')],
])('%o is written as JSON.stringify writes it', (value) => {
  expect(written(value)).toEqual({ text: JSON.stringify(value), lost: [] });
});

const shared = { a: 1 };

test.each([
  [
    'a map of names',
    new Map<unknown, unknown>([
      ['a', 1],
      [2, { b: 3 }],
    ]),
    '{"a":1,"2":{"b":3}}',
  ],
  ['a map of objects', new Map([[shared, 1]]), '[[{"a":1},1]]'],
  [
    'a map with two keys of one name',
    new Map<unknown, number>([
      [1, 1],
      ['1', 2],
    ]),
    '[[1,1],["1",2]]',
  ],
  ['a map of __proto__', new Map([['__proto__', 1]]), '{"__proto__":1}'],
  ['a set', new Set([1, 'b', new Set()]), '[1,"b",[]]'],
  [
    'bytes',
    { buffer: Uint8Array.of(1, 255).buffer, view: new DataView(new ArrayBuffer(1)) },
    '{"buffer":[1,255],"view":[0]}',
  ],
  [
    'numbers in an array of their own',
    { f: Float32Array.of(0.5), b: BigInt64Array.of(1n) },
    '{"f":[0.5],"b":["1"]}',
  ],
  [
    'what JSON has no numbers for',
    [Number.NaN, Number.NEGATIVE_INFINITY, 1n, Symbol('s')],
    '["NaN","-Inf","1","Symbol(s)"]',
  ],
  ['a date that is none', [new Date(Number.NaN)], '["Invalid Date"]'],
  [
    'an error',
    { cause: Object.assign(new TypeError('no'), { code: 'E' }) },
    '{"cause":"TypeError: no"}',
  ],
  ['what says itself', [/a+/g, new URLSearchParams('a=b')], '["/a+/g","a=b"]'],
  ['an object at two places', [shared, shared], '[{"a":1},{"a":1}]'],
  [
    'what toJSON gives back as it is',
    {
      a: 1,
      toJSON() {
        return this;
      },
    },
    '{"a":1}',
  ],
])('%s is kept whole', (_, value, text) => {
  expect(written(value)).toEqual({ text, lost: [] });
});

const cycle: Record<string, unknown> = { a: 1 };
cycle['self'] = cycle;
cycle['list'] = [cycle];
const loop = new Map<string, unknown>([['a', 1]]);
loop.set('self', loop);

test.each([
  [
    'a cycle',
    cycle,
    '{"a":1,"self":"[Circular]","list":["[Circular]"]}',
    ['it contains itself', 'it contains itself'],
  ],
  ['a map in itself', loop, '{"a":1,"self":"[Circular]"}', ['it contains itself']],
  [
    'a getter that throws',
    {
      a: 1,
      get b() {
        return broken();
      },
      c: 2,
    },
    '{"a":1,"b":"[Unreadable]","c":2}',
    ['b cannot be read: trap'],
  ],
  [
    'a toJSON that throws',
    { a: 1, inner: { b: 2, toJSON: broken } },
    '{"a":1,"inner":{"b":2}}',
    ['toJSON throws: trap'],
  ],
  [
    'an object that shows nothing',
    { a: 1, later: new WeakMap() },
    '{"a":1,"later":"[object WeakMap]"}',
    ['nothing of [object WeakMap] can be read'],
  ],
  [
    'a proxy whose traps throw',
    { a: 1, p: new Proxy({}, { get: broken }) },
    '{"a":1,"p":"[Unreadable]"}',
    ['p cannot be read: trap'],
  ],
])('of %s the other parts are kept, and the loss is told', (_, value, text, lost) => {
  expect(written(value)).toEqual({ text, lost });
});

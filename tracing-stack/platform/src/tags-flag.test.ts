import { expect, test } from 'vitest';
import { tagsFlag } from './tags-flag.ts';

const { parse } = tagsFlag('Tags', { ZONE: 'eu', EMPTY: '' });

test.each([
  ['', {}],
  ['a=1', { a: '1' }],
  [' a = 1 , b=x=y,c=', { a: '1', b: 'x=y', c: '' }],
  [['a=$', '{ZONE}'].join(''), { a: 'eu' }],
  [
    ['a=$', '{ZONE:us},b=$', '{NONE:us},c=$', '{NONE},d=$', '{EMPTY:x}'].join(''),
    { a: 'eu', b: 'us', c: '', d: 'x' },
  ],
])('the text %j is the tags %j', (text, tags) => {
  const expected = Object.entries(tags).map(([key, value]) => ({ key, type: 'string', value }));
  expect(parse(text)).toEqual(expected);
});

test.each(['a', '=1', 'a=1,,b=2'])('%j is refused', (text) => {
  expect(() => parse(text)).toThrow('expected key=value');
});

import { expect, test } from 'vitest';
import { diffTags } from './diff-tags.ts';

const tag = (key: string, value: unknown) => ({ key, value });

test('what differs comes first: changed, gone and new; then what is the same', () => {
  expect(
    diffTags(
      [tag('status', 200), tag('same', 'x'), tag('gone', true)],
      [tag('same', 'x'), tag('new', null), tag('status', 503)],
    ),
  ).toEqual([
    { key: 'gone', a: 'true' },
    { key: 'new', b: '' },
    { key: 'status', a: '200', b: '503' },
    { key: 'same', a: 'x', b: 'x' },
  ]);
});

test('a key that is there twice has both values; no tags are none', () => {
  expect(diffTags([tag('k', 1), tag('k', 2)], null)).toEqual([{ key: 'k', a: '1, 2' }]);
  expect(diffTags(undefined, [])).toEqual([]);
});

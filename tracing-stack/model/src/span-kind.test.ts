import { expect, test } from 'vitest';
import { keyValue } from './key-values.ts';
import { spanKind } from './span-kind.ts';

test.each([
  ['', []],
  ['', [keyValue('kind', 'server')]],
  ['server', [keyValue('other', 1), keyValue('span.kind', 'server'), keyValue('span.kind', 'no')]],
  ['', [keyValue('span.kind', true), keyValue('span.kind', 'server')]],
])('the kind of a span is %j', (kind, tags) => {
  expect(spanKind({ tags })).toBe(kind);
});

import type { TraceDifference as Finding } from '@spoor/analysis';
import { expect, test } from 'vitest';
import { findingText } from './finding-text.ts';
import { speaker } from './i18n/messages.ts';

test.each<[Finding, string]>([
  [{ rule: 'spanMissing', span: 'a', service: 's' }, 'span a of service s did not arrive'],
  [{ rule: 'spanExtra', span: 'a', service: 's' }, 'span a of service s is one too many'],
  [
    { rule: 'service', span: 'a', expected: 's', actual: 't' },
    'span a came from service t, expected s',
  ],
  [
    { rule: 'parent', span: 'a', expected: 'b', actual: { kind: 'none' } },
    'span a hangs under nothing (it is a root), expected under b',
  ],
  [
    { rule: 'root', span: 'a', actual: { kind: 'foreign', spanId: 'ff' } },
    'span a hangs under a span that did not arrive (ff), expected it to be the root',
  ],
  [
    { rule: 'parent', span: 'a', expected: 'b', actual: { kind: 'span', name: 'c\n' } },
    'span a hangs under c⏎, expected under b',
  ],
  [
    { rule: 'tagMissing', span: 'a', key: 'k', expected: true },
    'span a has no tag k (expected true)',
  ],
  [
    { rule: 'tag', span: 'a', key: 'k', expected: '1', actual: 2 },
    'span a has the tag k=2, expected 1',
  ],
  [{ rule: 'processTagMissing', span: 'a', key: 'ip' }, 'the process of span a has no tag ip'],
  [
    { rule: 'logMissing', span: 'a', expected: { event: 'x', n: 1 } },
    'span a has no log with event=x, n=1',
  ],
])('%o', (finding, text) => {
  expect(findingText(finding, speaker('en'))).toBe(text);
});

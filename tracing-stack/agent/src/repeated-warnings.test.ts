import { createLogger } from '@spoor/platform';
import { expect, test } from 'vitest';
import { RepeatedWarnings } from './repeated-warnings.ts';

test('each kind is logged at once, then once a minute with the number of those in between', () => {
  let now = 0;
  const lines: { kind: string; untold?: number }[] = [];
  const logger = createLogger({
    name: 'agent',
    destination: { write: (line) => void lines.push(JSON.parse(line)) },
  });
  const warnings = new RepeatedWarnings(logger, () => now);
  for (let second = 0; second <= 61; second++) {
    now = second * 1000;
    warnings.warn('truncated', {}, 'packet dropped');
    if (second === 30) warnings.warn('too-large', {}, 'packet dropped');
  }
  expect(lines.map(({ kind, untold }) => [kind, untold])).toEqual([
    ['truncated', undefined],
    ['too-large', undefined],
    ['truncated', 59],
  ]);
});

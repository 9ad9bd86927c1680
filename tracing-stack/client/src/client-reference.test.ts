import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { IGNORED_VARIABLES, VARIABLES } from './config/environment.ts';
import { settingsOf } from './config/settings.ts';
import { createCounters } from './counters.ts';
import { type TracerEvent, tracerChannelName } from './events.ts';
import { PROPAGATIONS } from './propagation/propagators.ts';

const text = readFileSync(new URL('../../../docs/client.md', import.meta.url), 'utf8');
/** Everything that docs/client.md sets as code. */
const terms = new Set(Array.from(text.matchAll(/`([^`\n]+)`/g), ([, term = '']) => term));

const events: Record<TracerEvent, true> = {
  start: true,
  finish: true,
  inject: true,
  extract: true,
  report: true,
};

test.each([
  ['variable', [...VARIABLES.map(({ name }) => name), ...IGNORED_VARIABLES]],
  ['counter', Object.keys(createCounters())],
  ['channel', (Object.keys(events) as TracerEvent[]).map(tracerChannelName)],
  ['propagation', PROPAGATIONS],
])('docs/client.md names every %s', (_, names) => {
  const said = [...terms].map((term) => term.split(':')[0]);
  expect(names.filter((name) => !terms.has(name) && !said.includes(name))).toEqual([]);
});

test('docs/client.md names no variable that is not read', () => {
  const known = new Set([...VARIABLES.map(({ name }) => name), ...IGNORED_VARIABLES]);
  expect((text.match(/JAEGER_[A-Z0-9_]+/g) ?? []).filter((name) => !known.has(name))).toEqual([]);
});

test('every setting in the tables of docs/client.md is known', () => {
  const rows = Array.from(text.matchAll(/^\| `(sampler|reporter)\.([^|]+)\|/gm));
  expect(rows.length).toBeGreaterThan(15);
  for (const [, section = '', cell = ''] of rows) {
    for (const [name] of cell.matchAll(/\w+/g)) {
      expect(settingsOf(section as 'sampler', { [name]: 1 }, {}).size).toBe(1);
    }
  }
});

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { contractDirectory, laterFlags, laterInAllInOne, otherDefaults } from '@spoor/fixtures';
import { beforeAll, describe, expect, test } from 'vitest';
import { COMPONENTS, type Component, flagsOf, type ToldFlag } from './program-help.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** A row of fixtures/contract/flags.tsv. */
interface RecordedFlag {
  readonly component: string;
  readonly release: string;
  readonly flag: string;
  readonly type: string;
  readonly default: string;
}

const told = new Map<Component, Map<string, ToldFlag>>();
let recorded: RecordedFlag[] = [];
let rows: string[][] = [];

beforeAll(async () => {
  for (const component of COMPONENTS) told.set(component, await flagsOf(component));
  const text = await readFile(join(contractDirectory, 'flags.tsv'), 'utf8');
  recorded = text
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [component = '', release = '', flag = '', type = '', initial = ''] = line.split('\t');
      return { component, release, flag, type, default: initial };
    });
  const page = await readFile(join(ROOT, 'docs/configuration.md'), 'utf8');
  rows = documentedRows(page);
});

function ours(component: string): Map<string, ToldFlag> {
  // A store's flags are those of every program that opens one.
  const known = told.get(
    (component.startsWith('storage-') ? 'all-in-one' : component) as Component,
  );
  if (known === undefined) throw new Error(`no program ${component}`);
  return known;
}

/** The pattern of a table that a flag goes by. */
function listed(table: Readonly<Record<string, string>>, flag: string): string | undefined {
  return Object.keys(table).find((pattern) =>
    new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '.*')}$`).test(flag),
  );
}

/** As ours would be told: on this machine, and `none` for nothing. */
function asTold({ flag, type, default: initial }: RecordedFlag): string {
  if (flag.endsWith('host-port') && initial.startsWith(':')) return `127.0.0.1${initial}`;
  if (initial === '' && type === 'bool') return 'false';
  if (type === 'float') return String(Number(initial));
  return initial === '[]' || initial === '' ? 'none' : initial;
}

describe("a real Jaeger's flags", () => {
  test('are ours, or on the list of those that are not, which holds no others', () => {
    const missing: string[] = [];
    const used = new Set<string>();
    for (const { component, flag } of recorded) {
      const inAllInOne = component === 'all-in-one' ? listed(laterInAllInOne, flag) : undefined;
      const pattern = inAllInOne ?? listed(laterFlags, flag);
      const known = flag === 'help' || ours(component).has(flag);
      if (pattern !== undefined) used.add(pattern);
      if (known === (pattern !== undefined)) missing.push(`${component} --${flag}`);
    }
    expect(recorded.length).toBeGreaterThan(200);
    expect(missing).toEqual([]);
    expect([...used].sort()).toEqual(
      [...Object.keys(laterFlags), ...Object.keys(laterInAllInOne)].sort(),
    );
  });

  test('have its defaults and its variables, or are on the list of those that have others', () => {
    const wrong: string[] = [];
    const used = new Set<string>();
    for (const row of recorded) {
      const flag = ours(row.component).get(row.flag);
      if (flag === undefined) continue;
      expect(flag.variable).toBe(row.flag.toUpperCase().replace(/[.-]/g, '_'));
      const pattern = listed(otherDefaults, row.flag);
      const isEqual = flag.default === asTold(row);
      if (pattern !== undefined) used.add(pattern);
      if (isEqual === (pattern !== undefined))
        wrong.push(`${row.component} --${row.flag}: ${flag.default}, recorded ${asTold(row)}`);
    }
    expect(wrong).toEqual([]);
    expect([...used].sort()).toEqual(Object.keys(otherDefaults).sort());
  });
});

/** The tables of flags: each row with the programs that its heading names, behind a colon. */
function documentedRows(page: string): string[][] {
  let programs = '';
  return page.split('\n').flatMap((line) => {
    programs = /^## .*: (.*)$/.exec(line)?.[1] ?? programs;
    const [, name, variable, initial, help] =
      /^\| `--([^`]+)` \| `([^`]+)` \| (.*?) \| (.*) \|$/.exec(line) ?? [];
    if (name === undefined) return [];
    const value = (initial ?? '').replaceAll('`', '');
    return programs
      .split(', ')
      .map((program) => [program, name, variable ?? '', value, help ?? '']);
  });
}

test.each(COMPONENTS)('docs/configuration.md lists the flags of %s', (component) => {
  const documented = rows.filter(([program]) => program === component);
  const actual = [...ours(component).values()].map((flag) => [
    component,
    flag.name,
    flag.variable,
    flag.default,
    flag.help,
  ]);
  expect(documented.sort()).toEqual(actual.sort());
});

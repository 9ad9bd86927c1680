import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DecodeError } from '@spoor/wire';
import { seededRandom } from '@spoor/wire/testkit';
import { expect, test } from 'vitest';
import { type Codec, codecs } from './codecs.ts';
import { type Finding, readFindings, saveFinding, toInput } from './finding.ts';
import { MemoryGrowth } from './memory-growth.ts';
import { mutate } from './mutate.ts';
import { runFuzz } from './run-fuzz.ts';
import { tryCodec } from './try-codec.ts';

// The short form of `npm run fuzz`, and whether it would find anything.

// The same each time, so that a change is to blame for what fails; `npm run fuzz` looks further.
const SEED = Number(process.env['FUZZ_SEED'] ?? 20261129);

test('two rounds through every door find nothing', { timeout: 240_000 }, async () => {
  console.log(`FUZZ_SEED=${SEED}`);
  const findings: Finding[] = [];
  let rounds = 0;
  const figures = await runFuzz({
    seed: SEED,
    goesOn: () => rounds++ < 2,
    tell: (finding) => findings.push(finding),
  });
  expect(findings).toEqual([]);
  expect(figures.sent).toBeGreaterThan(500);
});

test.each(codecs())('$name takes a hundred bad messages', (codec) => {
  console.log(`FUZZ_SEED=${SEED}`);
  const random = seededRandom(SEED);
  for (let i = 0; i < 100; i++) {
    const bytes = mutate(random, random.pick(codec.good), codec.good, 65_000);
    expect(tryCodec(codec, bytes), toInput(bytes)).toBe(undefined);
  }
});

test('a decoder that trusts a count, or throws something else than DecodeError, is found', () => {
  const planted: Codec = {
    name: 'planted',
    read(bytes) {
      const count = bytes[0] ?? 0;
      if (count > bytes.length) throw new RangeError(`no room for ${count}`);
      if (count === 0) throw new DecodeError('truncated', 0, 'nothing');
    },
    good: [Uint8Array.from([3, 1, 2, 3])],
  };
  const random = seededRandom(1);
  const found = new Set(
    Array.from({ length: 200 }, () =>
      tryCodec(planted, mutate(random, planted.good[0] as Uint8Array, planted.good, 1000)),
    ),
  );
  expect([...found].some((what) => what?.startsWith('RangeError: no room for'))).toBe(true);
  expect([...found].some((what) => what?.includes('nothing'))).toBe(false);
});

test('memory that grows by half is found, memory that comes and goes is not', () => {
  const grown = (megabytes: (round: number) => number) => {
    const growth = new MemoryGrowth();
    for (let round = 0; round < 100; round++) growth.add(megabytes(round) * 1e6);
    return growth.hasGrown;
  };
  expect(grown((round) => 200 + 5 * round)).toBe(true);
  expect(grown((round) => 200 + (round % 2) * 300)).toBe(false);
});

test('a finding is saved and read as it was', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'spoor-findings-'));
  const finding = { door: 'UDP 6831', what: 'died', inputs: [toInput(Uint8Array.of(1, 2))] };
  const name = saveFinding(folder, finding);
  expect(readFindings(folder)).toEqual([{ ...finding, name }]);
  await rm(folder, { recursive: true });
});

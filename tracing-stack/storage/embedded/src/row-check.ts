import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DependencyLink, Lease, Throughput } from '@spoor/storage-api';
import { type Call, LinkCounts } from '@spoor/storage-api/dependencies';
import { type Counts, slotOf } from './call-ledger.ts';
import type { Findings } from './findings.ts';
import type { RowKey, Rows } from './tables.ts';

/** Reads every row of the calls, and whether the sums are those of the calls that they were made of. */
export function checkDependencies(rows: Rows, directory: string): Findings {
  const sums = new Map<string, { fromTraces: LinkCounts; asKept: LinkCounts }>();
  const sumsOf = (bucket: unknown, slot: unknown) => {
    const name = `bucket ${bucket}, minute ${slot}`;
    const found = sums.get(name) ?? { fromTraces: new LinkCounts(), asKept: new LinkCounts() };
    sums.set(name, found);
    return found;
  };
  // The rows of a bucket that was dropped are removed part by part.
  const isThere = (bucket: unknown) => existsSync(join(directory, String(bucket)));
  const findings = checkRows(rows, ([kind, bucket, slot], value) => {
    if (kind === 'counted') return Number.isSafeInteger(value);
    if (kind === 'written') return (value as DependencyLink[]).every(isLink);
    if (kind === 'trace') {
      const calls = value as readonly Call[];
      if (!calls.every((call) => isLink({ ...call, callCount: 1 }))) return false;
      if (!isThere(bucket)) return true;
      for (const call of calls) sumsOf(bucket, slotOf(call.startTime)).fromTraces.add(call);
      return true;
    }
    if (kind !== 'slot') return false;
    const links = (value as Counts).map(([parent, child, callCount]) => ({
      parent,
      child,
      callCount,
    }));
    if (!links.every(isLink)) return false;
    if (isThere(bucket))
      for (const link of links) sumsOf(bucket, slot).asKept.add(link, link.callCount);
    return true;
  });
  const problems = [...findings.problems];
  for (const [name, { fromTraces, asKept }] of sums) {
    if (JSON.stringify(fromTraces.all()) === JSON.stringify(asKept.all())) continue;
    problems.push(`${name}: the sums are not those of the calls`);
  }
  return { ...findings, problems };
}

/** Reads every row of what adaptive sampling needs. */
export function checkSampling(rows: Rows): Findings {
  return checkRows(rows, ([kind, first, second], value) => {
    if (kind === 'probabilities') return Array.isArray(value);
    if (kind === 'lease') return (value as Lease).name === first;
    const { time, collector, operations } = value as Throughput;
    const isItsOwn = time === first && collector === second;
    return kind === 'throughput' && isItsOwn && Array.isArray(operations);
  });
}

/** `isGood` may throw, too, for what is not what it takes it for. */
function checkRows(
  rows: Rows,
  isGood: (key: readonly unknown[], value: unknown) => boolean,
): Findings {
  const problems: string[] = [];
  let records = 0;
  for (const key of rows.getKeys()) {
    records++;
    // A key of one part comes as that part.
    const parts: RowKey = Array.isArray(key) ? key : [key];
    try {
      if (!isGood(parts, rows.get(key)))
        problems.push(`row ${parts.join(', ')}: is not what it says`);
    } catch (error) {
      problems.push(`row ${parts.join(', ')}: ${(error as Error).message}`);
    }
  }
  return { records, problems };
}

function isLink({ parent, child, callCount }: DependencyLink): boolean {
  return typeof parent === 'string' && typeof child === 'string' && callCount > 0;
}

import { prefixed } from '../index-names.ts';
import type { JaegerIndex } from './jaeger-indices.ts';

export interface WhichIndices {
  readonly prefix: string;
  /** Stands between year, month and day. */
  readonly dateSeparator: string;
  /** Those that a rollover made, and not those of a day. */
  readonly rollover: boolean;
  /** Those of the archive that a rollover made. */
  readonly archive: boolean;
  /** Made before that; milliseconds since 1970. */
  readonly before: number;
}

const KINDS = '(span|service|dependencies|sampling)';
const DAY_MS = 86_400_000;

/**
 * Those that are to be removed, by when they were made, as Jaeger's cleaner tells them: never one that is still written to
 * behind an alias, nor an archive that is one index.
 */
export function oldIndices(indices: readonly JaegerIndex[], which: WhichIndices): JaegerIndex[] {
  const name = new RegExp(`^${pattern(which)}`);
  return indices.filter(
    (index) =>
      name.test(index.name) &&
      index.created < which.before &&
      !index.aliases.some((alias) => alias.endsWith('-write')),
  );
}

/** When that was: so many days before the coming midnight, by UTC. */
export function daysAgo(days: number, now: number): number {
  return DAY_MS * (Math.floor(now / DAY_MS) + 1 - days);
}

function pattern({ prefix, dateSeparator, rollover, archive }: WhichIndices): string {
  const base = escaped(prefixed(prefix, 'jaeger-'));
  if (archive) return `${base}span-archive-\\d{6}$`;
  if (rollover) return `${base}${KINDS}-\\d{6}$`;
  const separator = escaped(dateSeparator);
  // An hour may follow.
  return `${base}${KINDS}-\\d{4}${separator}\\d{2}${separator}\\d{2}(${separator}\\d{2})?$`;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

import type { Micros } from '@spoor/model';
import { MOST_NAME_BYTES, nameBytes } from './connection.ts';
import type { RolloverFrequency } from './store-options.ts';

export interface IndexNaming {
  readonly prefix: string;
  readonly separator: string;
  readonly rollover: RolloverFrequency;
  readonly useAliases: boolean;
  readonly remoteClusters: readonly string[];
}

/** Two days and more by the hour; a list of names that is longer, or has more bytes than a path, goes into a pattern. */
const MOST_NAMES = 60;

const HOUR: Micros = 3_600_000_000;

/** Dates that have a name of four digits for the year; whatever is before or behind goes with the first or the last. */
const FIRST: Micros = Date.UTC(0, 0, 1) * 1000;
const LAST: Micros = Date.UTC(9999, 11, 31, 23) * 1000;

/** The names of the indices of one kind (`jaeger-span`): an index a day or an hour, by the UTC date of a span's start. */
export class IndexNames {
  private readonly base: string;
  private readonly naming: IndexNaming;
  private readonly step: Micros;

  constructor(kind: string, naming: IndexNaming) {
    this.base = prefixed(naming.prefix, kind);
    this.naming = naming;
    this.step = naming.rollover === 'hour' ? HOUR : 24 * HOUR;
  }

  /** Whether indices behind the names come and go. */
  get areAliases(): boolean {
    return this.naming.useAliases;
  }

  /** Where a document of that time is written. */
  forWriting(time: Micros): string {
    return this.naming.useAliases ? `${this.base}-write` : this.dated(time);
  }

  /** All that may hold documents of that window, both ends included; some may not exist. */
  forReading(from: Micros, to: Micros): string[] {
    const names = this.everywhere(this.datedBetween(from, to));
    const bytes = names.reduce((sum, name) => sum + nameBytes(name), 0);
    return bytes > MOST_NAME_BYTES ? this.all() : names;
  }

  /** All there are. */
  all(): string[] {
    return this.everywhere(this.patterns());
  }

  private everywhere(dated: readonly string[]): string[] {
    const { useAliases, remoteClusters } = this.naming;
    const names = useAliases ? [`${this.base}-read`] : dated;
    // Of what is left out, too, the minus is before the name: before the cluster's it would leave out the cluster.
    const remote = remoteClusters.flatMap((cluster) => names.map((name) => `${cluster}:${name}`));
    return [...names, ...remote];
  }

  private datedBetween(from: Micros, to: Micros): string[] {
    const first = this.stepOf(from);
    const last = this.stepOf(to);
    if (last - first >= MOST_NAMES) return this.patterns();
    const names: string[] = [];
    for (let step = last; step >= first; step--) names.push(this.dated(step * this.step));
    return names;
  }

  /** Jaeger's archive has the same beginning. */
  private patterns(): string[] {
    return [`${this.base}-*`, `-${this.base}-archive*`];
  }

  private stepOf(time: Micros): number {
    return Math.floor(Math.min(Math.max(time, FIRST), LAST) / this.step);
  }

  private dated(time: Micros): string {
    const [day = '', clock = ''] = new Date((this.stepOf(time) * this.step) / 1000)
      .toISOString()
      .split('T');
    const parts = day.split('-');
    if (this.naming.rollover === 'hour') parts.push(clock.slice(0, 2));
    return `${this.base}-${parts.join(this.naming.separator)}`;
  }
}

/** Where archived spans are: one index, or the aliases of one. */
export interface ArchiveNames {
  readonly writing: string;
  readonly areAliases: boolean;
  readonly reading: readonly string[];
}

export function archiveNames({
  prefix,
  useAliases,
  remoteClusters,
}: Pick<IndexNaming, 'prefix' | 'useAliases' | 'remoteClusters'>): ArchiveNames {
  const index = prefixed(prefix, 'jaeger-span-archive');
  const reading = useAliases ? `${index}-read` : index;
  return {
    writing: useAliases ? `${index}-write` : index,
    areAliases: useAliases,
    reading: [reading, ...remoteClusters.map((cluster) => `${cluster}:${reading}`)],
  };
}

/** As Jaeger does, with one more dash where the prefix ends with one. */
export function prefixed(prefix: string, name: string): string {
  return prefix === '' ? name : `${prefix}-${name}`;
}

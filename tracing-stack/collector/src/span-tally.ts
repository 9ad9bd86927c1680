import { FLAG_DEBUG } from '@spoor/model';
import type { BatchIndex } from '@spoor/wire';

/** What a root span's tag `sampler.type` may say; of any other text, and of none, it is `unrecognized`. */
const SAMPLER_TYPES = ['const', 'lowerbound', 'probabilistic', 'ratelimiting', 'unrecognized'];
const UNRECOGNIZED = SAMPLER_TYPES.length - 1;

/** What is counted of a service: its spans, and by the sampler the traces that it began. */
export interface Series {
  readonly debug: 'true' | 'false';
  readonly sampler_type?: string;
}

const ORDINARY: readonly Series[] = [
  { debug: 'false' },
  ...SAMPLER_TYPES.map((sampler_type) => ({ debug: 'false', sampler_type }) as const),
];

/** The ordinary ones first, then those of spans with the debug flag in the same order. */
export const SERIES: readonly Series[] = [
  ...ORDINARY,
  ...ORDINARY.map((series) => ({ ...series, debug: 'true' }) as const),
];

/** Of one batch: a number for each of `SERIES`, by the service as it came. */
export type SpanTally = ReadonlyMap<string | undefined, readonly number[]>;

export function tallySpans(index: BatchIndex): SpanTally {
  const tally = new Map<string | undefined, number[]>();
  let process = -1;
  let counts: number[] = [];
  for (let i = 0; i < index.count; i++) {
    // Most batches have one process.
    if (index.processOf[i] !== process || i === 0) {
      process = index.processOf[i] as number;
      counts = countsOf(index.processes[process]?.serviceName, tally);
    }
    const first = ((index.flags[i] as number) & FLAG_DEBUG) === 0 ? 0 : ORDINARY.length;
    add(counts, first);
    if (index.roots[i] === 1) add(counts, first + 1 + samplerAt(index.samplerTypes[i] as string));
  }
  return tally;
}

/** The spans among a tally's numbers. */
export function spansOf(counts: readonly number[]): number {
  return (counts[0] as number) + (counts[ORDINARY.length] as number);
}

function countsOf(service: string | undefined, tally: Map<string | undefined, number[]>): number[] {
  let counts = tally.get(service);
  if (counts === undefined) {
    counts = new Array(SERIES.length).fill(0);
    tally.set(service, counts);
  }
  return counts;
}

function add(counts: number[], at: number): void {
  counts[at] = (counts[at] as number) + 1;
}

function samplerAt(type: string): number {
  const at = type === '' ? -1 : SAMPLER_TYPES.indexOf(type);
  return at === -1 ? UNRECOGNIZED : at;
}

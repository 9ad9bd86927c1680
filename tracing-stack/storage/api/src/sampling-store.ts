import type { Micros } from '@spoor/model';

/**
 * What collectors that sample adaptively keep in common. Times are those of the collectors, whose clocks must agree to
 * well within the length of a lease.
 *
 * - MUST 11: `addThroughput` resolves only when it would survive a crash, as a span would, and is seen by whoever asks
 *   from then on. What was added with a time before `keepFrom` may be forgotten. Once it resolved, no more than one entry
 *   of a collector and a time is there: the last.
 * - MUST 12: `throughput` gives what was added with a time after `after` and up to `until`, oldest first.
 * - MUST 13: `probabilities` gives what `saveProbabilities` was given last, whole; nothing if it never was.
 * - MUST 14: `takeLease` gives a lease to whom has it, or to anybody once its time is up or if nobody ever had it: of all
 *   who ask for the same name at once, in whatever process, to one. A holder who asks again with a time that is past
 *   gives it back.
 */
export interface SamplingStore {
  addThroughput(throughput: Throughput, keepFrom: Micros): Promise<void>;
  throughput(after: Micros, until: Micros): Promise<Throughput[]>;
  saveProbabilities(probabilities: readonly OperationProbability[]): Promise<void>;
  probabilities(): Promise<OperationProbability[]>;
  /** Whether `lease.holder` has it now. */
  takeLease(lease: Lease, now: Micros): Promise<boolean>;
}

/** The traces that one collector saw the beginning of, in some stretch of time. */
export interface Throughput {
  readonly collector: string;
  /** The end of the stretch. */
  readonly time: Micros;
  /** Its length. */
  readonly duration: Micros;
  readonly operations: readonly OperationThroughput[];
}

/** Of the root spans of one operation. */
export interface OperationThroughput {
  readonly service: string;
  readonly operation: string;
  /** How many were kept by a share; those that were kept by a lower bound alone are none, but their operation is known. */
  readonly sampled: number;
  /** How many traces there were, by the shares that kept those: one that a share of 0.01 kept stands for a hundred. */
  readonly estimated: number;
}

/** The share of the traces of an operation that clients shall keep. */
export interface OperationProbability {
  readonly service: string;
  readonly operation: string;
  readonly probability: number;
  /** It was to become larger, but may grow only so much at once. */
  readonly isRising: boolean;
}

export interface Lease {
  readonly name: string;
  readonly holder: string;
  /** When it ends unless it is taken again. */
  readonly until: Micros;
}

import type { KeyValue, TraceId } from '@spoor/model';

export interface SamplingDecision {
  readonly sampled: boolean;
  /** For the root of a sampled trace: which sampler chose it, and by what parameter. */
  readonly tags: readonly KeyValue[];
}

/** Decides at its root whether a trace is kept. Below the root, and downstream, everybody follows. */
export interface Sampler {
  sample(traceId: TraceId, operationName: string): SamplingDecision;
  close(): Promise<void>;
}

import { FLAG_DEBUG, FLAG_SAMPLED } from '@spoor/model';

/**
 * The flags of a trace, shared by all of its spans in this process: as in Jaeger's Go and Node clients,
 * `sampling.priority` on one span speaks for all of them.
 */
export class SamplingState {
  flags: number;
  /** False while nobody has decided whether the trace is kept: B3 lets a caller leave that to us. */
  isDecided: boolean;

  constructor(flags: number, isDecided = true) {
    this.flags = flags;
    this.isDecided = isDecided;
  }

  get isSampled(): boolean {
    return (this.flags & FLAG_SAMPLED) !== 0;
  }

  get isDebug(): boolean {
    return (this.flags & FLAG_DEBUG) !== 0;
  }

  /** Makes the decision that is still open. */
  decide(sampled: boolean): void {
    this.isDecided = true;
    if (sampled) this.flags |= FLAG_SAMPLED;
  }

  /** What the tag `sampling.priority` asks for: to keep the trace whatever samplers say, or to give it up. */
  setPriority(keep: boolean): void {
    this.isDecided = true;
    if (keep) this.flags |= FLAG_SAMPLED | FLAG_DEBUG;
    else this.flags &= ~(FLAG_SAMPLED | FLAG_DEBUG);
  }
}

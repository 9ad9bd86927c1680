import type { RuleId } from './rule-ids.ts';

/** Fills the placeholders of a rule's words. */
export type RuleParams = Readonly<Record<string, string | number>>;

/** One mistake, with what its words need filled in. */
export interface Finding {
  readonly rule: RuleId;
  /**
   * Which of a rule's wordings fits, where the tap could tell: `MISSING`, `TOO-LATE`, `HEADERS-NOT-PASSED`, `UNUSED`.
   * It never decides whether a program passes.
   */
  readonly variant?: string;
  readonly params: RuleParams;
  /** The span to look at, in the learner's trace. */
  readonly span?: { readonly traceId: string; readonly spanId: string };
  /** The span of `expected.json` that is meant, by its `id`: the only way to point at a span that is missing. */
  readonly expected?: string;
}

export interface StepVerdict {
  /** `3.2`. */
  readonly id: string;
  readonly passed: boolean;
}

/** What the judge says of one run of a learner's programs. */
export interface Verdict {
  readonly lesson: number;
  /** The last step that was judged: all of them, unless fewer were asked for. */
  readonly step: string;
  readonly passed: boolean;
  readonly steps: readonly StepVerdict[];
  /** The first thing to mend; absent if the programs passed. */
  readonly finding?: Finding;
  /** One more thing that was seen and has a cause of its own. */
  readonly also?: Finding;
  /** Does not keep anybody from passing: `T-DOUBLE`. */
  readonly warnings: readonly Finding[];
  /** The learner's traces of this run, the one to look at first. */
  readonly traceIds: readonly string[];
  /** The query service that has them. */
  readonly queryUrl: string;
  /** When the judgement was done; milliseconds since 1970. */
  readonly at: number;
  /** How long it took; milliseconds. */
  readonly took: number;
}

/** The rules that a trace alone can break, the gravest first: what explains others stands before them. */
export const SHAPE_RULES = [
  'L2-CTX',
  'L3-SRV-REF',
  'L4-SRV-REF',
  'P-TRACER',
  'P-OPNAME',
  'T-ORPHAN',
  'T-OUTLIVES',
  'T-REVERSED',
  'T-SPLIT',
  'T-PARENT',
  'L2-REF',
  'T-MISSING',
  'A-NAME',
  'A-SERVICE',
  'A-KIND',
  'A-TAG',
  'A-LOG',
  'X-FALSE',
  'T-EXTRA',
] as const;

export type ShapeRule = (typeof SHAPE_RULES)[number];

/** One mistake that the shape of a trace shows, with what its words need filled in. */
export interface ShapeFinding {
  readonly rule: ShapeRule;
  /** Which of the rule's wordings fits: `MISSING`, `BARE` (nothing was written), `LOGGED` and `TAGGED`
   * (written as the other of the two), `NEAR` (a slip of the pen), `ELSEWHERE` (on a span
   * that has no use for it), `EXCHANGED` (with another call of the same name, or with the other side of a call), `ROOT` (has no parent, or must have none),
   * `WHICH` (of several spans of one name, told apart by what is written on it). */
  readonly variant?: string;
  readonly params: Readonly<Record<string, string | number>>;
  /** The span to look at; absent if it is the span itself that is missing. */
  readonly span?: { readonly traceId: string; readonly spanId: string };
  /** The expected span that is meant, by its `id`. */
  readonly expected?: string;
}

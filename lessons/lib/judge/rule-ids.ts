/**
 * Every mistake that the judge knows by name, in the order in which they are looked for: what explains everything else
 * comes first. Each has its words in `i18n/rules.en.ts` and `i18n/rules.zh-cn.ts`: a title, why, and three hints.
 */
export const RULE_IDS = [
  // The program itself.
  'W-CRASH',
  'W-HANG',
  'W-PORT',
  // From the tracer to the store.
  'P-SERVICE',
  'T-NOOP',
  'S-NOTSAMPLED',
  'T-UNFINISHED',
  'R-NOFLUSH',
  'R-WRONGPORT',
  'R-PARTIAL',
  // Lesson 1: the reporter and the samplers that a configuration asks for.
  'L1-COLLECTOR',
  'L1-SAMPLER',
  'L1-LOGSPANS',
  // Lesson 2.
  'L2-GLOBAL',
  'L2-CTX',
  'L2-REF',
  'L2-SHORT',
  // Lesson 3, by the side of the wire that it is on.
  'L3-CLI-INJECT',
  'L3-CLI-WRONGCTX',
  'L3-CLI-BAGGAGE',
  'L3-CLI-BAGGAGE1',
  'L3-SRV-EXTRACT',
  'L3-SRV-REF',
  'L3-SRV-HARDCODED',
  'L3-SRV-BAGGAGE',
  'L3-CLI-EXTRACT',
  'L3-CLI-GLOBAL',
  // Lesson 4.
  'L4-CLI-INTERCEPTOR',
  'L4-CLI-TWICE',
  'L4-CLI-INJECT',
  'L4-CLI-WRONGCTX',
  'L4-CLI-BAGGAGE',
  'L4-CLI-EARLY',
  'L4-CLI-APPEND',
  'L4-SRV-INTERCEPTOR',
  'L4-SRV-TWICE',
  'L4-SRV-EXTRACT',
  'L4-SRV-REF',
  'L4-SRV-HARDCODED',
  'L4-SRV-BAGGAGE',
  'L4-SRV-EARLY',
  'L4-SRV-CONTEXT',
  'L4-OPNAME',
  // The shape of the trace.
  'P-TRACER',
  'P-OPNAME',
  'D-SHORT',
  'D-LONG',
  'T-ORPHAN',
  'T-OUTLIVES',
  'T-REVERSED',
  'T-SPLIT',
  'T-PARENT',
  'A-NAME',
  'A-SERVICE',
  'A-KIND',
  'A-TAG',
  'A-LOG',
  'X-ERROR',
  'X-FALSE',
  'T-MISSING',
  'T-EXTRA',
  'T-DOUBLE',
  // Lesson 0: the doctor, the round trip, the questions.
  'L0-PORT',
  'L0-ROUNDTRIP',
  'L0-ANSWER',
] as const;

export type RuleId = (typeof RULE_IDS)[number];

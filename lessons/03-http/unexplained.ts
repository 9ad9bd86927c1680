import type { ShapeFinding } from '@spoor/analysis';
import type { StepFinding } from '../lib/judge/lesson-check.ts';
import type { RuleId } from '../lib/judge/rule-ids.ts';
import { BAGGAGE } from './probes.ts';

/** The spans of expected.json by where they come from. */
const FRONT = 'front';
const CALL = 'call';
const SERVICE1 = 'service1';

const NOT_JOINED: readonly RuleId[] = [
  'L3-CLI-INJECT',
  'L3-CLI-WRONGCTX',
  'L3-SRV-EXTRACT',
  'L3-SRV-REF',
];
const WITHOUT_BAGGAGE: readonly RuleId[] = [
  ...NOT_JOINED,
  'L3-CLI-BAGGAGE',
  'L3-CLI-BAGGAGE1',
  'L3-SRV-BAGGAGE',
  'L3-SRV-HARDCODED',
];

/** What the trace shows beyond what the probes have explained, each with its step. */
export function unexplained(
  shape: readonly ShapeFinding[],
  probed: readonly StepFinding[],
): StepFinding[] {
  const has = (...rules: readonly RuleId[]) => probed.some(({ rule }) => rules.includes(rule));
  const isSplit = shape.some(({ rule, expected }) => rule === 'T-SPLIT' && expected !== SERVICE1);
  const data = new Set(
    shape.filter(({ rule }) => rule === 'P-OPNAME').map((each) => each.expected),
  );

  function isExplained({ rule, expected, params }: ShapeFinding): boolean {
    const isOfService1 = expected === SERVICE1;
    if (has(rule) && /^(P-|L3-|T-EXTRA)/.test(rule)) return true;
    if (isOfService1 && /^T-(SPLIT|PARENT|ORPHAN|REVERSED)$/.test(rule)) return has(...NOT_JOINED);
    if (isOfService1 && rule === 'A-TAG' && String(params['key']) in BAGGAGE)
      return isSplit || has(...WITHOUT_BAGGAGE);
    // The kind comes with rpcServerOption.
    if (rule === 'A-KIND' && isOfService1) return has('L3-SRV-EXTRACT');
    if (rule === 'A-KIND' && expected === FRONT) return has('L3-CLI-EXTRACT');
    // Two processes do not agree on the time, least of all on a busy machine: the stub has told whether it was waited for.
    if (rule === 'T-OUTLIVES') return expected === CALL || has('D-SHORT');
    // What came after finish() was too late.
    if (expected === CALL && /^A-(TAG|LOG)$/.test(rule)) return has('D-SHORT');
    if (rule === 'A-NAME' || rule === 'T-MISSING') return data.has(expected);
    return false;
  }

  return shape
    .filter((finding) => !isExplained(finding))
    .map((finding) => ({ ...finding, step: stepOf(finding) }));
}

function stepOf({ rule, expected, params }: ShapeFinding): string {
  if (rule === 'X-FALSE') return '3.6';
  if (expected === FRONT) return rule === 'A-KIND' ? '3.5' : '3.1';
  if (expected !== SERVICE1) return '3.1';
  return rule === 'A-TAG' && String(params['key']) in BAGGAGE ? '3.4' : '3.3';
}

import type { ShapeFinding } from '@spoor/analysis';
import type { StepFinding } from '../lib/judge/lesson-check.ts';
import type { RuleId } from '../lib/judge/rule-ids.ts';
import type { Finding } from '../lib/judge/verdict.ts';
import { BAGGAGE, type GrpcProbes } from './probes.ts';
import { onSide } from './sides.ts';

/** The spans of expected.json by where they come from. */
const CLIENT = 'client';
const SERVER = 'server';

const NOT_JOINED: readonly RuleId[] = [
  'L4-CLI-INJECT',
  'L4-CLI-WRONGCTX',
  'L4-SRV-EXTRACT',
  'L4-SRV-REF',
];
const WITHOUT_BAGGAGE: readonly RuleId[] = [
  ...NOT_JOINED,
  'L4-CLI-BAGGAGE',
  'L4-SRV-BAGGAGE',
  'L4-SRV-HARDCODED',
];

/** What the trace shows beyond what the probes have explained, each with its step. */
export function unexplained(
  shape: readonly ShapeFinding[],
  probed: readonly StepFinding[],
  services: GrpcProbes['services'],
): StepFinding[] {
  const has = (...rules: readonly RuleId[]) => probed.some(({ rule }) => rules.includes(rule));
  const isAbsent = (step: string) =>
    probed.some(
      (finding) => finding.step === step && /^([RST]-|P-SERVICE$)|INTERCEPTOR$/.test(finding.rule),
    );
  const data = new Set(
    shape.filter(({ rule }) => rule === 'P-OPNAME').map((each) => each.expected),
  );

  function isExplained({ rule, expected, params }: ShapeFinding): boolean {
    const isOfServer = expected === SERVER;
    if (has(rule) && /^(P-|L4-)/.test(rule)) return true;
    if (rule === 'T-EXTRA' && has(isOfServer ? 'L4-SRV-TWICE' : 'L4-CLI-TWICE')) return true;
    // Of a side that sent nothing, or of which not everything came, there is nothing to say.
    if (isAbsent('4.1') && (expected === CLIENT || /^T-/.test(rule))) return true;
    if (isAbsent('4.3') && isOfServer) return true;
    if (isOfServer && /^T-(SPLIT|PARENT|ORPHAN|REVERSED)$/.test(rule)) return has(...NOT_JOINED);
    if (isOfServer && rule === 'A-TAG' && String(params['key']) in BAGGAGE)
      return has(...WITHOUT_BAGGAGE) || isAbsent('4.1');
    // The kind comes with rpcServerOption.
    if (rule === 'A-KIND' && isOfServer) return has('L4-SRV-EXTRACT');
    // The one parent here is the client, in another process. Two processes do not agree on the time, least of all on a
    // busy machine: the stub has told whether it was waited for.
    if (rule === 'T-OUTLIVES') return true;
    if (rule === 'A-NAME' || rule === 'T-MISSING') return data.has(expected);
    // The log that setting baggage leaves: whether the baggage arrives is what counts.
    if (rule === 'A-LOG' && expected === CLIENT) return true;
    // What came after finish() was too late.
    if (/^A-(TAG|LOG)$/.test(rule)) return has(isOfServer ? 'L4-SRV-EARLY' : 'L4-CLI-EARLY');
    return false;
  }

  return shape
    .filter((finding) => !isExplained(finding))
    .map((finding) => ({ ...named(finding, serviceOf(finding)), step: stepOf(finding) }));

  function serviceOf({ expected }: ShapeFinding): string {
    return expected === SERVER ? services.server : services.client;
  }
}

/** The method's name without its package or service is a mistake of its own; a slip of the pen is one of anybody's. */
function named(finding: ShapeFinding, service: string): Finding {
  const { rule, params } = finding;
  // One span of a call inside another: the same mistake as one beside the other.
  if (rule === 'T-EXTRA')
    return { ...finding, rule: finding.expected === SERVER ? 'L4-SRV-TWICE' : 'L4-CLI-TWICE' };
  const [expected, actual] = [String(params['expected']), String(params['actual'])];
  // What its status says is the first thing to look at.
  if (rule === 'X-FALSE' && finding.variant === undefined)
    return onSide({ ...finding, variant: 'GRPC' }, service);
  if (rule !== 'A-NAME' || finding.variant === 'OBJECT') return onSide(finding, service);
  const ofSide = { ...finding, variant: 'SIDE', params: { ...params, service } } as const;
  return isPartOf(actual, expected) ? { ...ofSide, rule: 'L4-OPNAME' } : ofSide;
}

function isPartOf(actual: string, expected: string): boolean {
  const letters = (text: string) => text.toLowerCase().replace(/[^a-z]/g, '');
  return letters(expected).endsWith(letters(actual)) && letters(actual) !== letters(expected);
}

function stepOf({ rule, variant, expected }: ShapeFinding): string {
  if (rule === 'X-FALSE' && variant !== 'CANCEL') return '4.5';
  return expected === SERVER ? '4.3' : rule === 'T-SPLIT' ? '4.2' : '4.1';
}

import { basename } from 'node:path';
import { isTapped, type TapEvent } from '../harness/tap-event.ts';
import { crashReason, lineThatThrew, neverResolved, printedError } from './crash-reason.ts';
import type { Run } from './run.ts';
import type { Finding, RuleParams } from './verdict.ts';

/** What the clients say, ours and npm jaeger-client, that are given no service name. */
const NO_SERVICE_NAME = /serviceName must be (given|provided)/;
/** What a span or a tracer can do, asked of something that is neither. */
const NOT_A_SPAN =
  /\.(setTag|addTags|log|finish|context|[gs]etBaggageItem|startSpan|inject|extract|close) is not a function/;
/** The same of what only a span can do, and the place. */
const NOT_THE_SPAN =
  /\.(setTag|addTags|log|finish|context|[gs]etBaggageItem) is not a function(?:.*\((\S+:\d+)\))?/;
/** What V8 says of `const [a, b] = …` where nothing can be taken apart. */
const NOT_A_PAIR = /\bis not iterable\b/;
/** The same, where that is what a function gave back; of a method, `tracer.startSpan`, it is known what it gives. */
const GAVE_NO_PAIR = /(?<![\w$.])([\w$]+) is not a function or its return value is not iterable/;
/** The line of code that Node shows with such an error, if it is a loop over what that function gave back. */
const LOOP = /\bfor\s*\(.*\bof\s+([\w$]+)\s*\(/;
/** What opentracing's global tracer comes to that hands on to something which is none. */
const HANDED_ON = /\(reading 'apply'\)/;
const IN_USE = /EADDRINUSE/;

/**
 * What went wrong with the program itself. A crash or a hang explains everything else, so it is judged before all. For
 * a service that runs, `listens` says whether its port takes connections.
 */
export function processFindings(
  run: Run,
  { service = '', listens = true }: { service?: string; listens?: boolean } = {},
): Finding[] {
  const { ending, lines, port = 0 } = run;
  const file = basename(run.file);
  const printed = run.hung ? printedError(lines) : undefined;
  if (printed !== undefined)
    return [{ rule: 'W-CRASH', variant: 'STUCK', params: { file, error: printed } }];
  if (run.hung || (ending && neverResolved(ending, lines)))
    return [{ rule: 'W-HANG', params: { file } }];
  if (ending && (ending.code !== 0 || ending.signal !== null)) {
    const error = crashReason(run.file, ending, lines);
    if (lines.some((line) => NO_SERVICE_NAME.test(line)))
      return [
        { rule: 'P-SERVICE', variant: 'MISSING', params: { file, expected: service, actual: '' } },
      ];
    if (port && lines.some((line) => IN_USE.test(line)))
      return [{ rule: 'W-PORT', variant: 'HELD', params: { file, port, error, actual: '' } }];
    return [crashFinding(run, error)];
  }
  if (listens) return [];
  const elsewhere = run.tap.find((event) => isTapped(event, 'listen'));
  if (!elsewhere) return [{ rule: 'W-PORT', params: { file, port, actual: '', error: '' } }];
  const params = { file, port, actual: elsewhere.port, error: '' };
  return [{ rule: 'W-PORT', variant: 'ELSEWHERE', params }];
}

/** What `error` of a program means. `otherwise` words one of which no more is known than that it came. */
export function crashFinding(
  { file, tap, lines }: Run,
  error: string,
  otherwise?: string,
): Finding {
  const params = { file: basename(file), error };
  const [, method] = GAVE_NO_PAIR.exec(error) ?? [];
  if (method !== undefined) {
    const [, looped] = LOOP.exec(lineThatThrew(lines) ?? '') ?? [];
    const variant = looped === method ? 'NO-LIST' : 'NO-PAIR';
    return { rule: 'W-CRASH', variant, params: { ...params, method } };
  }
  const swapped = swappedPair(tap, error);
  if (swapped) return { rule: 'W-CRASH', variant: 'SWAPPED', params: { ...params, ...swapped } };
  const isNoTracer = tap.some((event) => isTapped(event, 'global-set') && !event.isTracer);
  const variant = isNoTracer && HANDED_ON.test(error) ? 'GLOBAL' : (ofPair(error) ?? otherwise);
  return { rule: 'W-CRASH', ...(variant && { variant }), params };
}

/** The pair of the span that was started last was taken apart, nothing came to that span, and what was taken for it is none. */
function swappedPair(tap: readonly TapEvent[], error: string): RuleParams | undefined {
  const [, method, actual = ''] = NOT_THE_SPAN.exec(error) ?? [];
  const last = tap.findLast((event) => isTapped(event, 'start'));
  if (method === undefined || !last) return undefined;
  const of = (type: TapEvent['type']) =>
    tap.some((event) => event.type === type && 'spanId' in event && event.spanId === last.spanId);
  if (!of('pair-taken-apart') || of('log') || of('finish')) return undefined;
  return { method, actual };
}

/** Whether an error is one of those that a pair causes which was not taken apart, or something taken apart that is none. */
function ofPair(error: string): string | undefined {
  if (NOT_A_SPAN.test(error)) return 'PAIR';
  return NOT_A_PAIR.test(error) ? 'UNPACKED' : undefined;
}

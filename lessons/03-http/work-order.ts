import { isTapped, type TapEvent } from '../lib/harness/tap-event.ts';
import type { Finding } from '../lib/judge/verdict.ts';

/**
 * How the work of a request lies to its answer and to the end of its span, where one of the two came before the work was
 * over; or neither waited for it.
 */
export type WorkOrder = 'answered-first' | 'finished-first' | 'not-awaited';

/** A timer may be a millisecond early by another clock. */
const EARLY_MS = 2;

/**
 * Looks in the tap of one request of a service, whose span is called `name`, for the lesson's sleep of `workMs`, which
 * stands for work, or for a part of it. A sleep is never short and an answer is told of when it is given, so neither is a
 * matter of how busy the machine is.
 */
export function workOrder(
  tap: readonly TapEvent[],
  name: string,
  workMs: number,
): WorkOrder | undefined {
  const start = tap.find((event) => isTapped(event, 'start') && event.operationName === name);
  if (!start || !isTapped(start, 'start')) return undefined;
  const finish = tap.find((event) => isTapped(event, 'finish') && event.spanId === start.spanId);
  const answer = tap.find((event) => isTapped(event, 'answer') && event.at >= start.at);
  if (!finish || !answer) return undefined;
  const [first, last] = [Math.min(answer.at, finish.at), Math.max(answer.at, finish.at)];
  const works = tap
    .filter((event) => isTapped(event, 'sleep'))
    .filter(({ at, ms }) => at >= start.at && at < last && ms >= workMs / 4);
  for (const { at, ms } of works) {
    const over = at + ms - EARLY_MS;
    if (first >= over) continue;
    if (last >= over) return answer.at < finish.at ? 'answered-first' : 'finished-first';
    if (at < first && Math.abs(ms - workMs) <= EARLY_MS) return 'not-awaited';
  }
  return undefined;
}

const OUT_OF_ORDER = {
  'answered-first': { rule: 'D-LONG' },
  'finished-first': { rule: 'D-SHORT', variant: 'SERVER' },
  'not-awaited': { rule: 'D-SHORT', variant: 'NOT-AWAITED' },
} as const satisfies Readonly<Record<WorkOrder, Pick<Finding, 'rule' | 'variant'>>>;

/** Whether the answer and the end of the span `name` wait for the work of their request, which takes `workMs` unscaled. */
export function orderFindings(
  tap: readonly TapEvent[],
  name: string,
  { workMs, scale }: { readonly workMs: number; readonly scale: number },
): Finding[] {
  const order = workOrder(tap, name, workMs * scale);
  if (order === undefined) return [];
  return [{ ...OUT_OF_ORDER[order], params: { span: name, count: workMs } }];
}

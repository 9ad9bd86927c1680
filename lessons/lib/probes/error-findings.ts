import type { ObservedSpan } from '@spoor/analysis';
import { isTapped, type TapEvent } from '../harness/tap-event.ts';
import type { Finding } from '../judge/verdict.ts';
import { sameId } from './joined.ts';

/**
 * Whether `span`, of a call that failed, shows it: `error=true`, and a log with `event=error`. `how` it failed words what
 * is said of one that shows nothing; `tap` is that of its program, `others` are spans of the same request.
 */
export function errorFindings(
  span: ObservedSpan,
  how: ErrorVariant,
  tap: readonly TapEvent[] = [],
  others: readonly ObservedSpan[] = [],
): Finding[] {
  const { error } = span.tags;
  const hasTag = String(error) === 'true';
  const hasLog = span.logs.some(({ fields }) => fields['event'] === 'error');
  if (hasTag && hasLog) return [];
  const params = { span: span.operationName };
  const late = tap
    .filter((event) => isTapped(event, 'write-late'))
    .filter(({ spanId }) => sameId(spanId, span.spanId))
    .flatMap(({ keys }) => keys);
  if ((!hasTag && late.includes('error')) || (!hasLog && late.includes('event')))
    return [{ rule: 'X-ERROR', variant: 'TOO-LATE', params }];
  // The reason in the place of the mark: nothing that looks for `error=true` finds it.
  const isText = error !== undefined && String(error) !== 'false';
  if (!hasTag && isText)
    return [
      { rule: 'X-ERROR', variant: 'TAG-VALUE', params: { ...params, actual: String(error) } },
    ];
  const told = others.find(isTold);
  if (!hasTag && !hasLog && told && told.spanId !== span.spanId)
    return [
      { rule: 'X-ERROR', variant: 'ELSEWHERE', params: { ...params, actual: told.operationName } },
    ];
  return [{ rule: 'X-ERROR', variant: hasTag ? 'LOG' : hasLog ? 'TAG' : how, params }];
}

/** It says of itself that it failed, and why. */
function isTold({ tags, logs }: ObservedSpan): boolean {
  return String(tags['error']) === 'true' && logs.some(({ fields }) => fields['event'] === 'error');
}

/** The other side answered 500, or hung up, or ended the call with a status. */
export type ErrorVariant = 'STATUS' | 'HANG-UP' | 'GRPC';

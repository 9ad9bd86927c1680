import type { ObservedSpan } from '@spoor/analysis';
import type { Finding } from '../judge/verdict.ts';

/** Whether `span`, of a call that failed, shows it: `error=true`, and a log with `event=error`. */
export function errorFindings(span: ObservedSpan): Finding[] {
  const hasTag = String(span.tags['error']) === 'true';
  const hasLog = span.logs.some(({ fields }) => fields['event'] === 'error');
  if (hasTag && hasLog) return [];
  const variant = hasTag ? 'LOG' : hasLog ? 'TAG' : undefined;
  return [{ rule: 'X-ERROR', ...(variant && { variant }), params: { span: span.operationName } }];
}

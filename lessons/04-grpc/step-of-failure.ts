import type { Finding } from '../lib/judge/verdict.ts';

/**
 * The step in which what keeps a program from its end was written. Whoever is `asked` for an earlier one got no further,
 * either: that one has not passed.
 */
export function stepOfFailure(finding: Finding, asked: string): string {
  const step = writtenIn(finding);
  return step < asked ? step : asked;
}

const OF_METHOD: ReadonlySet<string> = new Set(['HANDLER', 'METHOD', 'CALLBACK']);

function writtenIn({ rule, variant, params }: Finding): string {
  if (variant === 'BROKEN') return '4.2';
  const isOfServer = rule === 'L4-SRV-INTERCEPTOR' || params['file'] === 'server-interceptor.ts';
  return isOfServer || OF_METHOD.has(variant ?? '') ? '4.3' : '4.1';
}

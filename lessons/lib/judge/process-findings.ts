import { basename } from 'node:path';
import { isTapped } from '../harness/tap-event.ts';
import { crashReason, neverResolved, printedError } from './crash-reason.ts';
import type { Run } from './run.ts';
import type { Finding } from './verdict.ts';

/** What the clients say, ours and npm jaeger-client, that are given no service name. */
const NO_SERVICE_NAME = /serviceName must be (given|provided)/;
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
    return [{ rule: 'W-CRASH', params: { file, error } }];
  }
  if (listens) return [];
  const elsewhere = run.tap.find((event) => isTapped(event, 'listen'));
  if (!elsewhere) return [{ rule: 'W-PORT', params: { file, port, actual: '', error: '' } }];
  const params = { file, port, actual: elsewhere.port, error: '' };
  return [{ rule: 'W-PORT', variant: 'ELSEWHERE', params }];
}

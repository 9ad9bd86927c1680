import { basename } from 'node:path';
import type { ObservedTrace } from '@spoor/analysis';
import type { Run } from '../judge/run.ts';
import type { Finding } from '../judge/verdict.ts';
import { spansOf } from './spans-of.ts';

/** Whether one tracer made all that a program sent for a service, over several requests. */
export function tracerFindings(run: Run, traces: readonly ObservedTrace[]): Finding[] {
  const uuids = new Map<string, Set<unknown>>();
  for (const span of spansOf(
    run,
    traces.flatMap(({ spans }) => spans),
  )) {
    const ofService = uuids.get(span.serviceName) ?? new Set();
    uuids.set(span.serviceName, ofService.add(span.processTags['client-uuid']));
  }
  return [...uuids]
    .filter(([, tracers]) => tracers.size > 1)
    .map(([service, { size: count }]) => ({
      rule: 'P-TRACER',
      params: { service, count, file: basename(run.file) },
    }));
}

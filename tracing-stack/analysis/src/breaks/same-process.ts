import type { ObservedSpan } from '../jaeger-json/observed-trace.ts';

/** Whether one process sent both spans: by what the tracer calls itself where it says so, else by the service. */
export function isSameProcess(a: ObservedSpan, b: ObservedSpan): boolean {
  if (a.serviceName !== b.serviceName) return false;
  return ['client-uuid', 'hostname', 'ip'].every((key) => {
    const [one, other] = [a.processTags[key], b.processTags[key]];
    return one === undefined || other === undefined || one === other;
  });
}

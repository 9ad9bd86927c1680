import type { KeyValue, Process } from '@spoor/model';
import { LOCAL_COMPONENT, type V1Endpoint, type V1Span } from './v1-span.ts';
import { ipv4Number, v1Tag } from './v1-tags.ts';

/** The name of a process whose spans name no service. */
const UNKNOWN_SERVICE_NAME = 'unknown-service-name';

/** Binary annotations of old Jaeger clients that describe their process, with the names of its tags. */
export const PROCESS_TAGS: ReadonlyMap<string, string> = new Map([
  ['jaegerClient', 'jaeger.version'],
  ['jaeger.hostname', 'hostname'],
  ['jaeger.version', 'jaeger.version'],
]);

/** Who reported the span. `isCore` tells the annotations of a call, whose endpoints say it best. */
export function v1Process(span: V1Span, isCore: (value: string) => boolean): Process {
  const tags: KeyValue[] = span.binaryAnnotations.flatMap(({ key, value }) => {
    const name = PROCESS_TAGS.get(key);
    return name === undefined ? [] : [v1Tag(name, value)];
  });
  const endpoint = ownEndpoint(span, isCore);
  if (endpoint === undefined) return { serviceName: UNKNOWN_SERVICE_NAME, tags };
  if (endpoint.ipv4 !== '') {
    // Thrift's i32 with its sign, as Jaeger keeps it.
    const value = BigInt.asIntN(32, ipv4Number(endpoint.ipv4));
    tags.push({ key: 'ip', type: 'int64', value });
  }
  return { serviceName: endpoint.serviceName, tags };
}

/** Of all that name a service: of a call, of a local component, of an annotation, of a binary annotation. */
function ownEndpoint(
  { annotations, binaryAnnotations }: V1Span,
  isCore: (value: string) => boolean,
): V1Endpoint | undefined {
  const hosts = [
    ...annotations.filter(({ value }) => isCore(value)),
    ...binaryAnnotations.filter(({ key }) => key === LOCAL_COMPONENT),
    ...annotations,
    ...binaryAnnotations,
  ];
  return hosts.find(({ host }) => host?.serviceName)?.host;
}

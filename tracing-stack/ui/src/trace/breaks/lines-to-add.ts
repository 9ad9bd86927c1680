import type { ObservedSpan } from '@spoor/analysis';

/** What a caller and a called process have to do for a trace to go on, with OpenTracing. */
export interface LinesToAdd {
  readonly caller: string;
  readonly callee: string;
}

const HTTP: LinesToAdd = {
  caller: `const headers = {};
tracer.inject(span.context(), FORMAT_HTTP_HEADERS, headers);
await fetch(url, { headers });`,
  callee: `const parent = tracer.extract(FORMAT_HTTP_HEADERS, request.headers);
const span = tracer.startSpan(name, { childOf: parent });
span.setTag('span.kind', 'server');`,
};

const GRPC: LinesToAdd = {
  caller: `const carrier = {};
tracer.inject(span.context(), FORMAT_TEXT_MAP, carrier);
for (const [key, value] of Object.entries(carrier)) metadata.set(key, value);`,
  callee: `const parent = tracer.extract(FORMAT_TEXT_MAP, call.metadata.getMap());
const span = tracer.startSpan(name, { childOf: parent });
span.setTag('span.kind', 'server');`,
};

/** Those of gRPC if either span says that it is of a gRPC call, else those of HTTP. */
export function linesToAdd(call: ObservedSpan, request: ObservedSpan): LinesToAdd {
  return [call, request].some(isGrpc) ? GRPC : HTTP;
}

/** By the tags of OpenTracing and OpenTelemetry, or by a name such as `/helloworld.Greeter/SayHello`. */
function isGrpc({ tags, operationName }: ObservedSpan): boolean {
  return (
    /grpc/i.test(String(tags['component'] ?? tags['rpc.system'] ?? '')) ||
    (tags['http.url'] === undefined && /^\/?[\w.]+\.\w+\/\w+$/.test(operationName))
  );
}

import { Client, credentials, Metadata, type ServiceError, status } from '@grpc/grpc-js';
import { CLIENT_OPTIONS } from '@spoor/platform/grpc';
import { ANSWER_WITHIN_MS, type Backend, BackendError } from './backend.ts';

const EXPORT = '/opentelemetry.proto.collector.trace.v1.TraceService/Export';

/** What OTLP says of codes after which the same request may be sent again. */
const REPEATABLE: ReadonlySet<number> = new Set([
  status.CANCELLED,
  status.DEADLINE_EXCEEDED,
  status.RESOURCE_EXHAUSTED,
  status.ABORTED,
  status.OUT_OF_RANGE,
  status.UNAVAILABLE,
  status.DATA_LOSS,
]);
/** How gRPC's libraries word RESOURCE_EXHAUSTED for a message that will be too large every time. */
const TOO_LARGE = /message larger than max/i;

/** Calls `TraceService/Export` at `HOST:PORT`, over TLS if asked for. `rejectedSpans` reads the answer. */
export function grpcBackend(
  address: string,
  isSecure: boolean,
  headers: ReadonlyMap<string, string>,
  rejectedSpans: (response: Uint8Array) => number,
): Backend {
  const secret = isSecure ? credentials.createSsl() : credentials.createInsecure();
  const client = new Client(address, secret, CLIENT_OPTIONS);
  const metadata = new Metadata();
  for (const [name, value] of headers) metadata.set(name, value);
  return {
    post: (request, signal) =>
      new Promise((resolve, reject) => {
        const call = client.makeUnaryRequest(
          EXPORT,
          (bytes: Uint8Array) => Buffer.from(bytes),
          (bytes) => rejectedSpans(bytes),
          request,
          metadata,
          { deadline: Date.now() + ANSWER_WITHIN_MS },
          (error: ServiceError | null, rejected?: number) => {
            signal.removeEventListener('abort', cancel);
            if (error) reject(backendError(address, error));
            else resolve(rejected ?? 0);
          },
        );
        const cancel = () => call.cancel();
        signal.addEventListener('abort', cancel);
      }),
    close: () => client.close(),
  };
}

function backendError(address: string, error: ServiceError): BackendError {
  const { code, details } = error;
  const isRepeatable = REPEATABLE.has(code) && !TOO_LARGE.test(details);
  return new BackendError(`${address} answered ${status[code]}: ${details}`, isRepeatable, {
    cause: error,
  });
}

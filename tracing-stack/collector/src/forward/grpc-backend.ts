import { Client, credentials, Metadata, type ServiceError, status } from '@grpc/grpc-js';
import { CLIENT_OPTIONS, isTooLarge } from '@spoor/platform/grpc';
import { ANSWER_WITHIN_MS, type Backend, BackendError, setHeaders } from './backend.ts';

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
/** Calls `TraceService/Export` at `HOST:PORT`, over TLS if asked for. `rejectedSpans` reads the answer. Throws `UserError`. */
export function grpcBackend(
  address: string,
  isSecure: boolean,
  headers: ReadonlyMap<string, string>,
  rejectedSpans: (response: Uint8Array) => number,
): Backend {
  const secret = isSecure ? credentials.createSsl() : credentials.createInsecure();
  const client = new Client(address, secret, CLIENT_OPTIONS);
  const metadata = new Metadata();
  setHeaders(headers, (name, value) => metadata.set(name, value));
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
  const isRepeatable = REPEATABLE.has(code) && !isTooLarge(details);
  return new BackendError(`${address} answered ${status[code]}: ${details}`, isRepeatable, {
    cause: error,
  });
}

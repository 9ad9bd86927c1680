import { fileURLToPath } from 'node:url';
import {
  Client,
  type ClientReadableStream,
  type ClientWritableStream,
  credentials,
  loadPackageDefinition,
  type ServiceError,
  status,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';

const PROTOS = fileURLToPath(new URL('../../../../protos', import.meta.url));

/** How a call ended: the status by its name, and what came before. */
export interface Outcome {
  readonly code: string;
  readonly details?: string;
  // Whatever the .proto files say; the tests name what they expect.
  readonly answers: readonly object[];
}

/** A stream of requests that has not ended. */
export interface OpenStream {
  write(request: object): void;
  end(): void;
  cancel(): void;
  /** Resolves with the server's answer, which may come before the end. */
  readonly outcome: Promise<Outcome>;
}

type Stub = Client & Record<string, (...args: unknown[]) => unknown>;

/** A client that knows nothing but the .proto files: what any other program would send and read. */
export function dumbClient(port: number) {
  const stubs = new Map<string, Stub>();

  function stub(service: string): Stub {
    let known = stubs.get(service);
    if (known === undefined) {
      const files = ['storage.proto', 'spoor-storage.proto', 'health.proto'];
      const options = { includeDirs: [PROTOS], longs: String, enums: String, defaults: true };
      // biome-ignore lint/suspicious/noExplicitAny: a package is a tree of services, which are looked up by name.
      let place: any = loadPackageDefinition(loadSync(files, options));
      for (const part of service.split('.')) place = place[part];
      known = new place(`127.0.0.1:${port}`, credentials.createInsecure()) as Stub;
      stubs.set(service, known);
    }
    return known;
  }

  function outcome(error: ServiceError | null, answers: readonly object[]): Outcome {
    const code = status[error?.code ?? status.OK] ?? '';
    return error ? { code, details: error.details, answers } : { code, answers };
  }

  return {
    unary(service: string, method: string, request: object): Promise<Outcome> {
      return new Promise((resolve) => {
        stub(service)[method]?.(request, (error: ServiceError | null, answer?: object) =>
          resolve(outcome(error, answer ? [answer] : [])),
        );
      });
    },
    /** `stop` cancels the call behind so many answers. */
    async stream(
      service: string,
      method: string,
      request: object,
      { stop = Number.POSITIVE_INFINITY, deadline }: { stop?: number; deadline?: number } = {},
    ): Promise<Outcome> {
      const options = deadline === undefined ? {} : { deadline };
      const call = stub(service)[method]?.(request, options) as ClientReadableStream<object>;
      const answers: object[] = [];
      try {
        for await (const answer of call) {
          answers.push(answer as object);
          if (answers.length >= stop) call.cancel();
        }
        return outcome(null, answers);
      } catch (error) {
        return outcome(error as ServiceError, answers);
      }
    },
    send(service: string, method: string, requests: Iterable<object>): Promise<Outcome> {
      const { write, end, outcome } = this.open(service, method);
      for (const request of requests) write(request);
      end();
      return outcome;
    },
    /** A stream to the server, for as long as the test likes. */
    open(service: string, method: string): OpenStream {
      let answered: (outcome: Outcome) => void = () => undefined;
      const promise = new Promise<Outcome>((resolve) => {
        answered = resolve;
      });
      const call = stub(service)[method]?.((error: ServiceError | null, answer?: object) =>
        answered(outcome(error, answer ? [answer] : [])),
      ) as ClientWritableStream<object>;
      return {
        write: (request) => void call.write(request),
        end: () => void call.end(),
        cancel: () => call.cancel(),
        outcome: promise,
      };
    },
    close() {
      // A stub's own method hides behind the service's `Close`.
      for (const client of stubs.values()) Client.prototype.close.call(client);
    },
  };
}

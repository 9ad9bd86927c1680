import { type ChannelCredentials, status } from '@grpc/grpc-js';
import { type Trace, type TraceId, traceIdToBytes } from '@spoor/model';
import {
  type ClientTls,
  closeDeadline,
  type HostPort,
  type Logger,
  REMOTE_WRITE_WITHIN_MS,
} from '@spoor/platform';
import { clientCredentials } from '@spoor/platform/grpc';
import {
  type ArchiveStore,
  type Arrivals,
  type Calling,
  type DependencyStore,
  OpenCalls,
  type Operation,
  type OperationQuery,
  type SamplingStore,
  type SpanReader,
  type SpanStore,
  type SpanWriter,
  type TraceQuery,
} from '@spoor/storage-api';
import { compareOperations } from '@spoor/storage-api/search';
import { statusOf } from './answer-error.ts';
import type { Dialect } from './dialect.ts';
import { GrpcArchive } from './grpc-archive.ts';
import { GrpcDependencies } from './grpc-dependencies.ts';
import { GrpcSampling } from './grpc-sampling.ts';
import { JaegerDialect } from './jaeger-dialect.ts';
import { traceOf } from './received-traces.ts';
import { loadMethods, type Methods } from './services.ts';
import { SpoorDialect } from './spoor-dialect.ts';
import { closedError, StorageConnection } from './storage-connection.ts';

export interface GrpcStoreOptions {
  /** Where the remote storage listens. */
  readonly server: HostPort;
  /** How long a call waits for a connection; 5 seconds unless given. */
  readonly connectTimeoutMs?: number;
  /** How long a call may take; unless given, a minute, or with spans what a store may take for them and more. */
  readonly callTimeoutMs?: number;
  /** Plain unless given and enabled. */
  readonly tls?: ClientTls;
  /** The name that the server's certificate has to hold, if it is not that of its address. */
  readonly serverName?: string;
  readonly logger?: Logger;
}

/**
 * A span store in another process, behind Jaeger's gRPC storage protocol. Opening it needs no server: calls answer
 * `unavailable` until there is one. With our own server it is all that a span store MUST be; with one that speaks Jaeger's
 * protocol alone, some questions are `unsupported`.
 */
export async function openGrpcStore(options: GrpcStoreOptions): Promise<SpanStore> {
  const channel = await clientCredentials('grpc', { ...PLAIN, ...options.tls });
  return new GrpcStore(options, channel, await loadMethods());
}

const PLAIN: ClientTls = { enabled: false, ca: '', cert: '', key: '', skipHostVerify: false };

class GrpcStore implements SpanStore, SpanReader {
  readonly reader: SpanReader = this;
  readonly writer: SpanWriter;
  readonly sampling: SamplingStore;
  readonly archive: ArchiveStore;
  readonly dependencies: DependencyStore;
  private readonly connection: StorageConnection;
  private readonly methods: Methods;
  private readonly logger: Logger | undefined;
  private dialect: Promise<Dialect> | undefined;
  private readonly calls = new OpenCalls(closedError);
  private closing: Promise<void> | undefined;

  constructor(options: GrpcStoreOptions, credentials: ChannelCredentials, methods: Methods) {
    const { connectTimeoutMs = 5000, callTimeoutMs = 60_000 } = options;
    const writeTimeoutMs = options.callTimeoutMs ?? REMOTE_WRITE_WITHIN_MS;
    const { server, serverName = '' } = options;
    const limits = { connectTimeoutMs, callTimeoutMs, writeTimeoutMs };
    this.connection = new StorageConnection({ server, serverName, credentials, ...limits });
    this.methods = methods;
    this.logger = options.logger;
    this.sampling = new GrpcSampling(this.connection, methods, this.calling);
    this.archive = new GrpcArchive(this.connection, methods, this.calling);
    this.dependencies = new GrpcDependencies(this.connection, methods, this.calling);
    this.writer = {
      write: async (stored) => {
        // What cannot be read is refused here, as DecodeError.
        stored.batch.index();
        await this.speaking((dialect) => dialect.write(stored));
      },
    };
  }

  check(): Promise<void> {
    return this.calls.asking(() => this.asking(() => this.inDialect((dialect) => dialect.check())));
  }

  async services(): Promise<string[]> {
    const { services } = await this.calling(() =>
      this.connection.unary<{ services: readonly string[] }>(this.methods.getServices, {}),
    );
    return [...new Set(services)].sort();
  }

  async operations({ serviceName, spanKind }: OperationQuery): Promise<Operation[]> {
    const request = { service: serviceName, spanKind: spanKind ?? '' };
    const { operations, operationNames } = await this.calling(() =>
      this.connection.unary<OperationsResponse>(this.methods.getOperations, request),
    );
    const found =
      operations.length > 0
        ? operations
        : operationNames.map((name): Operation => ({ name, spanKind: '' }));
    const byKey = new Map<string, Operation>();
    for (const operation of found) {
      // To ask for those without a kind is to ask for all.
      if (spanKind === undefined || operation.spanKind === spanKind)
        byKey.set(`${operation.spanKind}\0${operation.name}`, operation);
    }
    return [...byKey.values()].sort(compareOperations);
  }

  trace(traceId: TraceId): Promise<Trace | undefined> {
    const request = { traceId: traceIdToBytes(traceId) };
    return this.calling(() =>
      traceOf(traceId, this.connection.serverStream(this.methods.getTrace, request)),
    );
  }

  findTraces(query: TraceQuery): Promise<Trace[]> {
    return this.speaking((dialect) => dialect.findTraces(query));
  }

  findTraceIds(query: TraceQuery): Promise<TraceId[]> {
    return this.speaking((dialect) => dialect.findTraceIds(query));
  }

  arrivals(cursor: string | undefined, limit: number): Promise<Arrivals> {
    return this.speaking((dialect) => dialect.arrivals(cursor, limit));
  }

  private speaking<T>(ask: (dialect: Dialect) => Promise<T>): Promise<T> {
    return this.calling(() => this.inDialect(ask));
  }

  private async inDialect<T>(ask: (dialect: Dialect) => Promise<T>): Promise<T> {
    this.dialect ??= this.findDialect();
    let dialect: Dialect;
    try {
      dialect = await this.dialect;
    } catch (error) {
      this.dialect = undefined;
      throw error;
    }
    return ask(dialect);
  }

  private readonly calling: Calling = (call) => this.calls.calling(() => this.asking(call));

  /** After a failure that can mean another server, the next call asks anew what it speaks. */
  private readonly asking: Calling = async (call) => {
    try {
      return await call();
    } catch (error) {
      const code = statusOf(error);
      if (code === undefined || code === status.UNAVAILABLE || code === status.UNIMPLEMENTED)
        this.dialect = undefined;
      throw error;
    }
  };

  private async findDialect(): Promise<Dialect> {
    const ours = new SpoorDialect(this.connection, this.methods);
    try {
      await ours.check();
      return ours;
    } catch (error) {
      if (statusOf(error) !== status.UNIMPLEMENTED) throw error;
    }
    const server = this.connection.address;
    this.logger?.info({ server }, "remote storage speaks Jaeger's protocol alone");
    return new JaegerDialect(this.connection, this.methods);
  }

  close(deadline = closeDeadline()): Promise<void> {
    this.closing ??= this.end(deadline);
    return this.closing;
  }

  private async end(deadline: AbortSignal): Promise<void> {
    await this.calls.end(deadline);
    this.connection.close();
  }
}

interface OperationsResponse {
  readonly operations: readonly Operation[];
  readonly operationNames: readonly string[];
}

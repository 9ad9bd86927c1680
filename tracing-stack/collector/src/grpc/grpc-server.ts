import {
  type handleUnaryCall,
  logVerbosity,
  Metadata,
  Server,
  ServerCredentials,
  type StatusObject,
  setLogVerbosity,
} from '@grpc/grpc-js';
import { bindError, formatHostPort, type Logger } from '@spoor/platform';
import { decodePostSpansRequest } from '@spoor/wire';
import { answerTo } from '../collector-error.ts';
import type { SpanProcessor } from '../span-processor.ts';
import { loadCollectorService } from './collector-service.ts';

export interface GrpcServerOptions {
  /** Empty for every interface. */
  readonly host: string;
  readonly port: number;
  /** Larger messages are refused with RESOURCE_EXHAUSTED. */
  readonly maxMessageBytes: number;
  readonly processor: SpanProcessor;
  readonly logger: Logger;
}

export interface GrpcServer {
  readonly port: number;
  /** Refuses new calls and lets those under way end within `milliseconds`. */
  close(milliseconds: number): Promise<void>;
}

/** Serves CollectorService without TLS. */
export async function startGrpcServer(options: GrpcServerOptions): Promise<GrpcServer> {
  // What it would print about a held port beside our own line; GRPC_VERBOSITY brings it back.
  if (process.env['GRPC_VERBOSITY'] === undefined) setLogVerbosity(logVerbosity.NONE);
  const server = new Server({
    'grpc.max_receive_message_length': options.maxMessageBytes,
    // Agents keep one connection for days: a ping finds those whose other end is gone.
    'grpc.keepalive_time_ms': 60_000,
    'grpc.keepalive_timeout_ms': 20_000,
  });
  server.addService(await loadCollectorService(), { PostSpans: postSpans(options) });
  const port = await bind(server, options);
  return { port, close: (milliseconds) => closeServer(server, milliseconds) };
}

function postSpans({ processor, logger }: GrpcServerOptions): handleUnaryCall<Buffer, object> {
  return async (call, callback) => {
    try {
      await processor.submit(readRequest(call.request, processor), 'proto', 'grpc');
    } catch (error) {
      const status = statusOf(error);
      logger.debug({ peer: call.getPeer(), ...status }, 'batch refused');
      callback({ ...status, metadata: new Metadata() });
      return;
    }
    callback(null, {});
  };
}

function readRequest(request: Buffer, processor: SpanProcessor) {
  try {
    return decodePostSpansRequest(request);
  } catch (error) {
    processor.reject(error, 'grpc');
    throw error;
  }
}

function statusOf(error: unknown): Pick<StatusObject, 'code' | 'details'> {
  const details = error instanceof Error ? error.message : String(error);
  return { code: answerTo(error).grpc, details };
}

async function bind(server: Server, { host, port }: GrpcServerOptions): Promise<number> {
  const credentials = ServerCredentials.createInsecure();
  // `[::]` takes IPv4 too; a machine without IPv6 has only `0.0.0.0`.
  const addresses = host === '' ? ['::', '0.0.0.0'] : [host];
  let failure: unknown;
  for (const address of addresses) {
    try {
      return await bindAddress(server, formatHostPort({ host: address, port }), credentials);
    } catch (error) {
      failure ??= error;
      if (String(error).includes('EADDRINUSE')) break;
    }
  }
  const flag = 'collector.grpc-server.host-port';
  throw await bindError({ component: 'collector', protocol: 'tcp', host, port, flag }, failure);
}

function bindAddress(
  server: Server,
  address: string,
  credentials: ServerCredentials,
): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync(address, credentials, (error, port) => {
      if (error) reject(error);
      else resolve(port);
    });
  });
}

async function closeServer(server: Server, milliseconds: number): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => {
      server.forceShutdown();
      resolve();
    }, milliseconds);
    server.tryShutdown(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

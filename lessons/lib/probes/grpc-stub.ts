import { setTimeout as delay } from 'node:timers/promises';
import {
  type handleUnaryCall,
  type Metadata,
  Server,
  ServerCredentials,
  type status,
} from '@grpc/grpc-js';
import { Greeter, type HelloReply, type HelloRequest } from '@spoor/services/grpc';
import type { CarriedKeys } from './carried-context.ts';

/** A call as it came to the stub. */
export interface StubbedGreeting {
  readonly name: string;
  readonly metadata: CarriedKeys;
  /** Microseconds since 1970. */
  readonly answeredAt: number;
}

/** A Greeter that the judge plays, in place of the learner's. */
export interface GrpcStub {
  /** Those that it answered. */
  readonly calls: readonly StubbedGreeting[];
  /** Those that it did not. */
  readonly failed: readonly StubbedGreeting[];
  close(): void;
}

/**
 * Listens on `port` of both loopback addresses, and takes `delayMs` for each answer. Whoever greets by the name `failing`
 * is refused at once, with its status.
 */
export async function openGrpcStub(
  port: number,
  delayMs: number,
  failing: { readonly name: string; readonly code: status },
): Promise<GrpcStub> {
  const calls: StubbedGreeting[] = [];
  const failed: StubbedGreeting[] = [];
  const sayHello: handleUnaryCall<HelloRequest, HelloReply> = async (call, callback) => {
    const { name } = call.request;
    if (name === failing.name) {
      failed.push({ name, metadata: keysOf(call.metadata), answeredAt: Date.now() * 1000 });
      callback({ code: failing.code, details: 'the judge is not there' });
      return;
    }
    await delay(delayMs);
    const answeredAt = Date.now() * 1000;
    calls.push({ name, metadata: keysOf(call.metadata), answeredAt });
    callback(null, { msg: `Hello ${name}` });
  };
  const server = new Server();
  server.addService(Greeter.service, { SayHello: sayHello });
  await bind(server, `127.0.0.1:${port}`);
  // A machine without IPv6 has no ::1.
  await bind(server, `[::1]:${port}`).catch(() => {});
  return { calls, failed, close: () => server.forceShutdown() };
}

function bind(server: Server, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.bindAsync(address, ServerCredentials.createInsecure(), (error) =>
      error ? reject(error) : resolve(),
    );
  });
}

function keysOf(metadata: Metadata): CarriedKeys {
  return Object.fromEntries(
    Object.keys(metadata.getMap()).map((key) => [
      key,
      metadata.get(key).filter((value) => typeof value === 'string'),
    ]),
  );
}

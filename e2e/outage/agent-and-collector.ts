import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Program, startProgram } from '../program.ts';

/** The ways from an agent to a collector, and the flags that say where it is. */
export const WAYS = {
  TChannel: { flag: 'collector.host-port', door: 'collector.port' },
  gRPC: { flag: 'reporter.grpc.host-port', door: 'collector.grpc-server.host-port' },
} as const;
export type Way = keyof typeof WAYS;

/** Where a collector is that goes and comes back to the same port, and the folder in which it and its agent keep what they have. */
export interface Place {
  readonly way: Way;
  readonly port: number;
  readonly directory: string;
}

/** A port that nobody has. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** For the queue to become empty; far beyond what it takes. */
const DELIVER_WITHIN_MS = 600_000;

/** Of the embedded store of a collector started here. */
export function storeDirectory({ directory }: Pick<Place, 'directory'>): string {
  return join(directory, 'data');
}

export function startCollector(place: Place): Promise<Program> {
  const { way, port } = place;
  const doors = [
    'collector.grpc-server.host-port',
    'collector.http-server.host-port',
    'collector.port',
    'collector.otlp.grpc.host-port',
    'collector.otlp.http.host-port',
    'admin.http.host-port',
  ].map((flag) => `--${flag}=127.0.0.1:${flag === WAYS[way].door ? port : 0}`);
  const store = ['--embedded.directory', storeDirectory(place)];
  return startProgram('collector', 'grpcPort', ...doors, ...store);
}

export function startAgent(place: Place, ...flags: string[]): Promise<Program> {
  const { way, port, directory } = place;
  const doors = [
    'processor.jaeger-compact.server-host-port',
    'processor.jaeger-binary.server-host-port',
    'processor.zipkin-compact.server-host-port',
    'http-server.host-port',
    'admin.http.host-port',
  ].map((flag) => `--${flag}=127.0.0.1:0`);
  const queue = `--reporter.queue.directory=${join(directory, 'queue')}`;
  const collector = `--${WAYS[way].flag}=127.0.0.1:${port}`;
  return startProgram('agent', 'compactPort', ...doors, queue, collector, ...flags);
}

/** What the agent's queue holds, and may hold, as its health tells it. */
export interface QueueHealth {
  readonly memoryBytes: number;
  readonly memoryCapacity: number;
  readonly diskBytes: number;
  readonly diskCapacity: number;
}

/** Asks a program's admin port. */
export async function adminText(program: Program, path: string): Promise<string> {
  return (await fetch(`http://127.0.0.1:${program.logged('adminPort')}${path}`)).text();
}

/** The first line of a program's metrics that begins so; `NaN` if there is none. */
export async function counted(program: Program, metric: string): Promise<number> {
  const lines = (await adminText(program, '/metrics')).split('\n');
  const line = lines.find((text) => text.startsWith(metric));
  return Number(line?.split(' ').at(-1));
}

export async function queueHealth(agent: Program): Promise<QueueHealth> {
  return JSON.parse(await adminText(agent, '/')).details.queue;
}

/** Resolves when nothing waits any more. Rejects if what waits does not get less for too long. */
export async function emptied(agent: Program): Promise<void> {
  const until = performance.now() + DELIVER_WITHIN_MS;
  for (;;) {
    const { memoryBytes, diskBytes } = await queueHealth(agent);
    if (memoryBytes + diskBytes === 0) return;
    if (performance.now() > until) throw new Error(`${memoryBytes + diskBytes} bytes still wait`);
    await sleep(100);
  }
}

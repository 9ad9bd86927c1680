import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Span } from '@spoor/model';
import { encodeBinaryBatch } from '@spoor/wire';
import { seededRandom, usualSpans } from '@spoor/wire/testkit';
import { type Program, startProgram } from '../program.ts';
import { type Door, remoteStorageDoors, stackDoors } from './doors.ts';
import { postRequest } from './requests.ts';
import type { Sender } from './send.ts';

const FREE = '127.0.0.1:0';

/** A program of ours under fuzz: its doors, and how it is. */
export interface FuzzedProgram extends AsyncDisposable {
  readonly name: string;
  readonly doors: readonly Door[];
  portOf(door: Door): number;
  /** What is wrong with it now, by what nobody sent it: nothing, if it is well. */
  check(sender: Sender): Promise<string[]>;
  /** Bytes of memory that are no file's, as Linux counts them. */
  memory(): Promise<number>;
}

/** All-in-one with every door open. */
export async function startAllInOne(directory: string): Promise<FuzzedProgram> {
  const flags = [
    'processor.jaeger-compact.server-host-port',
    'processor.jaeger-binary.server-host-port',
    'processor.zipkin-compact.server-host-port',
    'http-server.host-port',
    'collector.http-server.host-port',
    'collector.zipkin.host-port',
    'collector.otlp.grpc.host-port',
    'collector.otlp.http.host-port',
    'collector.grpc-server.host-port',
    'query.http-server.host-port',
    'query.grpc-server.host-port',
    'admin.http.host-port',
    'agent.admin.http.host-port',
    'query.admin.http.host-port',
  ].map((flag) => `--${flag}=${FREE}`);
  const restrictions = join(directory, 'baggage.json');
  await writeFile(restrictions, '{}');
  const store = ['--embedded.directory', join(directory, 'all-in-one')];
  const program = await startProgram(
    'all-in-one',
    'agentCompact',
    ...flags,
    ...store,
    '--collector.port=0',
    `--agent.baggage-restrictions-file=${restrictions}`,
  );
  let checks = 0;
  return {
    ...watched('all-in-one', program, await stackDoors()),
    async check(sender) {
      const wrong = await alive(program, program.logged('collectorAdmin'));
      if (wrong.length > 0) return wrong;
      let traceId: string;
      try {
        traceId = await storeOne(sender, program.logged('collectorHttp'), checks++);
      } catch (error) {
        return [(error as Error).message];
      }
      const answer = await fetch(
        `http://127.0.0.1:${program.logged('queryHttp')}/api/traces/${traceId}`,
      );
      await answer.arrayBuffer();
      return answer.status === 200 ? [] : [`a good trace is answered ${answer.status}`];
    },
  };
}

/** Remote storage, which answers collectors and query services of other processes. */
export async function startRemoteStorage(directory: string): Promise<FuzzedProgram> {
  const program = await startProgram(
    'remote-storage',
    'grpcPort',
    ...['--grpc.host-port', FREE, '--admin.http.host-port', FREE],
    ...['--embedded.directory', join(directory, 'remote-storage')],
  );
  return {
    ...watched('remote-storage', program, await remoteStorageDoors()),
    check: () => alive(program, program.logged('adminPort')),
  };
}

function watched(
  name: string,
  program: Program,
  doors: readonly Door[],
): Omit<FuzzedProgram, 'check'> {
  return {
    name,
    doors,
    portOf: ({ port }) => program.logged(port),
    async memory() {
      const status = await readFile(`/proc/${program.pid}/status`, 'utf8');
      return 1024 * Number(/^RssAnon:\s+(\d+) kB$/m.exec(status)?.[1]);
    },
    [Symbol.asyncDispose]: () => program[Symbol.asyncDispose](),
  };
}

/** The parts of a program's log and counters that say that something went wrong inside. */
async function alive(program: Program, adminPort: number): Promise<string[]> {
  const errors = program.lines.filter((line) => line.includes('"level":"error"'));
  let health: Response;
  let metrics: string;
  try {
    health = await fetch(`http://127.0.0.1:${adminPort}/`);
    metrics = await (await fetch(`http://127.0.0.1:${adminPort}/metrics`)).text();
  } catch (error) {
    return [`does not answer: ${(error as Error).message}; ${program.lines.slice(-20).join('\n')}`];
  }
  const internal = [...metrics.matchAll(/^\w+\{[^}]*reason="internal"[^}]*\} [1-9]\d*$/gm)];
  return [
    ...errors.map((line) => `logged ${line}`),
    ...internal.map(([line]) => `counted ${line}`),
    ...(health.status === 200 ? [] : [`health is ${health.status}: ${await health.text()}`]),
  ];
}

/** Posts a trace that nobody has posted, and resolves with its id. */
async function storeOne(sender: Sender, port: number, number: number): Promise<string> {
  const spans = usualSpans(seededRandom(1_000_000 + number), 2, 'well');
  const [first] = spans as [Span];
  const wrap = postRequest('/api/traces', 'application/x-thrift');
  const never = { ...seededRandom(1), oneIn: () => false };
  const request = wrap(encodeBinaryBatch(first.process, spans), never);
  const { isTaken, answer, defect } = await sender.send({ type: 'tcp' }, port, request);
  if (!isTaken) throw new Error(`a good batch is refused: ${defect ?? answer}`);
  return first.traceId;
}

import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { FREE_PORTS, startAllInOne } from '@spoor/all-in-one';
import { corpusDirectory, replayProgram } from '@spoor/fixtures';
import { createLogger } from '@spoor/platform';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Program, startProgram } from './program.ts';

/** Clients over UDP 6831 and 6832, HTTP 14268, gRPC 14250 and TChannel 14267. */
const CASE_COUNT = 24;

/** Of these the real Jaeger cannot print the trace; the replay says of each that we can. */
const NAN_CASE_COUNT = 3;

const FREE = '127.0.0.1:0';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'spoor-replay-'));
});

afterEach(async () => {
  await rm(directory, { recursive: true });
});

interface Backend {
  readonly query: string;
  /** Ours by the port to which the client sent. */
  readonly ports: Readonly<Record<6831 | 6832 | 14250 | 14267 | 14268, number>>;
}

/** What the replay prints, whether or not a case failed. */
async function replay({ query, ports }: Backend): Promise<string> {
  const moved = Object.entries(ports).flatMap(([from, to]) => ['--port', `${from}=${to}`]);
  const { stdout } = await promisify(execFile)(process.execPath, [
    replayProgram,
    corpusDirectory,
    ...['--host', '127.0.0.1', '--query', query, ...moved],
    // Of a loaded machine the time says nothing.
    ...['--strict', '--verbose', '--timeout', '30000'],
  ]).catch((error: Error & { stdout: string }) => ({ stdout: error.stdout }));
  return stdout;
}

function expectAllPassed(output: string): void {
  expect(output.split('\n').filter((line) => /^(FAIL| )/.test(line))).toEqual([]);
  expect(output).toContain(`\n${CASE_COUNT} passed, 0 failed\n`);
  expect(output.match(/\[better than real Jaeger/g)).toHaveLength(NAN_CASE_COUNT);
}

/** The number that a program logged under `name`. */
function logged({ lines }: Program, name: string): number {
  const [, number] = new RegExp(`"${name}":(\\d+)`).exec(lines.join()) ?? [];
  return Number(number);
}

describe('what real clients sent comes out as a real Jaeger answers it', () => {
  test('of all-in-one', { timeout: 120_000 }, async () => {
    const stack = await startAllInOne({
      ports: FREE_PORTS,
      storage: { embedded: { directory: join(directory, 'data') } },
      logger: createLogger({ name: 'all-in-one', level: 'warn' }),
    });
    const { agentCompact, agentBinary, collectorGrpc, collectorHttp, collectorTchannel } =
      stack.ports;
    const ports = {
      6831: agentCompact,
      6832: agentBinary,
      14250: collectorGrpc,
      14267: collectorTchannel,
      14268: collectorHttp,
    };
    try {
      expectAllPassed(await replay({ query: stack.queryUrl, ports }));
    } finally {
      await stack.close();
    }
  });

  test('of agent, collector and query as three programs; the query came first', {
    timeout: 180_000,
  }, async () => {
    const data = join(directory, 'data');
    const admin = ['--admin.http.host-port', FREE];
    await using query = await startProgram(
      'query',
      'port',
      ...['--query.http-server.host-port', FREE, '--embedded.directory', data, ...admin],
    );
    const url = `http://127.0.0.1:${query.port}`;
    expect((await fetch(`${url}/api/services`)).status).toBe(503);
    await using collector = await startProgram(
      'collector',
      'grpcPort',
      ...['--collector.grpc-server.host-port', FREE, '--collector.http-server.host-port', FREE],
      ...['--collector.port', '0'],
      ...['--embedded.directory', data, ...admin],
    );
    await using agent = await startProgram(
      'agent',
      'compactPort',
      ...['--reporter.grpc.host-port', `127.0.0.1:${collector.port}`],
      ...['--processor.jaeger-compact.server-host-port', FREE],
      ...['--processor.jaeger-binary.server-host-port', FREE, ...admin],
      ...['--http-server.host-port', FREE],
    );
    const ports = {
      6831: agent.port,
      6832: logged(agent, 'binaryPort'),
      14250: collector.port,
      14267: logged(collector, 'tchannelPort'),
      14268: logged(collector, 'httpPort'),
    };
    expectAllPassed(await replay({ query: url, ports }));
  });
});

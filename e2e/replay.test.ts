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

const CASE_COUNT = 39;

/** Of these the real Jaeger cannot print the trace, or refuses the request; the replay says of each that we do not. */
const BETTER_CASE_COUNT = 4;

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
  readonly ports: Readonly<
    Record<5775 | 6831 | 6832 | 9411 | 4317 | 4318 | 14250 | 14267 | 14268, number>
  >;
}

/** What the replay prints, whether or not a case failed. */
async function replay({ query, ports }: Backend, ...flags: string[]): Promise<string> {
  const moved = Object.entries(ports).flatMap(([from, to]) => ['--port', `${from}=${to}`]);
  const { stdout } = await promisify(execFile)(process.execPath, [
    replayProgram,
    corpusDirectory,
    ...['--host', '127.0.0.1', '--query', query, ...moved],
    // Of a loaded machine the time says nothing.
    ...['--verbose', '--timeout', '30000', ...flags],
  ]).catch((error: Error & { stdout: string }) => ({ stdout: error.stdout }));
  return stdout;
}

/** Every difference that the replay told of. */
function differences(output: string): string[] {
  return output.split('\n').flatMap((line) => {
    const [, first, further] =
      /^(?:FAIL \S+ {2}\(\d+ differences?\) (.*)| +(.*))$/.exec(line) ?? [];
    return first ?? further ?? [];
  });
}

async function expectAllPassed(backend: Backend): Promise<void> {
  const output = await replay(backend, '--strict');
  expect(differences(output)).toEqual([]);
  expect(output).toContain(`\n${CASE_COUNT} passed, 0 failed\n`);
  expect(output.match(/\[better than real Jaeger/g)).toHaveLength(BETTER_CASE_COUNT);
}

/** The number that a program logged under `name`. */
function logged({ lines }: Program, name: string): number {
  const [, number] = new RegExp(`"${name}":(\\d+)`).exec(lines.join()) ?? [];
  return Number(number);
}

describe('what real clients sent comes out as a real Jaeger answers it', () => {
  test('of all-in-one', { timeout: 120_000 }, async () => {
    const stack = await startAllInOne({
      ports: { ...FREE_PORTS, collectorZipkin: 0 },
      storage: { embedded: { directory: join(directory, 'data') } },
      logger: createLogger({ name: 'all-in-one', level: 'warn' }),
    });
    const { agentZipkin, agentCompact, agentBinary } = stack.ports;
    const { collectorGrpc, collectorHttp, collectorTchannel } = stack.ports;
    const { collectorZipkin = 0, collectorOtlpGrpc = 0, collectorOtlpHttp = 0 } = stack.ports;
    const ports = {
      5775: agentZipkin,
      6831: agentCompact,
      6832: agentBinary,
      9411: collectorZipkin,
      4317: collectorOtlpGrpc,
      4318: collectorOtlpHttp,
      14250: collectorGrpc,
      14267: collectorTchannel,
      14268: collectorHttp,
    };
    try {
      await expectAllPassed({ query: stack.queryUrl, ports });
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
      ...[
        '--query.http-server.host-port',
        FREE,
        '--query.grpc-server.host-port',
        FREE,
        '--embedded.directory',
        data,
        ...admin,
      ],
    );
    const url = `http://127.0.0.1:${query.port}`;
    expect((await fetch(`${url}/api/services`)).status).toBe(503);
    await using collector = await startProgram(
      'collector',
      'grpcPort',
      ...['--collector.grpc-server.host-port', FREE, '--collector.http-server.host-port', FREE],
      ...['--collector.port', '0', '--collector.zipkin.host-port', FREE],
      ...['--collector.otlp.grpc.host-port', FREE, '--collector.otlp.http.host-port', FREE],
      ...['--embedded.directory', data, ...admin],
    );
    await using agent = await startProgram(
      'agent',
      'compactPort',
      ...['--reporter.grpc.host-port', `127.0.0.1:${collector.port}`],
      ...['--processor.jaeger-compact.server-host-port', FREE],
      ...['--processor.jaeger-binary.server-host-port', FREE],
      ...['--processor.zipkin-compact.server-host-port', FREE],
      ...['--http-server.host-port', FREE, ...admin],
      ...['--reporter.queue.directory', join(directory, 'queue')],
    );
    const ports = {
      5775: logged(agent, 'zipkinPort'),
      6831: agent.port,
      6832: logged(agent, 'binaryPort'),
      9411: logged(collector, 'zipkinPort'),
      4317: logged(collector, 'otlpGrpcPort'),
      4318: logged(collector, 'otlpHttpPort'),
      14250: collector.port,
      14267: logged(collector, 'tchannelPort'),
      14268: logged(collector, 'httpPort'),
    };
    await expectAllPassed({ query: url, ports });
  });
});

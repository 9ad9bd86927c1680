import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startAllInOne } from '@spoor/all-in-one';
import { corpusDirectory, replayProgram } from '@spoor/fixtures';
import { createLogger } from '@spoor/platform';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

/** Clients over UDP 6831 and gRPC 14250; each name may be the beginning of several cases. */
const CASES =
  'go-seed-(inner|http|grpc|httpdebug)-udp|go-kitchen-udp|py-kitchen-udp|java-kitchen-udp|agent-new|otelpy-kitchen-jaeger-grpc';
const CASE_COUNT = 11;

/** Of these the real Jaeger cannot print the trace; the replay says of each that we can. */
const NAN_CASE_COUNT = 2;

const ROOT = fileURLToPath(new URL('..', import.meta.url));
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
  readonly compact: number;
  readonly grpc: number;
}

/** What the replay prints, whether or not a case failed. */
async function replay({ query, compact, grpc }: Backend, ...more: string[]): Promise<string> {
  const ports = ['--port', `6831=${compact}`, '--port', `14250=${grpc}`];
  const { stdout } = await promisify(execFile)(process.execPath, [
    replayProgram,
    corpusDirectory,
    ...['--host', '127.0.0.1', '--query', query, '--only', CASES, '--verbose', ...ports, ...more],
  ]).catch((error: Error & { stdout: string }) => ({ stdout: error.stdout }));
  return stdout;
}

function expectAllPassed(output: string): void {
  expect(output.split('\n').filter((line) => /^(FAIL| )/.test(line))).toEqual([]);
  expect(output).toContain(`\n${CASE_COUNT} passed, 0 failed\n`);
  expect(output.match(/\[better than real Jaeger/g)).toHaveLength(NAN_CASE_COUNT);
}

/** One of our programs in a process of its own. */
async function startProgram(name: string, logged: string, ...flags: string[]) {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', join(ROOT, 'tracing-stack', name, 'src', 'main.ts'), ...flags],
    { cwd: ROOT, stdio: ['ignore', 'inherit', 'pipe'] },
  );
  const exit = once(child, 'exit');
  const lines: string[] = [];
  const port = await new Promise<number>((resolve, reject) => {
    createInterface({ input: child.stderr }).on('line', (line) => {
      lines.push(line);
      const found = new RegExp(`"${logged}":(\\d+)`).exec(line);
      if (found) resolve(Number(found[1]));
    });
    exit.then(() => reject(new Error(`${name} ended: ${lines.join('\n')}`)));
  });
  return {
    port,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      expect([name, ...(await exit)]).toEqual([name, 0, null]);
    },
  };
}

describe('what real clients sent comes out as a real Jaeger answers it', () => {
  test('of all-in-one', { timeout: 60_000 }, async () => {
    const stack = await startAllInOne({
      ports: {
        agentCompact: 0,
        agentAdmin: 0,
        collectorGrpc: 0,
        collectorAdmin: 0,
        queryHttp: 0,
        queryAdmin: 0,
      },
      storage: { embedded: { directory: join(directory, 'data') } },
      logger: createLogger({ name: 'all-in-one', level: 'warn' }),
    });
    const { agentCompact: compact, collectorGrpc: grpc } = stack.ports;
    try {
      expectAllPassed(await replay({ query: stack.queryUrl, compact, grpc }, '--strict'));
    } finally {
      await stack.close();
    }
  });

  test('of agent, collector and query as three programs; the query came first', {
    timeout: 90_000,
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
      ...['--collector.grpc-server.host-port', FREE, '--embedded.directory', data, ...admin],
    );
    await using agent = await startProgram(
      'agent',
      'compactPort',
      ...['--reporter.grpc.host-port', `127.0.0.1:${collector.port}`],
      ...['--processor.jaeger-compact.server-host-port', FREE, ...admin],
    );
    const backend = { query: url, compact: agent.port, grpc: collector.port };
    expectAllPassed(await replay(backend));
  });
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { encodeBinaryBatch } from '@spoor/wire';
import { seededRandom, usualSpans } from '@spoor/wire/testkit';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { complaints, once } from '../lesson-command.ts';
import { NetworkNamespace } from '../network-namespace.ts';
import { ComposedStack, docker, dockerOut, whyNoEngine } from './composed-stack.ts';
import { openBridge } from './port-bridge.ts';
import { ARRIVES, ask, type TraceAnswer, traceOfRequest } from './trace-of-request.ts';

const reason = whyNoEngine();
if (reason) console.log(`skipped: docker-compose.yml (${reason})`);
const skip = reason !== undefined && !process.env['CI'];

const SERVICES = [
  'jaeger-remote-storage',
  'jaeger-collector',
  'collector-ports',
  'jaeger-agent',
  'jaeger-query',
  'http-client',
  'http-service1',
  'greeter',
];
describe.skipIf(skip)('docker compose', () => {
  let stack: ComposedStack;
  beforeAll(async () => {
    stack = await ComposedStack.prepare();
    const second = docker('compose', 'version', '--short');
    console.log(`with Compose ${second.status === 0 ? second.stdout.trim() : 1}`);
    const { code, output } = await stack.npmRun('up');
    expect(code, output).toBe(0);
    expect(output).toContain(`UI and query API       http://localhost:${stack.port(16686)}`);
  });
  afterAll(async () => {
    const { code, output } = await stack.npmRun('down', '--', '--volumes');
    expect(code, output).toBe(0);
    expect(stack.remains()).toEqual([]);
    dockerOut('image', 'rm', stack.image);
  });

  const requestAndTrace = () => traceOfRequest(stack);

  test('a request to :2333 leaves its trace at :16686', requestAndTrace);

  test('every container is healthy, is nobody’s root, cannot write to its image, and is open to this machine alone', () => {
    const containers = stack.containers();
    expect(
      containers.map(({ Config }) => Config.Labels['com.docker.compose.service']).sort(),
    ).toEqual([...SERVICES].sort());
    for (const { Name, State, HostConfig, Config } of containers) {
      const bindings = Object.values(HostConfig.PortBindings ?? {}).flat();
      const hosts = new Set(bindings.map(({ HostIp }) => HostIp));
      expect([Name, State.Health?.Status, HostConfig.ReadonlyRootfs, Config.User]).toEqual([
        Name,
        'healthy',
        true,
        'node',
      ]);
      expect([Name, [...hosts].filter((host) => host !== '127.0.0.1')]).toEqual([Name, []]);
    }
    const [storage] = stack.containers('jaeger-remote-storage');
    const written = docker('exec', storage?.Name ?? '', 'touch', '/usr/local/jaeger/x');
    expect(written.stderr).toMatch(/Read-only file system/);
  });

  test.each([
    { lesson: 1, args: [], whole: '2 traces arrived whole: 2 of 2 spans', services: false },
    { lesson: 2, args: [], whole: 'The trace arrived whole: 4 of 4 spans', services: false },
    { lesson: 3, args: [], whole: 'The trace arrived whole: 3 of 3 spans', services: true },
    { lesson: 4, args: ['Ada'], whole: 'The trace arrived whole: 2 of 2 spans', services: true },
  ])('lesson $lesson finds it; services: $services', async ({ lesson, args, whole, services }) => {
    const folder = await mkdtemp(join(tmpdir(), 'spoor-bridge-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const usual = [16686, 14268, 5778, 2333, 2334, 50051];
    const tcp = Object.fromEntries(usual.map((port) => [port, stack.port(port)]));
    const udp = { 6831: stack.port(6831) };
    await using _bridge = await openBridge(folder, { tcp, udp });
    await using namespace = await NetworkNamespace.open();
    const names = [
      ...Object.keys(tcp).map((port) => `tcp-${port}`),
      ...Object.keys(udp).map((port) => `udp-${port}`),
    ];
    const inside = 'e2e/deploy/port-bridge-inside.ts';
    const bridged = namespace.run([process.execPath, '--import', 'tsx', inside, folder, ...names]);
    await bridged.until(/bridged/);

    const run = namespace.run(once(lesson, ...args));
    expect([await run.ended, complaints(run)]).toEqual([0, []]);
    const took = /^Services: .* \(were running already\)$/m;
    expect(took.test(run.output()), run.output()).toBe(services);
    expect(run.output()).toMatch(/^Backend: .*16686 \(was running already; .* came back/m);
    expect(run.output()).toContain(`✓ ${whole}`);
  });

  /** Spans that a collector took, over each of its batches. */
  async function received(collector: { readonly Name: string }): Promise<number> {
    const source = `fetch('http://127.0.0.1:14269/metrics').then((a) => a.text()).then(console.log)`;
    const { stdout } = docker('exec', collector.Name.slice(1), 'node', '-e', source);
    return [...stdout.matchAll(/^jaeger_collector_spans_received_total\{.*\} (\d+)$/gm)]
      .map(([, count]) => Number(count))
      .reduce((sum, count) => sum + count, 0);
  }

  test('a second collector takes its share, and either does without the other', async () => {
    const scaled = ['--', '--no-build', '--scale', 'jaeger-collector=2'];
    expect(await stack.npmRun('up', ...scaled)).toMatchObject({ code: 0 });
    const collectors = stack.containers('jaeger-collector');
    expect(collectors).toHaveLength(2);
    // The agent was there before, and hears of the second one within half a minute.
    await vi.waitFor(
      async () => {
        await requestAndTrace();
        for (const collector of collectors) expect(await received(collector)).toBeGreaterThan(0);
      },
      { timeout: 180_000 },
    );
    for (const collector of collectors) {
      const back = stack.crash(collector);
      await requestAndTrace();
      await back;
    }
    // From outside, too.
    for (let i = 0; i < 4; i++) await ask(stack, 14269, '/');
    expect((await stack.npmRun('up', '--', '--no-build')).code).toBe(0);
    expect(stack.containers('jaeger-collector')).toHaveLength(1);
    await requestAndTrace();
  });

  test.each([
    ['jaeger-agent', 'agent-queue', '--reporter.queue.directory=/data'],
    ['jaeger-remote-storage', 'spans', '--embedded.directory=/data'],
  ])('a second %s with the same volume is refused', (program, volume, flag) => {
    const mount = `${stack.project}_${volume}:/data`;
    const { status, stderr } = docker('run', '--rm', '-v', mount, stack.image, program, flag);
    const [holder] = stack.containers(program);
    const reason = `/data is in use by pid \\d+ on ${holder?.Config.Hostname}: stop it`;
    expect([status, stderr]).toEqual([1, expect.stringMatching(reason)]);
  });

  test('each container may crash: nothing acknowledged is lost, and the next request leaves its trace', async () => {
    const random = seededRandom(6);
    /** Of traces that a collector said it had, how many spans. */
    const acknowledged = new Map<string, number>();
    let stopped = false;
    async function post(): Promise<void> {
      while (!stopped) {
        const spans = usualSpans(random, 5, 'crash');
        const answer = await fetch(stack.url(14268, '/api/traces'), {
          method: 'POST',
          headers: { 'Content-Type': 'application/x-thrift' },
          body: encodeBinaryBatch(spans[0]?.process ?? { serviceName: '', tags: [] }, spans),
        }).catch(() => undefined);
        if (answer?.status === 202)
          for (const { traceId } of spans)
            acknowledged.set(traceId, (acknowledged.get(traceId) ?? 0) + 1);
        await delay(20);
      }
    }
    const posting = post();
    try {
      for (const service of SERVICES) {
        const [container] = stack.containers(service);
        if (container === undefined) throw new Error(`no ${service}`);
        const before = acknowledged.size;
        await stack.crash(container);
        await vi.waitFor(() => expect(acknowledged.size).toBeGreaterThan(before), ARRIVES);
        await vi.waitFor(requestAndTrace, ARRIVES);
      }
    } finally {
      stopped = true;
      await posting;
    }
    const lost: string[] = [];
    for (const [traceId, count] of acknowledged) {
      const answer = await fetch(stack.url(16686, `/api/traces/${traceId}`));
      const { data } = (await answer.json()) as TraceAnswer;
      // A batch whose acknowledgement was lost may be there as well.
      if ((data?.[0]?.spans.length ?? 0) < count) lost.push(traceId);
    }
    expect([lost, acknowledged.size > 100]).toEqual([[], true]);
  });

  test('taken down, what is stored and what the agent holds stays; with --volumes nothing does', async () => {
    const down = await stack.npmRun('down');
    expect(down).toMatchObject({ code: 0, output: expect.stringContaining('All is gone, but') });
    const kept = stack.remains();
    expect(kept.filter((what) => !what.startsWith('volume '))).toEqual([]);
    for (const volume of ['spans', 'agent-queue'])
      expect(kept).toContain(`volume ${stack.project}_${volume}`);
    expect((await stack.npmRun('up', '--', '--no-build')).code).toBe(0);
    const { data } = await ask(stack, 16686, '/api/traces?service=jaeger-http-client&limit=1');
    expect(data).toHaveLength(1);
    expect(await stack.npmRun('down', '--', '--volumes')).toMatchObject({ code: 0 });
    expect(stack.remains()).toEqual([]);
  });
});

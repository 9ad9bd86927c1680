import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHECKOUT } from '../lesson-manifest.ts';
import { deliveryFindings, deliveryWarnings } from './delivery-findings.ts';
import { processFindings } from './process-findings.ts';
import { type Run, startRun } from './run.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spoor-'));
  await symlink(join(CHECKOUT, 'node_modules'), join(folder, 'node_modules'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }\n');
});
afterAll(() => rm(folder, { recursive: true }));

let count = 0;
async function run(source: string, options: { port?: number; silentMs?: number } = {}) {
  const file = join(folder, `program-${++count}.ts`);
  await writeFile(file, source);
  const { silentMs, ...program } = options;
  return startRun({
    program: { name: 'program', file, ...program },
    file,
    env: { JAEGER_AGENT_PORT: '9', JAEGER_SAMPLER_TYPE: 'const', JAEGER_SAMPLER_PARAM: '1' },
    silentMs,
  });
}

async function ended(source: string): Promise<Run> {
  const each = await run(source);
  await each.finish();
  return each;
}

const OURS = `
  import { initTracer } from '@spoor/client';
  const tracer = initTracer({ serviceName: 'ours', sampler: { type: 'const', param: 1 } });
  const close = () => tracer.close();`;
const NPM = `
  import jaeger from 'jaeger-client';
  const reporter = { agentHost: '127.0.0.1', agentPort: 9 };
  const sampler = { type: 'const', param: 1 };
  const tracer = jaeger.initTracer({ serviceName: 'npm', sampler, reporter }, {});
  const close = () => new Promise((done) => tracer.close(done));`;
const SPANS = `
  const root = tracer.startSpan('root');
  tracer.startSpan('child', { childOf: root }).finish();
  const headers = {};
  tracer.inject(root, 'http_headers', headers);
  tracer.extract('http_headers', headers);
  root.finish();
  root.finish();
  await close();`;

describe.each([
  ['our tracer', OURS, 'compact'],
  ['npm jaeger-client', NPM, 'binary'],
])('of a program with %s', (_what, tracer, encoding) => {
  test('it is known what it started, finished, carried and sent', async () => {
    const { tap, sent, clientUuids, traceIds, counters, ending } = await ended(tracer + SPANS);
    expect(ending).toMatchObject({ code: 0, signal: null });
    const seen = tap.map(({ type }) => type).filter((type) => type !== 'report');
    expect(seen).toEqual([
      'start',
      'start',
      'finish',
      'inject',
      'extract',
      'finish',
      'finish-again',
      'close',
      'datagram',
    ]);
    expect(tap.find(({ type }) => type === 'inject')).toMatchObject({ keys: ['uber-trace-id'] });
    expect(sent).toMatchObject([{ door: { kind: 'agent', port: 9 }, encoding }]);
    expect(sent[0]?.spans.map(({ operationName }) => operationName)).toEqual(['child', 'root']);
    expect([clientUuids.size, traceIds.size]).toEqual([1, 1]);
    // Only ours counts for itself.
    expect(counters.map((line) => line.counters.finished)).toEqual(
      encoding === 'compact' ? [2] : [],
    );
  });

  test.each<[string, string, string, string?]>([
    ['a span that is never finished', `tracer.startSpan('a'); await close();`, 'T-UNFINISHED'],
    [
      'an end before the last packet',
      `tracer.startSpan('a').finish(); process.exit(0);`,
      'R-NOFLUSH',
    ],
    [
      'spans after the close',
      `const s = tracer.startSpan('a'); await close(); s.finish();`,
      'R-NOFLUSH',
      'CLOSED',
    ],
    ['a port where nobody is', SPANS, 'R-WRONGPORT', 'ELSEWHERE'],
  ])('%s is told', async (_mistake, source, rule, variant) => {
    const of = await ended(tracer + source);
    expect(processFindings(of)).toEqual([]);
    const findings = deliveryFindings(of, [], { agent: { port: 6831 }, names: new Set(['a']) });
    expect(findings).toMatchObject([{ rule, ...(variant && { variant }) }]);
  });

  test('a second finish() is a warning', async () => {
    expect(deliveryWarnings(await ended(tracer + SPANS))).toMatchObject([
      { rule: 'T-DOUBLE', params: { span: 'root' } },
    ]);
  });
});

describe('a program that', () => {
  test('uses a tracer which does nothing is told by that tracer', async () => {
    const of = await ended(
      `import { globalTracer } from 'opentracing'; globalTracer().startSpan('a');`,
    );
    expect(of.tap).toMatchObject([{ type: 'noop-start', operationName: 'a' }]);
    expect(deliveryFindings(of, [], { names: new Set(['a']) })).toMatchObject([{ rule: 'T-NOOP' }]);
  });

  test('waits for ever is ended', async () => {
    const of = await run(`console.log('there'); setInterval(() => {}, 1000);`, { silentMs: 200 });
    await of.finish();
    expect(of.hung).toBe(true);
    expect(processFindings(of)).toMatchObject([{ rule: 'W-HANG' }]);
  });

  test('listens elsewhere is told where', async () => {
    const of = await run(`import net from 'node:net'; net.createServer().listen(0);`, { port: 1 });
    expect(await of.listening()).toBe(false);
    const [finding] = processFindings(of, { listens: false });
    expect(finding).toMatchObject({ rule: 'W-PORT', variant: 'ELSEWHERE', params: { port: 1 } });
    await of.stop();
  });

  test('is stopped still tells its counters', async () => {
    const of = await run(`${OURS} tracer.startSpan('a'); setInterval(() => {}, 1000);`);
    await of.tapped('start', undefined, 30_000);
    await of.stop();
    expect(of.counters.map(({ counters }) => counters.started)).toEqual([1]);
  });
});

describe('a program that must wait for what it needs', () => {
  const source = `console.log('runs');`;
  const start = async (ready: Promise<unknown>) => {
    const file = join(folder, `program-${++count}.ts`);
    await writeFile(file, source);
    return startRun({ program: { name: 'program', file }, file, env: {}, ready });
  };

  test('runs when it is there', async () => {
    let open = () => {};
    const ready = new Promise<void>((resolve) => {
      open = resolve;
    });
    const of = await start(ready);
    const finished = of.finish();
    expect(of.lines).toEqual([]);
    open();
    expect((await finished).code).toBe(0);
    expect([of.lines, of.hung]).toEqual([['runs'], false]);
  });

  test('does not run if it never comes', async () => {
    let fail = (_: Error) => {};
    const ready = new Promise<void>((_, reject) => {
      fail = reject;
    });
    const of = await start(ready);
    const finished = of.finish();
    fail(new Error('no backend'));
    await expect(finished).rejects.toThrow('no backend');
    await of.stop();
    expect(of.lines).toEqual([]);
  });

  test('can be stopped before', async () => {
    const of = await start(new Promise(() => {}));
    const finished = of.finish();
    await of.stop();
    await finished;
    expect(of.lines).toEqual([]);
  });
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { complaints, holding, once, onceFailing, printed } from './lesson-command.ts';
import { NetworkNamespace, whyNoNamespaces } from './network-namespace.ts';

const reason = whyNoNamespaces();
if (reason) console.log(`skipped: lesson 1 as a user runs it (${reason})`);
const skip = reason !== undefined && !process.env['CI'];

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'spoor-'));
});
afterAll(() => rm(root, { recursive: true }));

const storeIn = (name: string) => ({ EMBEDDED_DIRECTORY: join(root, name) });

describe.skipIf(skip).concurrent('npm run lesson:1', { timeout: 180_000 }, () => {
  test('sends a span on both ways, and the four samplers keep what they should', async () => {
    await using namespace = await NetworkNamespace.open();
    const lesson = namespace.run(once(1), storeIn('whole'));
    expect([await lesson.ended, complaints(lesson)]).toEqual([0, []]);
    const lines = printed(lesson);
    expect(lines).toContain('step 1: LocalAgentHostPort 127.0.0.1:6831: sent 1 of 1 spans');
    expect(lines).toContain(
      'step 2: CollectorEndpoint http://127.0.0.1:14268/api/traces: sent 1 of 1 spans',
    );
    expect(lesson.output()).toMatch(/^✓ 2 traces arrived whole: 2 of 2 spans/m);
    expect(lesson.output()).toMatch(/sampler\.param=true · sampler\.type=const/);
    expect(lesson.output()).toMatch(/process: client-uuid=/);

    const kept = (sampler: string) => {
      const [line = ''] = lines.filter((each) => each.trim().startsWith(`${sampler}: `));
      return Number(/: (\d+) kept/.exec(line)?.[1]);
    };
    expect([kept('const 0'), kept('const 1')]).toEqual([0, 2000]);
    // Six standard deviations of 13.4, either side: chance alone goes beyond them once in 500 million runs.
    expect(kept('probabilistic 0.1')).toBeGreaterThanOrEqual(119);
    expect(kept('probabilistic 0.1')).toBeLessThanOrEqual(281);
    // Two a second for three seconds, and up to two that were saved; more where the machine was late.
    const seconds = Number(/kept in ([\d.]+) s/.exec(lesson.output())?.[1]);
    expect(seconds).toBeGreaterThanOrEqual(3);
    expect(kept('rateLimiting 2')).toBeGreaterThanOrEqual(2);
    expect(kept('rateLimiting 2')).toBeLessThanOrEqual(Math.floor(2 * (seconds + 0.05)) + 2);
    expect([kept('remote, told 0.0'), kept('remote, told 1.0')]).toEqual([0, 2000]);
    expect(await namespace.processes()).toEqual(new Map());
  });

  test('says that the trace which went to no collector is missing', async () => {
    await using namespace = await NetworkNamespace.open();
    const nowhere = { JAEGER_ENDPOINT: 'http://127.0.0.1:9/api/traces', SPOOR_TIME_SCALE: '0' };
    const lesson = namespace.run(once(1), { ...storeIn('half'), ...nowhere });
    expect(await lesson.ended).toBe(1);
    expect(printed(lesson)).toContain(
      'step 2: CollectorEndpoint http://127.0.0.1:9/api/traces: sent 0 of 1 spans',
    );
    expect(complaints(lesson)).toEqual([
      '✗ The trace is not what the lesson tells (1):',
      '✗   2 traces were expected, 1 arrived',
    ]);
  });

  test('names who holds port 14268', async () => {
    await using namespace = await NetworkNamespace.open();
    const holder = namespace.run(holding(14268));
    await holder.until(/holding/);
    const line = new RegExp(`^✗ :14268 is held by pid ${holder.child.pid} \\(node -e `);
    await onceFailing(namespace, once(1), storeIn('held'), line);
  });
});

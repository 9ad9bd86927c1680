import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  complaints,
  holding,
  inTerminal,
  once,
  onceFailing,
  printed,
  STACK_TRACE,
} from './lesson-command.ts';
import { NetworkNamespace, whyNoNamespaces } from './network-namespace.ts';

const reason = whyNoNamespaces();
if (reason) console.log(`skipped: lesson 2 as a user runs it (${reason})`);
const skip = reason !== undefined && !process.env['CI'];

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'spoor-'));
});
afterAll(() => rm(root, { recursive: true }));

const storeIn = (name: string) => ({ EMBEDDED_DIRECTORY: join(root, name) });
const QUICK = { SPOOR_TIME_SCALE: '0.01' };

describe.skipIf(skip).concurrent('npm run lesson:2', { timeout: 180_000 }, () => {
  test('shows the four spans of the trace, with the seed’s times', async () => {
    await using namespace = await NetworkNamespace.open();
    const lesson = namespace.run(once(2), storeIn('whole'));
    expect([await lesson.ended, complaints(lesson)]).toEqual([0, []]);
    expect(printed(lesson)).toEqual([
      'Initializing logging reporter',
      'req: callService1, requesting...',
      ...Array.from({ length: 4 }, () => expect.stringMatching(/^Reporting span [0-9a-f:]+:1$/)),
    ]);
    const lines = [
      /^\$ node --import tsx lessons\/02-inner\/solution\/inner\.ts$/m,
      /^ {2}RootSpanOpname .*█.* (4\.\d+|[5-9]\.\d+|\d\d\.\d) s$/m,
      /^ {4}tayKey=tagValue$/m,
      /^ {2}└ Service1Opname .*█.* [3-9]\.\d+ s$/m,
      /^ {4}└ Service2Opname .*█/m,
      /^ {2}└ Service2Opname .*█/m,
      /event=service2-call request=CallService2-2[\s\S]*event=service2-call request=callService2$/m,
      /^✓ The trace arrived whole: 4 of 4 spans/m,
    ];
    for (const line of lines) expect(lesson.output()).toMatch(line);
    expect(await namespace.processes()).toEqual(new Map());
  });

  test('stays in a terminal after its program has ended, and leaves no process', async () => {
    await using namespace = await NetworkNamespace.open();
    const lesson = namespace.run(inTerminal(2), { ...storeIn('terminal'), ...QUICK });
    await lesson.until(/Ctrl-C ends it/);
    lesson.child.stdin?.write('\x03');
    // 130 is from the shell that npm puts in between.
    expect([0, 130]).toContain(await lesson.ended);
    await namespace.emptied();
    expect(lesson.output()).not.toMatch(STACK_TRACE);
  });

  test('is interrupted while its program runs, and leaves no process', async () => {
    await using namespace = await NetworkNamespace.open();
    const lesson = namespace.run(inTerminal(2), storeIn('interrupted'));
    await lesson.until(/requesting\.\.\./);
    lesson.child.stdin?.write('\x03');
    expect(await lesson.ended).toBe(130);
    await namespace.emptied();
    expect(lesson.output()).not.toMatch(STACK_TRACE);
  });

  test('runs on a backend that was named, and says when there is none', async () => {
    await using namespace = await NetworkNamespace.open();
    const named = [...once(2), '--query', 'http://localhost:16686'];
    const missing = /^✗ No backend answers at http:\/\/localhost:16686 \(ECONNREFUSED\)/;
    await onceFailing(namespace, named, QUICK, missing);

    const stack = namespace.run(['npm', 'start'], storeIn('named'));
    await stack.until(/Ctrl-C ends it/);
    const lesson = namespace.run(named, QUICK);
    expect([await lesson.ended, complaints(lesson)]).toEqual([0, []]);
    expect(lesson.output()).toMatch(/^Backend: .*16686 \(was running already; .* came back/m);
  });

  test('names who holds a port of the stack', async () => {
    await using namespace = await NetworkNamespace.open();
    const holder = namespace.run(holding(14250));
    await holder.until(/holding/);
    const line = new RegExp(`^✗ :14250 is held by pid ${holder.child.pid} \\(node -e `);
    await onceFailing(namespace, once(2), storeIn('held'), line);
  });

  test('takes nobody to be greeted', async () => {
    await using namespace = await NetworkNamespace.open();
    const line = /^✗ one argument too many: "Ada"; --help lists the flags$/;
    await onceFailing(namespace, once(2, 'Ada'), storeIn('arguments'), line);
  });
});

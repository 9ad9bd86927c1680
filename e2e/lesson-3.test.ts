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
  STACK_TRACE,
} from './lesson-command.ts';
import { NetworkNamespace, whyNoNamespaces } from './network-namespace.ts';

const ONCE = once(3);

const reason = whyNoNamespaces();
if (reason) console.log(`skipped: lesson 3 as a user runs it (${reason})`);
const skip = reason !== undefined && !process.env['CI'];

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'spoor-'));
});
afterAll(() => rm(root, { recursive: true }));

/** A store of one's own, in the way in which all-in-one takes it. */
const storeIn = (name: string) => ({ EMBEDDED_DIRECTORY: join(root, name) });

// Each case starts half a dozen programs, in a network of its own.
describe.skipIf(skip).concurrent('npm run lesson:3', { timeout: 180_000 }, () => {
  test('shows the trace and keeps it; runs on a running stack too; all ends at Ctrl-C', async () => {
    await using namespace = await NetworkNamespace.open();
    const first = namespace.run(ONCE, storeIn('whole'));
    expect([await first.ended, complaints(first)]).toEqual([0, []]);
    const lines = [
      /^http-client {3}\| [\d/: ]+ Initializing logging reporter$/m,
      /^http-service1 \| [\d/: ]+ Initializing logging reporter$/m,
      /^http-service1 \| [\d/: ]+ Reporting span [0-9a-f]{16}:[0-9a-f]{16}:[0-9a-f]{16}:1$/m,
      /^http-client {3}\| [\d/: ]+ Reporting span [0-9a-f]{16}:[0-9a-f]{16}:0{16}:1$/m,
      /^Backend: http:\/\/localhost:16686 \(started by this command/m,
      /^GET http:\/\/localhost:2333\/http$/m,
      /^200 Jaeger Http$/m,
      /^ {2}jaegerHttpOpname .*█.* [\d.]+ s$/m,
      /^ {2}└ CallHttpService1Opname .*█.* [\d.]+ s$/m,
      /^ {4}└ jaegerHttpService1Opname .*█.* [\d.]+ s$/m,
      /^✓ The trace arrived whole: 3 of 3 spans/m,
      /services\/src\/http-client\.ts[\s\S]*services\/src\/http-service1\.ts/,
    ];
    for (const line of lines) expect(first.output()).toMatch(line);
    const [, traceId] = await first.until(/localhost:16686\/trace\/([0-9a-f]{16})$/m);
    expect(await namespace.processes()).toEqual(new Map());

    const stack = namespace.run(['npm', 'start'], storeIn('whole'));
    await stack.until(/Ctrl-C ends it/);
    const url = `http://localhost:16686/api/traces/${traceId}`;
    const stored = await namespace.evaluate(`
      const { data: [trace] } = await (await fetch('${url}')).json();
      console.log(trace.spans.map((span) => span.operationName).sort().join(' '));`);
    expect(stored).toBe('CallHttpService1Opname jaegerHttpOpname jaegerHttpService1Opname\n');

    const second = namespace.run(ONCE, storeIn('not-used'));
    expect([await second.ended, complaints(second)]).toEqual([0, []]);
    expect(second.output()).toMatch(/^Backend: .*16686 \(was running already; .* came back/m);
    process.kill(await namespace.pidOf(/^\S*node .*start\.ts/), 'SIGINT');
    expect(await stack.ended).toBe(0);
    expect(await namespace.processes()).toEqual(new Map());
  });

  test.each([2334, 6831, 14250])('names who holds port %i', { timeout: 180_000 }, async (port) => {
    await using namespace = await NetworkNamespace.open();
    const held =
      port === 6831
        ? [
            process.execPath,
            '-e',
            `require('dgram').createSocket('udp4').bind(${port}, '127.0.0.1', () => console.log('holding'))`,
          ]
        : holding(port);
    const holder = namespace.run(held);
    await holder.until(/holding/);
    const line = new RegExp(
      `^✗ :${port} is held by pid ${holder.child.pid} \\(node -e .*stop that process`,
    );
    await onceFailing(namespace, ONCE, storeIn(`held-${port}`), line);
  });

  test.each([
    ['talks nonsense', `socket.end('nonsense\\r\\n\\r\\n')`],
    ['never answers', ''],
  ])('names who holds 16686 and %s', async (what, onConnection) => {
    await using namespace = await NetworkNamespace.open();
    const holder = namespace.run(holding(16686, onConnection));
    await holder.until(/holding/);
    const line = new RegExp(
      `^✗ :16686 is held by pid ${holder.child.pid} \\(node -e .*--query URL`,
    );
    await onceFailing(namespace, ONCE, storeIn(what), line);
  });

  test('says which service died on the way', async () => {
    await using namespace = await NetworkNamespace.open();
    const lesson = namespace.run(ONCE, storeIn('killed'));
    await lesson.until(/^GET /m);
    process.kill(await namespace.pidOf(/^\S*node .*services\/src\/http-service1\.ts/), 'SIGKILL');
    expect(await lesson.ended).toBe(1);
    expect(complaints(lesson)).toEqual([
      expect.stringMatching(/^✗ http-service1 stopped by itself with signal SIGKILL\./),
    ]);
    expect(lesson.output()).not.toMatch(STACK_TRACE);
    expect(await namespace.processes()).toEqual(new Map());
  });

  test('says what is wrong with a trace that is not as it should be', async () => {
    await using namespace = await NetworkNamespace.open();
    const other = { HTTP_SERVICE1_URL: 'http://127.0.0.1:2334/httpService1' };
    const lesson = namespace.run(ONCE, { ...storeIn('other'), ...other });
    expect(await lesson.ended).toBe(1);
    expect(complaints(lesson)).toEqual([
      '✗ The trace is not what the lesson tells (1):',
      `✗   span CallHttpService1Opname has the tag http.url=${other.HTTP_SERVICE1_URL}, expected http://localhost:2334/httpService1`,
    ]);
    expect(lesson.output()).not.toContain('arrived whole');
  });

  test('says that the backend went away', async () => {
    await using namespace = await NetworkNamespace.open();
    const stack = namespace.run(['npm', 'start'], storeIn('vanishing'));
    await stack.until(/Ctrl-C ends it/);
    const lesson = namespace.run(ONCE);
    await lesson.until(/^GET /m);
    process.kill(await namespace.pidOf(/^\S*node .*start\.ts/), 'SIGKILL');
    expect(await lesson.ended).toBe(1);
    // By a connection that is refused, or that breaks in the middle of an answer.
    expect(complaints(lesson)).toEqual([
      expect.stringMatching(
        /^✗ The backend at http:\/\/localhost:16686 went away \((ECONN|UND_ERR_SOCKET)/,
      ),
    ]);
    expect(lesson.output()).not.toMatch(STACK_TRACE);
  });

  test('takes over the store of a stack that ends while the learner looks around', async () => {
    await using namespace = await NetworkNamespace.open();
    const stack = namespace.run(['npm', 'start'], storeIn('handed-over'));
    await stack.until(/Ctrl-C ends it/);
    const lesson = namespace.run(inTerminal(3), storeIn('handed-over'));
    const [link] = await lesson.until(/localhost:16686\/trace\/[0-9a-f]{16}/);
    await lesson.until(/Ctrl-C ends it/);
    process.kill(await namespace.pidOf(/^\S*node .*start\.ts/), 'SIGINT');
    expect(await stack.ended).toBe(0);
    await lesson.until(new RegExp(`took over[\\s\\S]*${link}`));
    lesson.child.stdin?.write('\x03');
    await namespace.emptied();
  });

  test('says nothing more after Ctrl-C while the request is under way', async () => {
    await using namespace = await NetworkNamespace.open();
    const lesson = namespace.run(inTerminal(3), storeIn('interrupted'));
    await lesson.until(/^GET /m);
    lesson.child.stdin?.write('\x03');
    expect(await lesson.ended).toBe(130);
    expect(lesson.output()).toMatch(/Interrupted before the trace was whole\.\s*$/);
    await namespace.emptied();
  });

  test('waits for a backend that is only slow', async () => {
    await using namespace = await NetworkNamespace.open();
    const stack = namespace.run(['npm', 'start'], storeIn('slow'));
    await stack.until(/Ctrl-C ends it/);
    const lesson = namespace.run(inTerminal(3), storeIn('slow'));
    await lesson.until(/Ctrl-C ends it/);
    const pid = await namespace.pidOf(/^\S*node .*start\.ts/);
    process.kill(pid, 'SIGSTOP');
    await lesson.until(/does not answer \(timeout\)\. Waiting for it\./);
    process.kill(pid, 'SIGCONT');
    expect(lesson.output()).not.toContain('went away');
    lesson.child.stdin?.write('\x03');
    expect([0, 130]).toContain(await lesson.ended);
    process.kill(pid, 'SIGINT');
    expect(await stack.ended).toBe(0);
  });

  test.each(['Ctrl-C', 'a closed terminal'])('leaves no process after %s', async (how) => {
    await using namespace = await NetworkNamespace.open();
    const lesson = namespace.run(inTerminal(3), storeIn(how));
    await lesson.until(/Ctrl-C ends it/);
    if (how === 'Ctrl-C') {
      lesson.child.stdin?.write('\x03');
      // 130 is from the shell that npm puts in between: it had the Ctrl-C from the terminal, too.
      expect([0, 130]).toContain(await lesson.ended);
    } else {
      lesson.child.kill('SIGKILL');
      await lesson.ended;
    }
    await namespace.emptied();
    expect(lesson.output()).not.toMatch(STACK_TRACE);
  });
});

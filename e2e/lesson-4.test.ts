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
if (reason) console.log(`skipped: lesson 4 as a user runs it (${reason})`);
const skip = reason !== undefined && !process.env['CI'];

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'spoor-'));
});
afterAll(() => rm(root, { recursive: true }));

const storeIn = (name: string) => ({ EMBEDDED_DIRECTORY: join(root, name) });

const SPAN = /^Reporting span ([0-9a-f]{16}):([0-9a-f]{16}):([0-9a-f]{16}):1$/;
const [CLIENT, SERVER] = ['greeter-client', 'greeter'].map((name) => [
  process.execPath,
  '--import',
  'tsx',
  `services/src/${name}.ts`,
]) as [string[], string[]];

describe.skipIf(skip).concurrent('npm run lesson:4', { timeout: 180_000 }, () => {
  test('greets who is named, in one trace of two services', async () => {
    await using namespace = await NetworkNamespace.open();
    const lesson = namespace.run(once(4, 'Ada'), storeIn('whole'));
    expect([await lesson.ended, complaints(lesson)]).toEqual([0, []]);
    expect(printed(lesson)).toContain('server response: Hello Ada');
    const lines = [
      /^greeter {8}\| listening on localhost:50051$/m,
      /^\$ node --import tsx services\/src\/greeter-client\.ts Ada$/m,
      /^ {2}\/protos\.Greeter\/SayHello .*█/m,
      /^ {4}jaeger-gRPC-client\n {4}component=gRPC · span\.kind=client$/m,
      /^ {2}└ \/protos\.Greeter\/SayHello .*█/m,
      /^ {6}jaeger-gRPC-server\n {6}baggage=gRPC-Baggage · component=gRPC · span\.kind=server$/m,
      /^✓ The trace arrived whole: 2 of 2 spans/m,
    ];
    for (const line of lines) expect(lesson.output()).toMatch(line);
    expect(await namespace.processes()).toEqual(new Map());
  });

  test('shows the trace of a call that failed, and why it did', async () => {
    await using namespace = await NetworkNamespace.open();
    const line =
      /^✗ greeter-client ended with exit code 1: client call SayHello\(\) failed: 13 INTERNAL: boom\.$/;
    const lesson = await onceFailing(namespace, once(4, 'boom'), storeIn('boom'), line);
    expect(lesson.output()).toMatch(/error=true[\s\S]*event=error message=13 INTERNAL: boom/);
    expect(lesson.output()).toMatch(/See it in the browser: /);
    expect(await namespace.processes()).toEqual(new Map());
  });

  test('names who holds port 50051', async () => {
    await using namespace = await NetworkNamespace.open();
    const holder = namespace.run(holding(50051));
    await holder.until(/holding/);
    const { pid } = holder.child;
    const line = new RegExp(`^✗ :50051 is held by pid ${pid} \\(node -e .*needs it for greeter`);
    await onceFailing(namespace, once(4), storeIn('held'), line);
    const greeter = namespace.run(SERVER);
    expect(await greeter.ended).toBe(1);
    expect(greeter.output()).toMatch(
      /^:50051 is already in use: stop the process that listens there$/m,
    );
    expect(greeter.output()).not.toMatch(STACK_TRACE);
  });

  test('greets the world if nobody is named, stays, and leaves no process after Ctrl-C', async () => {
    await using namespace = await NetworkNamespace.open();
    const lesson = namespace.run(inTerminal(4), storeIn('terminal'));
    await lesson.until(/server response: Hello World[\s\S]*Ctrl-C ends it/);
    lesson.child.stdin?.write('\x03');
    expect([0, 130]).toContain(await lesson.ended);
    await namespace.emptied();
    expect(lesson.output()).not.toMatch(STACK_TRACE);
  });
});

/** The programs of the lesson by themselves; their spans go to nobody. */
describe.skipIf(skip).concurrent('the greeter', { timeout: 180_000 }, () => {
  const lines = (text: string) =>
    text.split('\n').map((line) => line.replace(/^\d{4}\/\d\d\/\d\d [\d:]{8} /, ''));

  test('answers its client, which continues nobody’s trace', async () => {
    await using namespace = await NetworkNamespace.open();
    const greeter = namespace.run(SERVER);
    await greeter.until(/listening on localhost:50051/);
    const client = namespace.run([...CLIENT, 'Ada']);
    expect(await client.ended).toBe(0);
    expect(lines(client.output())).toContain('server response: Hello Ada');
    const [, traceId, clientId] = SPAN.exec(
      lines(client.output()).find((line) => SPAN.test(line)) ?? '',
    ) as RegExpExecArray;
    expect(clientId).toBe(traceId);
    await greeter.until(new RegExp(`Reporting span ${traceId}:[0-9a-f]{16}:${clientId}:1`));
    // A caller that does not trace.
    const plain = await namespace.evaluate(`
      import { credentials, loadPackageDefinition } from '@grpc/grpc-js';
      import { loadSync } from '@grpc/proto-loader';
      const { protos } = loadPackageDefinition(loadSync('protos/helloworld.proto'));
      const client = new protos.Greeter('localhost:50051', credentials.createInsecure());
      client.SayHello({}, (error, reply) => {
        console.log(error?.message ?? reply.msg);
        client.close();
      });`);
    expect(plain).toBe('Hello \n');
    await greeter.until(/ Extract from metadata failed: .+\n/);
    process.kill(await namespace.pidOf(/^\S*node .*greeter\.ts/), 'SIGTERM');
    expect(await greeter.ended).toBe(0);
  });

  test.each([
    ['nobody listens', undefined],
    ['what listens is no gRPC server', `socket.end('nonsense\\r\\n\\r\\n')`],
  ])('cannot be reached if %s', async (_, onConnection) => {
    await using namespace = await NetworkNamespace.open();
    if (onConnection) await namespace.run(holding(50051, onConnection)).until(/holding/);
    const client = namespace.run(CLIENT);
    expect(await client.ended).toBe(1);
    expect(lines(client.output())).toContain("can't connect to the server: localhost:50051");
    expect(client.output()).not.toMatch(STACK_TRACE);
  });

  test('that dies before it answers is told, and the call is still reported', async () => {
    await using namespace = await NetworkNamespace.open();
    const dying = namespace.run([
      process.execPath,
      '--input-type=module',
      '-e',
      `import { createServer } from 'node:http2';
       createServer().on('stream', () => process.exit()).listen(50051, '127.0.0.1', () => console.log('holding'));`,
    ]);
    await dying.until(/holding/);
    const client = namespace.run(CLIENT);
    expect(await client.ended).toBe(1);
    expect(lines(client.output())).toEqual(
      expect.arrayContaining([
        expect.stringMatching(SPAN),
        expect.stringMatching(/^client call SayHello\(\) failed: 14 UNAVAILABLE/),
      ]),
    );
    expect(client.output()).not.toMatch(STACK_TRACE);
  });

  test.each([
    ['server', SERVER],
    ['client', CLIENT],
  ])('%s ends if there can be no tracer', async (_, command) => {
    await using namespace = await NetworkNamespace.open();
    const program = namespace.run(command, { JAEGER_AGENT_PORT: 'none' });
    expect(await program.ended).toBe(1);
    expect(program.output()).toMatch(/^ERROR: can't init jaeger: .*'none'/);
    expect(program.output()).not.toMatch(STACK_TRACE);
  });
});

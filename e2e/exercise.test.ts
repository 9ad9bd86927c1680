import {
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { complaints, holding, STACK_TRACE } from './lesson-command.ts';
import { CHECKOUT, NetworkNamespace, type Running, whyNoNamespaces } from './network-namespace.ts';

const reason = whyNoNamespaces();
if (reason) console.log(`skipped: exercises as a learner works on them (${reason})`);
const skip = reason !== undefined && !process.env['CI'];

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'spoor-learners-'));
});
afterAll(() => rm(root, { recursive: true }));

/** A learner of our own: their root, as laid out as the checkout is. */
class Learner {
  readonly root: string;
  readonly env: Readonly<Record<string, string>>;

  private constructor(folder: string) {
    this.root = folder;
    this.env = {
      SPOOR_LEARNER_ROOT: folder,
      EMBEDDED_DIRECTORY: join(folder, 'data'),
      BROWSER: 'none',
      // Without colours pages can be read as text.
      NO_COLOR: '1',
    };
  }

  static async begin(name: string): Promise<Learner> {
    const folder = join(root, name);
    await mkdir(folder);
    await symlink(join(CHECKOUT, 'node_modules'), join(folder, 'node_modules'));
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }\n');
    return new Learner(folder);
  }

  file(lesson: string, name: string): string {
    return join(this.root, 'work', lesson, name);
  }

  /** Does what the README tells, in one go. */
  async solve(): Promise<void> {
    await copyFile(
      join(CHECKOUT, 'lessons/02-inner/solution/inner.ts'),
      this.file('02-inner', 'inner.ts'),
    );
  }

  async progress() {
    return JSON.parse(await readFile(join(this.root, '.progress.json'), 'utf8'));
  }
}

const plain = (script: string, ...args: string[]) => ['npm', 'run', '-s', script, '--', ...args];

/** With a terminal of 100 by 40, which is looked at afterwards: is it as it was before? */
const inTerminal = (script: string, ...args: string[]) => [
  'script',
  '-qfec',
  `stty cols 100 rows 40; npm run -s ${script} -- ${args.join(' ')}; echo "exit code $?"; stty -a | tr ';' '\\n' | grep -oE '[ -](icanon|echo) ' | tr '\\n' ','; echo "end"`,
  '/dev/null',
];

/** Its links answered while it ran. */
const STACK_ENDED = /ended with it: http:\/\/localhost:16686 .* npm start brings it back/;
const AS_BEFORE = / icanon , echo ,end/;

/** What was shown since the page before: pages are painted over each other. */
const lastPage = ({ output }: Running) =>
  stripVTControlCharacters(output().split('\x1b[H').at(-1) ?? '');

/** Resolves once the page that is shown matches. */
async function shows(running: Running, pattern: RegExp): Promise<string> {
  await expect.poll(() => lastPage(running), { timeout: 120_000, interval: 50 }).toMatch(pattern);
  return lastPage(running);
}

function press(running: Running, key: string): void {
  running.child.stdin?.write(key);
}

async function leftClean(namespace: NetworkNamespace, exercise: Running): Promise<void> {
  expect(await exercise.ended).toBe(0);
  expect(exercise.output()).toMatch(AS_BEFORE);
  expect(exercise.output()).not.toMatch(STACK_TRACE);
  // The cursor is there again.
  expect(exercise.output().lastIndexOf('\x1b[?25h')).toBeGreaterThan(
    exercise.output().lastIndexOf('\x1b[?25l'),
  );
  await namespace.emptied();
}

describe.skipIf(skip)('npm run exercise:2 in a terminal', { timeout: 300_000 }, () => {
  test('judges at every save, gives hints, goes on only when asked, and ends at q', async () => {
    await using namespace = await NetworkNamespace.open();
    const learner = await Learner.begin('saves');
    const exercise = namespace.run(inTerminal('exercise:2', '--lang en'), learner.env);
    const first = await shows(exercise, /✗ 3 traces instead of one[\s\S]*judged at/);
    expect(first).toMatch(/● 2\.1 /);
    expect(first).toMatch(/Copied for you to work on: inner\.ts/);
    expect(first).toMatch(/n next.*q quit/);

    press(exercise, 'h');
    await shows(exercise, /hint 1 of 3/);
    press(exercise, 'h');
    await shows(exercise, /hint 2 of 3/);
    press(exercise, 'n');
    await shows(exercise, /Step 2\.1 is not passed yet/);
    press(exercise, 'L');
    await shows(exercise, /第 2 课[\s\S]*提示 2\/3/);
    press(exercise, 'L');
    await shows(exercise, /Lesson 2/);
    press(exercise, 'd');
    await shows(
      exercise,
      /- inner\.ts \(yours\)[\s\S]*\+ initGlobalTracer\(tracer\);[\s\S]*any key goes back/,
    );
    press(exercise, 'q');
    await shows(exercise, /✗ 3 traces instead of one/);
    press(exercise, 'l');
    await shows(exercise, /○ 2\.1 .* 1 +2\s[\s\S]*any key goes back/);
    press(exercise, ' ');
    await shows(exercise, /✗ 3 traces instead of one/);

    await learner.solve();
    await shows(exercise, /✓ Step 2\.1 passed[\s\S]*`?n`? goes on to step 2\.2/);
    press(exercise, 'n');
    await shows(exercise, /✓ Step 2\.2 passed/);
    press(exercise, 'n');
    const last = await shows(exercise, /✓ All 3 steps passed[\s\S]*judged at/);
    expect(last).toMatch(/inner\.ts +the same as the finished one/);
    expect(last).toMatch(/lesson 3/);

    press(exercise, 'o');
    await shows(exercise, /no browser here[\s\S]*http:\/\/localhost:16686\/trace\/[0-9a-f]{16}/);
    press(exercise, 'x');
    await shows(exercise, /Press x again/);
    press(exercise, 'x');
    await shows(exercise, /✗ 3 traces instead of one[\s\S]*What you had is in\s[\s\S]*judged at/);
    expect(await readdir(join(learner.root, 'work'))).toContainEqual(
      expect.stringMatching(/^\.old-02-inner-/),
    );
    press(exercise, 'q');
    await leftClean(namespace, exercise);
    expect((await learner.progress()).lessons['2']).toMatchObject({ passedAt: expect.any(Number) });
  });

  test('runs the programs at their own pace, and can be interrupted while it does', async () => {
    await using namespace = await NetworkNamespace.open();
    const learner = await Learner.begin('interrupted');
    const exercise = namespace.run(inTerminal('exercise:2'), learner.env);
    await shows(exercise, /judged at/);
    press(exercise, 'r');
    await exercise.until(/inner \| req: callService1, requesting/);
    press(exercise, '\x03');
    await leftClean(namespace, exercise);
  });

  test('takes a save during a judgement for what counts', async () => {
    await using namespace = await NetworkNamespace.open();
    const learner = await Learner.begin('hurried');
    const exercise = namespace.run(inTerminal('exercise:2'), learner.env);
    await shows(exercise, /judging …/);
    await expect
      .poll(() => readFile(learner.file('02-inner', 'inner.ts'), 'utf8').catch(() => ''), {
        timeout: 60_000,
      })
      .not.toBe('');
    await shows(exercise, /judged at/);
    // A program that would keep the judge busy for a while, and its mending right after.
    await writeFile(
      learner.file('02-inner', 'inner.ts'),
      'setInterval(() => {}, 1000); console.log("busy");',
    );
    await shows(exercise, /judging …/);
    await learner.solve();
    await shows(exercise, /✓ Step 2\.1 passed/);
    expect(exercise.output()).not.toMatch(/never got done/);
    press(exercise, 'q');
    await leftClean(namespace, exercise);
  });

  test('takes over when the stack that it found goes away', async () => {
    await using namespace = await NetworkNamespace.open();
    const learner = await Learner.begin('takes-over');
    const stack = namespace.run(['npm', 'start'], learner.env);
    await stack.until(/Ctrl-C ends it/);
    const exercise = namespace.run(inTerminal('exercise:2'), learner.env);
    await shows(exercise, /judged at/);
    process.kill(await namespace.pidOf(/^\S*node .*lessons\/lib\/start\.ts/), 'SIGINT');
    await stack.ended;
    await shows(exercise, /The backend is now http:\/\/localhost:16686/);
    await learner.solve();
    await shows(exercise, /✓ Step 2\.1 passed/);
    press(exercise, 'q');
    await leftClean(namespace, exercise);
  });

  test('gives the terminal back when it is ended by force from elsewhere', async () => {
    await using namespace = await NetworkNamespace.open();
    const learner = await Learner.begin('terminated');
    const exercise = namespace.run(inTerminal('exercise:2'), learner.env);
    await shows(exercise, /judged at/);
    process.kill(await namespace.pidOf(/^\S*node .*workshop\/exercise\.ts/), 'SIGTERM');
    await leftClean(namespace, exercise);
  });
});

describe
  .skipIf(skip)
  .concurrent('npm run exercise:2 without a terminal', { timeout: 300_000 }, () => {
    test('judges once, tells it in plain lines, and ends with 0 or 1', async () => {
      await using namespace = await NetworkNamespace.open();
      const learner = await Learner.begin('plain');
      const failed = namespace.run(plain('exercise:2'), learner.env);
      expect(await failed.ended).toBe(1);
      expect(failed.output()).toMatch(/✗ 3 traces instead of one[\s\S]*npm run hint:2/);
      expect(failed.output()).not.toMatch(/q quit/);
      expect(failed.output()).not.toContain('\x1b');

      const hint = namespace.run(plain('hint:2'), learner.env);
      expect(await hint.ended).toBe(0);
      expect(hint.output()).toMatch(/✗ 3 traces instead of one[\s\S]*hint 1 of 3/);

      await learner.solve();
      const passed = namespace.run(plain('exercise:2', '--step', '3'), learner.env);
      expect([await passed.ended, complaints(passed)]).toEqual([0, []]);
      expect(passed.output()).toMatch(/✓ All 3 steps passed/);

      const progress = namespace.run(plain('progress', '--lang', 'zh-CN'), learner.env);
      expect(await progress.ended).toBe(0);
      expect(progress.output()).toMatch(/第 2 课.* 3\/3\n(?: +✓ 2\.\d .*\d\d:\d\d\n){3}/);
      await namespace.emptied();
    });

    test('shows what a mistake leaves, and plants it nowhere else', async () => {
      await using namespace = await NetworkNamespace.open();
      const learner = await Learner.begin('mistake');
      const shown = namespace.run(plain('exercise:2', '--mistake', 'wrong-context'), learner.env);
      expect([await shown.ended, complaints(shown)]).toEqual([0, []]);
      expect(shown.output()).toMatch(/● 2\.3 [\s\S]*▸ └ Service2Opname[\s\S]*✗ /);
      expect(await readdir(join(learner.root, 'work'))).toEqual([]);
      const unknown = namespace.run(plain('exercise:2', '--mistake', 'nope'), learner.env);
      expect(await unknown.ended).toBe(1);
      expect(complaints(unknown)).toEqual([
        expect.stringMatching(/no mistake "nope"; it knows .*wrong-context/),
      ]);
    });

    test('says what is wrong with a file of progress, and goes on', async () => {
      await using namespace = await NetworkNamespace.open();
      const learner = await Learner.begin('broken');
      await writeFile(join(learner.root, '.progress.json'), '{"version": 1,');
      const exercise = namespace.run(plain('exercise:2'), learner.env);
      expect(await exercise.ended).toBe(1);
      expect(exercise.output()).toMatch(/\.progress\.json could not be read \(.*\)\. It is now /);
      expect(exercise.output()).toMatch(/✗ 3 traces instead of one/);
      expect(exercise.output()).not.toMatch(STACK_TRACE);
    });
  });

describe.skipIf(skip)('npm run exercise:0', { timeout: 300_000 }, () => {
  test('asks until all is answered as the trace says', async () => {
    await using namespace = await NetworkNamespace.open();
    const learner = await Learner.begin('take-off');
    const exercise = namespace.run(inTerminal('exercise:0', '--lang en'), learner.env);
    const [, traceId] = await exercise.until(/\/trace\/([0-9a-f]{16})/);
    await exercise.until(/1\/6[\s\S]*› /);
    const { data } = JSON.parse(
      await namespace.evaluate(
        `console.log(await (await fetch('http://localhost:16686/api/traces/${traceId}')).text())`,
      ),
    );
    press(exercise, '99\r');
    await exercise.until(/That is not what the trace says/);
    press(exercise, `${data[0].spans.length}\r`);
    await exercise.until(/✓ right[\s\S]*2\/6[\s\S]*› /);
    press(exercise, '\x03');
    await exercise.ended;
    expect(exercise.output()).toMatch(/5 of 6 questions are open/);
    expect(exercise.output()).toMatch(STACK_ENDED);
    expect(exercise.output()).toMatch(AS_BEFORE);
    await namespace.emptied();
    const answers = JSON.parse(await readFile(learner.file('00-take-off', 'answers.json'), 'utf8'));
    expect(answers).toMatchObject({ spans: String(data[0].spans.length), root: '' });
    expect(answers.seed).toBe((await learner.progress()).lessons['0'].seed);
  });

  test('is the same trace again on another stack, and can be answered in the file', async () => {
    await using namespace = await NetworkNamespace.open();
    const learner = await Learner.begin('take-off-file');
    const ids = [];
    for (const directory of ['one', 'two']) {
      const env = { ...learner.env, EMBEDDED_DIRECTORY: join(learner.root, directory) };
      const exercise = namespace.run(plain('exercise:0'), env);
      expect(await exercise.ended).toBe(1);
      expect(exercise.output()).toMatch(/Question 1 has no answer yet/);
      expect(exercise.output()).toMatch(STACK_ENDED);
      ids.push(/\/trace\/([0-9a-f]{16})/.exec(exercise.output())?.[1]);
    }
    expect(ids[0]).toBe(ids[1]);
    expect(ids[0]).toMatch(/^[0-9a-f]{16}$/);
    await copyFile(
      join(CHECKOUT, 'lessons/00-take-off/solution/answers.json'),
      learner.file('00-take-off', 'answers.json'),
    );
    // Answers of somebody else's trace, checked by that one's seed.
    const check = namespace.run(plain('check:0'), learner.env);
    expect([await check.ended, complaints(check)]).toEqual([0, []]);
  });
});

describe.skipIf(skip)('npm run doctor', { timeout: 300_000 }, () => {
  test('finds nothing in the way, nor with a stack that runs', async () => {
    await using namespace = await NetworkNamespace.open();
    const learner = await Learner.begin('doctor');
    const quiet = namespace.run(plain('doctor'), learner.env);
    expect([await quiet.ended, complaints(quiet)]).toEqual([0, []]);
    expect(quiet.output()).toMatch(/✓ Stack +none runs/);
    const stack = namespace.run(['npm', 'start'], learner.env);
    await stack.until(/Ctrl-C ends it/);
    const running = namespace.run(plain('doctor'), learner.env);
    expect([await running.ended, complaints(running)]).toEqual([0, []]);
    expect(running.output()).toMatch(
      /✓ Stack +http:\/\/localhost:16686 runs; a probe span came back/,
    );
    expect(running.output()).toMatch(/✓ :14271 .* healthy/);
  });

  test('names who holds a port', async () => {
    await using namespace = await NetworkNamespace.open();
    const learner = await Learner.begin('doctor-held');
    const holder = namespace.run(holding(2334));
    await holder.until(/holding/);
    const doctor = namespace.run(plain('doctor'), learner.env);
    expect(await doctor.ended).toBe(1);
    expect(doctor.output()).toMatch(new RegExp(`✗ :2334 .* held by pid ${holder.child.pid} `));
    expect(complaints(doctor)).toEqual(['✗ 1 of these stand in the way of the lessons.']);
  });
});

describe.skipIf(skip)('the lessons page', { timeout: 300_000 }, () => {
  test('is told of verdicts from other terminals, and judges when asked', async () => {
    await using namespace = await NetworkNamespace.open();
    const learner = await Learner.begin('page');
    const stack = namespace.run(['npm', 'start'], learner.env);
    await stack.until(/Ctrl-C ends it/);
    const listener = namespace.run([
      process.execPath,
      '--input-type=module',
      '-e',
      `const { body } = await fetch('http://localhost:16686/api/lessons/events?lang=zh-CN');
       for await (const chunk of body) process.stdout.write(Buffer.from(chunk));`,
    ]);
    await listener.until(/retry: /);
    const exercise = namespace.run(
      plain('exercise:2', '--query', 'http://localhost:16686'),
      learner.env,
    );
    expect(await exercise.ended).toBe(1);
    await listener.until(
      /event: running\ndata: \{"lesson":2\}[\s\S]*event: verdict\ndata: \{"lesson":2,"verdict":\{.*"passed":false.*一条 trace 变成了 3 条/,
    );
    await learner.solve();
    const status = await namespace.evaluate(
      `const answer = await fetch('http://localhost:16686/api/lessons/2/check', { method: 'POST',
         headers: { 'Content-Type': 'application/json' }, body: '{}' }); console.log(answer.status);`,
    );
    expect(status.trim()).toBe('202');
    await listener.until(/event: verdict\ndata: \{"lesson":2,"verdict":\{.*"passed":true/);
    process.kill(await namespace.pidOf(/^\S*node .*lessons\/lib\/start\.ts/), 'SIGINT');
    // The stream ends with the stack, and does not hold it up.
    expect(await listener.ended).toBe(0);
    expect(stack.output()).not.toMatch(STACK_TRACE);
  });
});

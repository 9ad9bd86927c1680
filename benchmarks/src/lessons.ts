/**
 * What a learner waits for: `check:2` and `check:3` with the finished programs, and an exercise from its start to its
 * first judgement; each as a command of its own, with the stack that it starts. Beside each, its budget on an idle
 * machine. `npm run bench:lessons -- [rounds]`
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { scriptArgs } from '@spoor/platform';

const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url));
/** A network of its own, if the machine gives one: the lessons' ports are free there. */
const UNSHARE = ['unshare', '-rn', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh'];
const { positionals } = scriptArgs(
  {
    script: 'bench:lessons',
    takes: '[rounds]',
    summary: 'What a learner waits for.',
  },
  { allowPositionals: true },
);
const rounds = Number(positionals[0] ?? 3);

interface Contest {
  readonly name: string;
  readonly budgetSeconds: number;
  readonly lesson: number;
  readonly program: string;
  /** The learner's folder holds the finished programs; else it is not there yet. */
  readonly isFinished: boolean;
  readonly exitCode: number;
}

const CHECK = 'lessons/lib/judge/main.ts';
const EXERCISE = 'lessons/lib/workshop/exercise.ts';
const CONTESTS: readonly Contest[] = [
  { name: 'check:2', budgetSeconds: 3, lesson: 2, program: CHECK, isFinished: true, exitCode: 0 },
  { name: 'check:3', budgetSeconds: 8, lesson: 3, program: CHECK, isFinished: true, exitCode: 0 },
  {
    name: 'exercise:2, first judgement',
    budgetSeconds: 5,
    lesson: 2,
    program: EXERCISE,
    isFinished: false,
    exitCode: 1,
  },
];

async function measure({ lesson, program, isFinished, exitCode, name }: Contest): Promise<number> {
  const root = await mkdtemp(join(tmpdir(), 'spoor-bench-'));
  try {
    await symlink(join(CHECKOUT, 'node_modules'), join(root, 'node_modules'));
    await writeFile(join(root, 'package.json'), '{ "type": "module" }\n');
    if (isFinished) await copySolution(lesson, root);
    const command = [process.execPath, '--import', 'tsx', program, String(lesson)];
    const [file = '', ...args] = canUnshare ? [...UNSHARE, ...command] : command;
    const began = performance.now();
    const child = spawn(file, args, {
      cwd: CHECKOUT,
      env: {
        ...process.env,
        SPOOR_LEARNER_ROOT: root,
        EMBEDDED_DIRECTORY: join(root, 'data'),
        LANG: 'C.UTF-8',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    const [code] = (await once(child, 'close')) as [number | null];
    const seconds = (performance.now() - began) / 1000;
    if (code !== exitCode) throw new Error(`${name} ended with ${code}:\n${output}`);
    return seconds;
  } finally {
    await rm(root, { recursive: true });
  }
}

/** The finished programs, by the names that they have in a learner's folder. */
const SOLUTIONS: Readonly<Record<number, { folder: string; files: Record<string, string> }>> = {
  2: { folder: '02-inner', files: { 'inner.ts': 'lessons/02-inner/solution/inner.ts' } },
  3: {
    folder: '03-http',
    files: {
      'http-client.ts': 'services/src/http-client.ts',
      'http-service1.ts': 'services/src/http-service1.ts',
    },
  },
};

async function copySolution(lesson: number, root: string): Promise<void> {
  const { folder = '', files = {} } = SOLUTIONS[lesson] ?? {};
  const to = join(root, 'work', folder);
  await mkdir(to, { recursive: true });
  for (const [name, solution] of Object.entries(files))
    await copyFile(join(CHECKOUT, solution), join(to, name));
}

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const [tried] = (await once(
  spawn(UNSHARE[0] as string, [...UNSHARE.slice(1), 'true']),
  'exit',
).catch(() => [1])) as [number | null];
const canUnshare = tried === 0;

console.log(`node ${process.version}, ${rounds} rounds, load ${loadavg()[0]?.toFixed(1)}`);
console.log('command                        median      all                  budget');
let isWithin = true;
for (const contest of CONTESTS) {
  const all: number[] = [];
  for (let round = 0; round < rounds; round++) all.push(await measure(contest));
  const middle = median(all);
  isWithin &&= middle <= contest.budgetSeconds;
  const each = all.map((seconds) => seconds.toFixed(1)).join(' ');
  console.log(
    `${contest.name.padEnd(30)} ${`${middle.toFixed(2)} s`.padEnd(11)} ${each.padEnd(20)} ${contest.budgetSeconds} s`,
  );
}
console.log(isWithin ? 'within the budgets' : 'over a budget');

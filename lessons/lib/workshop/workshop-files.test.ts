import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadLesson } from '../lesson-manifest.ts';
import { JUDGING, judgingAlone, judgingNow } from './judging-alone.ts';
import { ensureCopy, moveCopyAside, startFolder } from './learner-copy.ts';
import { type LearnerFolders, learnerFolders } from './learner-folders.ts';
import { mistakeNames, plantMistake } from './mistake.ts';
import { watchFiles } from './watch-files.ts';

let root: string;
let folders: LearnerFolders;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'spoor-workshop-'));
  folders = learnerFolders({ SPOOR_LEARNER_ROOT: root });
});
afterEach(() => rm(root, { recursive: true }));

describe('a learner’s copy', () => {
  test('is made once, and what the learner wrote is left as it is', async () => {
    const lesson = await loadLesson(2);
    const names = (await readdir(startFolder(lesson))).sort();
    const { folder, copied } = await ensureCopy(folders, lesson);
    expect([folder, copied.toSorted()]).toEqual([join(root, 'work', '02-inner'), names]);
    await writeFile(join(folder, 'inner.ts'), '// mine');
    expect((await ensureCopy(folders, lesson)).copied).toEqual([]);
    expect(await readFile(join(folder, 'inner.ts'), 'utf8')).toBe('// mine');
    await rm(join(folder, 'inner.ts'));
    expect((await ensureCopy(folders, lesson)).copied).toEqual(['inner.ts']);
  });

  test('is moved aside whole, as often as one likes', async () => {
    const lesson = await loadLesson(2);
    const now = () => new Date(2026, 10, 22, 9, 8, 7);
    expect(await moveCopyAside(folders, lesson, now)).toBeUndefined();
    const names = [];
    for (let time = 0; time < 2; time++) {
      const { folder } = await ensureCopy(folders, lesson);
      await writeFile(join(folder, 'inner.ts'), `// ${time}`);
      names.push(await moveCopyAside(folders, lesson, now));
    }
    const old = join(root, 'work', '.old-02-inner-20261122-090807');
    expect(names).toEqual([old, `${old}-2`]);
    expect(await readFile(join(`${old}-2`, 'inner.ts'), 'utf8')).toBe('// 1');
  });
});

describe('a planted mistake', () => {
  test('is the finished program with the change in it, and is gone afterwards', async () => {
    const lesson = await loadLesson(0);
    const planted = await plantMistake(folders, lesson, 'inherited-tag');
    expect(planted.what).toMatch(/tag/);
    expect(await readFile(join(planted.folder, 'answers.json'), 'utf8')).toContain('"tag": "gate"');
    await planted.remove();
    expect(await readdir(folders.work)).toEqual([]);
  });

  test('that there is none of is refused with those that there are', async () => {
    const lesson = await loadLesson(0);
    const names = (await mistakeNames(lesson)).join(', ');
    await expect(plantMistake(folders, lesson, '../start')).rejects.toThrow(names);
  });
});

describe('judging', () => {
  const lesson = { number: 2 };

  test('is done by one at a time', async () => {
    const order: string[] = [];
    const judge = (name: string) =>
      judgingAlone(folders.verdicts, lesson, async () => {
        order.push(`${name} begins`);
        expect(await judgingNow(folders.verdicts)).toEqual({ pid: process.pid, lesson: 2 });
        order.push(`${name} ends`);
      });
    await Promise.all([judge('a'), judge('a'), judge('a')]);
    expect(order).toEqual(['a begins', 'a ends', 'a begins', 'a ends', 'a begins', 'a ends']);
    expect(await readdir(folders.verdicts)).toEqual([]);
  });

  test.each([
    ['died', JSON.stringify({ pid: 2 ** 22 + 1, lesson: 2 })],
    ['left half a line', '{"pid": 1'],
    ['left nothing', ''],
  ])('goes on where another %s', async (_what, text) => {
    await mkdir(folders.verdicts, { recursive: true });
    await writeFile(join(folders.verdicts, `${JUDGING}.json`), text);
    expect(await judgingNow(folders.verdicts)).toBeUndefined();
    expect(await judgingAlone(folders.verdicts, lesson, async () => 'done')).toBe('done');
  });

  test('is free again after it failed, and a wait for it can be broken off', async () => {
    const failing = judgingAlone(folders.verdicts, lesson, () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    await judgingAlone(folders.verdicts, lesson, async () => {
      const controller = new AbortController();
      const { signal } = controller;
      const waiting = judgingAlone(folders.verdicts, lesson, async () => 'never', {
        signal,
      });
      controller.abort();
      await expect(waiting).rejects.toThrow(/abort/i);
    });
  });
});

describe('watching a folder', () => {
  /** Names in the order in which their saves were told. */
  async function watched(change: (folder: string, told: string[]) => Promise<unknown>) {
    const folder = join(root, 'watched');
    await mkdir(folder);
    await writeFile(join(folder, 'a.ts'), '1');
    const told: string[] = [];
    const watch = await watchFiles(folder, (name) => told.push(name), 100);
    await change(folder, told);
    await watch.close();
    return told;
  }
  const soon = (told: string[], count = 1) =>
    expect.poll(() => told.length, { timeout: 20_000 }).toBe(count);

  test.each<[string, (folder: string) => Promise<unknown>]>([
    ['a file that is written', (folder) => writeFile(join(folder, 'a.ts'), '2')],
    [
      'a file that takes its place',
      async (folder) => {
        await writeFile(join(folder, '.a.ts.tmp'), '2');
        await rename(join(folder, '.a.ts.tmp'), join(folder, 'a.ts'));
      },
    ],
    ['a file that is new', (folder) => writeFile(join(folder, 'b.ts'), '2')],
    ['a file that is removed', (folder) => rm(join(folder, 'a.ts'))],
  ])('tells %s, once', async (_what, change) => {
    const told = await watched(async (folder, names) => {
      await change(folder);
      await soon(names);
    });
    expect(told).toHaveLength(1);
  });

  test('tells nothing of what editors leave beside it', async () => {
    const told = await watched(async (folder, names) => {
      for (const name of ['.a.ts.swp', 'a.ts~', '4913', '#a.ts#', 'notes.txt'])
        await writeFile(join(folder, name), 'x');
      await writeFile(join(folder, 'last.json'), '{}');
      await soon(names);
    });
    expect(told).toEqual(['last.json']);
  });
});

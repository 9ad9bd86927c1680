import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { loadLesson } from '../lesson-manifest.ts';
import { ExerciseSession } from './exercise-session.ts';
import { learnerFolders } from './learner-folders.ts';

/** Milliseconds: long enough for a busy machine. */
const SOON = 20_000;

const WAY_BACK = 'any key goes back';
let root: string;
let shown: readonly string[];
let pages: string[];
let session: ExerciseSession;
let isOver: boolean;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'spoor-session-'));
  isOver = false;
  pages = [];
  session = new ExerciseSession(await loadLesson(2), {
    folders: learnerFolders({ SPOOR_LEARNER_ROOT: root }),
    language: 'en',
    terminal: {
      paint: (_colour, text) => text,
      width: () => 100,
      rows: () => 40,
      show(lines) {
        shown = lines;
        pages.push(lines.join('\n'));
      },
      line() {},
    },
    // Nothing is judged here.
    agent: { host: '127.0.0.1', port: 9 },
    backend: async () => {
      throw new Error('no backend');
    },
  });
  void session.ended.then(() => {
    isOver = true;
  });
  await session.start();
});

afterEach(async () => {
  await session.close();
  await rm(root, { recursive: true });
});

const page = () => shown.some((line) => line.includes('q quit'));

test.each(['d', 'l'])('%s shows a sheet that says how to leave it', async (key) => {
  await session.press(key);
  expect(shown.at(-1)).toContain(WAY_BACK);
  expect(page()).toBe(false);
});

test.each(['n', 'h', 'c', 'r', 'x', 'd', 'l', 'q', ' ', '\x1b', '\x1b[A'])(
  'in a sheet %j goes back, and does nothing else',
  async (key) => {
    await session.press('l');
    await session.press(key);
    expect([page(), isOver, shown.some((line) => line.includes(WAY_BACK))]).toEqual([
      true,
      false,
      false,
    ]);
  },
);

test('after x nothing is said any more of the programs that were moved aside', async () => {
  await vi.waitFor(() => expect(pages.at(-1)).toContain('no backend'), SOON);
  pages = [];
  await session.press('x');
  await session.press('x');
  const [first] = pages.filter((text) => text.includes('What you had is in'));
  expect(first).not.toContain('no backend');
});

describe('x puts the programs aside', () => {
  const aside = () => pages.some((text) => text.includes('What you had is in'));

  test('only when it is pressed again', async () => {
    await session.press('x');
    expect(aside()).toBe(false);
    expect(pages.at(-1)).toContain('Press x again');
    await session.press('x');
    expect(aside()).toBe(true);
  });

  test('and not if another key came between', async () => {
    await session.press('x');
    await session.press('n');
    expect(pages.at(-1)).not.toContain('Press x again');
    await session.press('x');
    expect(aside()).toBe(false);
  });
});

test('on the page q leaves', async () => {
  await session.press('l');
  await session.press('q');
  await session.press('q');
  await session.ended;
  expect(isOver).toBe(true);
});

test('a terminal of another size shows the sheet again, with its way back', async () => {
  await session.press('d');
  await session.redraw();
  expect(shown.at(-1)).toContain(WAY_BACK);
});

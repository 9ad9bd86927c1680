import { relative } from 'node:path';
import type { Backend } from '../backend.ts';
import { errorText } from '../error-text.ts';
import { type Language, type Say, speaker } from '../i18n/messages.ts';
import { CheckInterrupted } from '../judge/check-lesson.ts';
import { findingWords } from '../judge/finding-words.ts';
import type { Verdict } from '../judge/verdict.ts';
import { CHECKOUT, type Lesson, loadLessons } from '../lesson-manifest.ts';
import type { ObservedTrace } from '../observed-trace.ts';
import type { Paint } from '../terminal-text.ts';
import { tracePicture } from '../trace-picture.ts';
import { filePairs, pairPicture } from './beside-solution.ts';
import { type ExerciseView, exercisePage } from './exercise-page.ts';
import { HINTS_PER_RULE, hintsShown, takeHint } from './hints.ts';
import { judgeLearner } from './judge-learner.ts';
import { judgingAlone } from './judging-alone.ts';
import { ensureCopy, moveCopyAside } from './learner-copy.ts';
import { type LearnerFolders, workFolder } from './learner-folders.ts';
import { openBrowser } from './open-browser.ts';
import {
  type BrokenProgress,
  changeProgress,
  type Progress,
  readProgress,
} from './progress-file.ts';
import { progressTable } from './progress-table.ts';
import { currentStep, forgetSteps } from './record-verdict.ts';
import { runOnce } from './run-once.ts';
import { todayFile } from './today-file.ts';
import { readVerdict, type VerdictWatch, watchVerdicts } from './verdict-files.ts';
import { type FileWatch, watchFiles } from './watch-files.ts';

/** The terminal of a session. */
export interface SessionTerminal {
  readonly paint: Paint;
  width(): number;
  rows(): number;
  /** Puts these lines in the place of all that is shown. */
  show(lines: readonly string[]): void;
  line(text: string): void;
}

export interface SessionOptions {
  readonly folders: LearnerFolders;
  readonly terminal: SessionTerminal;
  readonly language: Language;
  readonly backend: () => Promise<Backend>;
  /** A step other than the first that is not passed. */
  readonly step?: string | undefined;
  /** Told first. */
  readonly notes?: readonly string[];
}

/** How a session ends: the learner leaves, or goes on to another lesson. */
export type SessionEnd = { readonly next: number; readonly language: Language } | 'quit';

const MAX_TRACES = 4;

/** An exercise under way in a terminal: judges at every save, and does what the keys ask for. */
export class ExerciseSession {
  /** Resolves when the learner wants to leave. */
  readonly ended: Promise<SessionEnd>;
  private end: (how: SessionEnd) => void = () => {};
  private readonly lesson: Lesson;
  private readonly options: SessionOptions;
  private language: Language;
  private step = '';
  private progress: Progress = { version: 1, lessons: {} };
  private verdict: Verdict | undefined;
  private traces: readonly ObservedTrace[] = [];
  private failure: ((say: Say) => string) | undefined;
  private notes: readonly string[];
  private today: string | undefined;
  private nextNumber: number | undefined;
  /** What is shown instead of the page, until a key is pressed. */
  private sheet: (() => Promise<string[]>) | undefined;
  private running: AbortController | undefined;
  private judging: AbortController | undefined;
  private judged: Promise<void> = Promise.resolve();
  private saveWatch: FileWatch | undefined;
  private verdictWatch: VerdictWatch | undefined;
  private closed = false;

  constructor(lesson: Lesson, options: SessionOptions) {
    this.lesson = lesson;
    this.options = options;
    this.language = options.language;
    this.notes = options.notes ?? [];
    this.ended = new Promise((resolve) => {
      this.end = resolve;
    });
  }

  /** Gives the learner their copy, shows the page, and judges for the first time. */
  async start(): Promise<void> {
    const { folders } = this.options;
    const { copied } = await ensureCopy(folders, this.lesson);
    this.progress = await readProgress(folders.progressFile, this.tellBroken);
    this.step = this.options.step ?? currentStep(this.lesson, this.progress) ?? '';
    this.today = await todayFile(this.lesson);
    this.nextNumber = await nextLesson(this.lesson);
    if (copied.length > 0)
      this.notes = [
        ...this.notes,
        this.say('exercise.copied', { files: copied.join(', '), folder: this.folderText() }),
      ];
    this.judge();
    this.verdictWatch = await watchVerdicts(folders.verdicts, (name, there) => {
      if (name === this.lesson.id && there) void this.takeVerdictOfOthers();
    });
    await this.watchSaves();
  }

  private async watchSaves(): Promise<void> {
    this.saveWatch = await watchFiles(workFolder(this.options.folders, this.lesson), () => {
      this.notes = [];
      this.judge();
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    this.running?.abort();
    this.judging?.abort();
    await this.judged;
    await Promise.all([this.saveWatch?.close(), this.verdictWatch?.close()]);
  }

  /** Says something that happened beside the exercise. */
  note(tell: (say: Say) => string): void {
    this.notes = [tell(this.say)];
    this.draw();
  }

  draw(): void {
    if (this.closed || this.running) return;
    const { terminal } = this.options;
    if (this.sheet) return;
    terminal.show(exercisePage(this.view(), this.pageOptions()));
  }

  /** The terminal has another size. */
  async redraw(): Promise<void> {
    if (this.sheet) await this.showSheet(this.sheet);
    else this.draw();
  }

  async press(key: string): Promise<void> {
    if (key === 'q') {
      this.end('quit');
      return;
    }
    // A run goes on until it has ended; what it prints is not painted over.
    if (this.running) return;
    const wasSheet = this.sheet !== undefined;
    this.sheet = undefined;
    this.notes = [];
    switch (key) {
      case 'n':
        return this.next();
      case 'h':
        return this.hint();
      case 'c':
        return this.judge(this.lesson.exercise?.steps.at(-1)?.id);
      case 'r':
        return this.run();
      case 'o':
        return this.open();
      case 'd':
        return this.showSheet(() => this.diff());
      case 'l':
        return this.showSheet(() => this.list());
      case 'L':
        return this.switchLanguage();
      case 'x':
        return this.reset();
      default:
        if (wasSheet) this.draw();
    }
  }

  /** Judges up to the step at hand, or to `step`. A judgement under way is broken off: it is of what was there before. */
  judge(step = this.step): void {
    this.judging?.abort();
    const mine = new AbortController();
    this.judging = mine;
    this.sheet = undefined;
    this.draw();
    this.judged = this.judged.then(() => this.judgeNow(step, mine));
  }

  private async judgeNow(step: string, mine: AbortController): Promise<void> {
    if (mine.signal.aborted) return;
    const { folders } = this.options;
    try {
      const backend = await this.options.backend();
      const { signal } = mine;
      const verdict = await judgeLearner(this.lesson, {
        folders,
        backend,
        step,
        signal,
        onBroken: this.tellBroken,
      });
      if (signal.aborted) return;
      this.judging = undefined;
      await this.take(verdict, backend);
    } catch (error) {
      if (error instanceof CheckInterrupted) return;
      this.verdict = undefined;
      this.traces = [];
      this.failure = (say) => errorText(error, `exercise:${this.lesson.number}`, say);
    } finally {
      if (this.judging === mine) this.judging = undefined;
    }
    this.draw();
  }

  private async take(verdict: Verdict, { query }: Pick<Backend, 'query'>): Promise<void> {
    const ids = verdict.traceIds.slice(0, MAX_TRACES);
    const traces = await Promise.all(ids.map((id) => query.trace(id).catch(() => undefined)));
    const wasOpen = this.lessonIsOpen();
    this.progress = await readProgress(this.options.folders.progressFile, this.tellBroken);
    this.verdict = verdict;
    this.failure = undefined;
    this.traces = traces.filter((trace) => trace !== undefined);
    if (wasOpen && !this.lessonIsOpen()) await this.showSheet(() => this.finished(), false);
  }

  /** The lessons page can ask for a judgement too, of this stack or of another. */
  private async takeVerdictOfOthers(): Promise<void> {
    const verdict = await readVerdict(this.options.folders.verdicts, this.lesson);
    if (!verdict || this.judging || this.closed || verdict.at <= (this.verdict?.at ?? 0)) return;
    await this.take(verdict, await this.options.backend());
    this.draw();
  }

  private lessonIsOpen(): boolean {
    const known = this.progress.lessons[this.lesson.number]?.steps ?? {};
    return (this.lesson.exercise?.steps ?? []).some(({ id }) => known[id]?.passedAt === undefined);
  }

  private next(): void {
    if (!this.lessonIsOpen()) {
      const { nextNumber: next, language } = this;
      if (next === undefined) this.note((say) => say('exercise.lastLesson'));
      else this.end({ next, language });
      return;
    }
    const step = currentStep(this.lesson, this.progress) ?? this.step;
    if (this.progress.lessons[this.lesson.number]?.steps[this.step]?.passedAt === undefined) {
      this.note((say) => say('exercise.notYet', { step: this.step }));
      return;
    }
    this.step = step;
    this.judge();
  }

  private async hint(): Promise<void> {
    const { folders } = this.options;
    const shown = this.verdict && (await takeHint(folders, this.lesson, this.verdict));
    if (shown === undefined) return this.note((say) => say('exercise.noHint'));
    this.progress = await readProgress(folders.progressFile, this.tellBroken);
    if (shown > HINTS_PER_RULE) return this.showSheet(() => this.diff());
    this.draw();
  }

  private async run(): Promise<void> {
    const { terminal, folders } = this.options;
    const mine = new AbortController();
    this.running = mine;
    terminal.show([terminal.paint('bold', `  ${this.say('exercise.running')}`), '']);
    this.judging?.abort();
    try {
      const backend = await this.options.backend();
      const { say } = this;
      const { paint } = terminal;
      const line = (text: string) => terminal.line(`  ${text}`);
      const { signal } = mine;
      const folder = workFolder(folders, this.lesson);
      await this.judged;
      const traces = await judgingAlone(
        folders.verdicts,
        this.lesson,
        () => runOnce(this.lesson, { folder, backend, say, paint, line, signal }),
        { signal },
      );
      for (const trace of traces) {
        terminal.line('');
        terminal.line(tracePicture(trace, { say, paint, width: terminal.width() }));
        terminal.line(paint('dim', `  ${backend.query.traceLink(trace.traceId)}`));
      }
      if (traces.length === 0) terminal.line(`\n  ${say('exercise.noTrace')}`);
    } catch (error) {
      if (mine.signal.aborted) return;
      terminal.line(errorText(error, `exercise:${this.lesson.number}`, this.say));
    } finally {
      this.running = undefined;
    }
    terminal.line('');
    terminal.line(terminal.paint('dim', `  ${this.say('exercise.anyKey')}`));
    // It stays until a key is pressed or a file is saved.
    this.sheet = async () => [];
  }

  private async open(): Promise<void> {
    const { query } = await this.options.backend();
    const [traceId] = this.verdict?.traceIds ?? [];
    const url = traceId === undefined ? query.url : query.traceLink(traceId);
    const opened = await openBrowser(url);
    this.note((say) => say(opened ? 'exercise.opened' : 'exercise.openYourself', { url }));
  }

  private async switchLanguage(): Promise<void> {
    this.language = this.language === 'en' ? 'zh-CN' : 'en';
    const { language } = this;
    this.progress = await changeProgress(
      this.options.folders.progressFile,
      (before) => ({ ...before, language }),
      this.tellBroken,
    );
    this.draw();
  }

  private async reset(): Promise<void> {
    const { folders } = this.options;
    // What is moved and copied here is no save.
    await this.saveWatch?.close();
    const aside = await moveCopyAside(folders, this.lesson);
    await ensureCopy(folders, this.lesson);
    await this.watchSaves();
    this.progress = await forgetSteps(folders, this.lesson);
    this.step = currentStep(this.lesson, this.progress) ?? this.step;
    this.note((say) =>
      aside === undefined
        ? say('exercise.copiedAnew')
        : say('exercise.movedAside', { folder: shortPath(aside) }),
    );
    this.judge();
  }

  private async showSheet(sheet: () => Promise<string[]>, tellsWayBack = true): Promise<void> {
    this.sheet = sheet;
    const lines = await sheet();
    if (this.sheet !== sheet || this.closed || lines.length === 0) return;
    const { terminal } = this.options;
    const back = ['', terminal.paint('dim', `  ${this.say('exercise.anyKey')}`)];
    terminal.show(tellsWayBack ? [...lines, ...back] : lines);
  }

  private async diff(): Promise<string[]> {
    const { terminal, folders } = this.options;
    const pairs = await filePairs(this.lesson, workFolder(folders, this.lesson));
    return pairs.flatMap((pair) => [
      ...pairPicture(pair, terminal.width(), terminal.paint, pairWords(this.say)),
      '',
    ]);
  }

  private async list(): Promise<string[]> {
    const { terminal } = this.options;
    const lessons = await loadLessons();
    return progressTable(lessons, this.progress, {
      language: this.language,
      say: this.say,
      paint: terminal.paint,
      width: terminal.width(),
    });
  }

  /** When the last step passed: first the learner's code beside the finished one, below it the page. */
  private async finished(): Promise<string[]> {
    return [...(await this.diff()), ...exercisePage(this.view(), this.pageOptions())];
  }

  private view(): ExerciseView {
    const { verdict, progress, lesson, language } = this;
    const [traceId] = verdict?.traceIds ?? [];
    const { finding } = verdict ?? {};
    return {
      lesson,
      language,
      say: this.say,
      progress,
      step: this.step,
      folder: this.folderText(),
      judging: this.judging !== undefined,
      verdict,
      traces: this.traces,
      failure: this.failure?.(this.say),
      words: (each) => findingWords(each, language),
      hintsShown: finding ? hintsShown(progress, lesson, finding.rule) : 0,
      link: verdict && traceId ? `${verdict.queryUrl}/trace/${traceId}` : undefined,
      notes: this.notes,
      today: this.today,
      next: this.nextNumber,
    };
  }

  private pageOptions() {
    const { terminal } = this.options;
    return { paint: terminal.paint, width: terminal.width(), rows: terminal.rows() };
  }

  private folderText(): string {
    return `${shortPath(workFolder(this.options.folders, this.lesson))}/`;
  }

  private readonly tellBroken = (broken: BrokenProgress): void => {
    this.notes = [...this.notes, this.say('progress.broken', { ...broken })];
  };

  private get say(): Say {
    return speaker(this.language);
  }
}

/** The lesson after this one that has an exercise, if there is one. */
export async function nextLesson({ number }: Lesson): Promise<number | undefined> {
  const lessons = await loadLessons();
  return lessons.find((other) => other.exercise && other.number > number)?.number;
}

/** Below the checkout, from there: as a person at its root would write it. */
export function shortPath(path: string): string {
  const short = relative(CHECKOUT, path);
  return short.startsWith('..') ? path : short;
}

export function pairWords(say: Say) {
  return {
    mine: say('diff.mine'),
    finished: say('diff.finished'),
    same: say('diff.same'),
    skipped: (count: number) => say('diff.skipped', { count }),
  };
}

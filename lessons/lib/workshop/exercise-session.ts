import type { AgentAddress } from '../agent-address.ts';
import type { Backend } from '../backend.ts';
import { errorText } from '../error-text.ts';
import { type Language, type Say, speaker } from '../i18n/messages.ts';
import { findingWords } from '../judge/finding-words.ts';
import { type Lesson, loadLessons, nextLesson } from '../lesson-manifest.ts';
import { filePairs, pairPicture, pairWords } from './beside-solution.ts';
import { type ExerciseView, exercisePage } from './exercise-page.ts';
import type { SessionTerminal } from './exercise-terminal.ts';
import { HINTS_PER_RULE, hintsShown, takeHint } from './hints.ts';
import { ensureCopy, moveCopyAside } from './learner-copy.ts';
import { type LearnerFolders, shortPath, workFolder } from './learner-folders.ts';
import { openBrowser } from './open-browser.ts';
import {
  type BrokenProgress,
  changeProgress,
  type Progress,
  readProgress,
} from './progress-file.ts';
import { progressTable } from './progress-table.ts';
import { currentStep, forgetSteps } from './record-verdict.ts';
import { SessionJudging } from './session-judging.ts';
import { runInTerminal } from './session-run.ts';
import { todayFile } from './today-file.ts';
import { type VerdictWatch, watchVerdicts } from './verdict-files.ts';
import { type FileWatch, watchFiles } from './watch-files.ts';

export interface SessionOptions {
  readonly folders: LearnerFolders;
  readonly terminal: SessionTerminal;
  readonly language: Language;
  readonly backend: () => Promise<Backend>;
  /** Of the backend, known before it is there. */
  readonly agent: AgentAddress;
  /** A step other than the first that is not passed. */
  readonly step?: string | undefined;
  /** Told first. */
  readonly notes?: readonly string[];
}

/** How a session ends: the learner leaves, or goes on to another lesson. */
export type SessionEnd = { readonly next: number; readonly language: Language } | 'quit';

/** What is shown instead of the page until a key is pressed. */
interface Sheet {
  readonly lines: () => Promise<string[]>;
  /** It ends with the page, and so with its keys; under another one any key goes back, and does nothing else. */
  readonly hasKeys: boolean;
}

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
  private notes: readonly string[];
  private today: string | undefined;
  private nextNumber: number | undefined;
  private sheet: Sheet | undefined;
  private running: AbortController | undefined;
  private readonly judging: SessionJudging;
  private saveWatch: FileWatch | undefined;
  private verdictWatch: VerdictWatch | undefined;
  /** `x` was pressed, and nothing else since. */
  private mayReset = false;
  private closed = false;

  constructor(lesson: Lesson, options: SessionOptions) {
    this.lesson = lesson;
    this.options = options;
    this.language = options.language;
    this.notes = options.notes ?? [];
    const { folders, backend, agent } = options;
    this.judging = new SessionJudging(lesson, {
      folders,
      backend,
      agent,
      onBroken: (broken) => this.tellBroken(broken),
      onVerdict: () => this.takeProgress(),
      onChange: () => this.draw(),
    });
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
      if (name === this.lesson.id && there) void this.judging.takeVerdictOfOthers();
    });
    await this.watchSaves();
  }

  private async watchSaves(): Promise<void> {
    this.saveWatch = await watchFiles(workFolder(this.options.folders, this.lesson), () => {
      this.notes = [];
      this.mayReset = false;
      this.judge();
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    this.running?.abort();
    await this.judging.close();
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
    if (this.sheet) await this.showSheet(this.sheet.lines, this.sheet.hasKeys);
    else this.draw();
  }

  async press(key: string): Promise<void> {
    const left = this.sheet;
    if (left && !this.running) {
      this.sheet = undefined;
      if (!left.hasKeys) return this.draw();
    }
    if (key === 'q') {
      this.end('quit');
      return;
    }
    // A run goes on until it has ended; what it prints is not painted over.
    if (this.running) return;
    this.notes = [];
    const mayReset = this.mayReset;
    this.mayReset = false;
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
        return mayReset ? this.reset() : this.askToReset();
      default:
        if (left) this.draw();
    }
  }

  /** Judges up to the step at hand, or to `step`. */
  judge(step = this.step): void {
    this.judging.judge(step);
    this.sheet = undefined;
    this.draw();
  }

  /** Another backend is there: where there was none, there may be a verdict now. */
  retry(): void {
    if (this.judging.failure) this.judge();
  }

  /** A verdict has changed how far the learner is; the last step that passes is shown beside the finished program. */
  private async takeProgress(): Promise<void> {
    const wasOpen = this.lessonIsOpen();
    this.progress = await readProgress(this.options.folders.progressFile, this.tellBroken);
    if (wasOpen && !this.lessonIsOpen()) await this.showSheet(() => this.finished(), true);
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
    const { verdict } = this.judging;
    const shown = verdict && (await takeHint(folders, this.lesson, verdict));
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
    const brokenOff = this.judging.breakOff();
    try {
      const backend = await this.options.backend();
      await brokenOff;
      const { say } = this;
      await runInTerminal(this.lesson, { folders, terminal, backend, say, signal: mine.signal });
    } catch (error) {
      if (mine.signal.aborted) return;
      terminal.line(errorText(error, `exercise:${this.lesson.number}`, this.say));
    } finally {
      this.running = undefined;
    }
    terminal.line('');
    terminal.line(terminal.paint('dim', `  ${this.say('exercise.anyKey')}`));
    // It stays until a key is pressed or a file is saved.
    this.sheet = { lines: async () => [], hasKeys: false };
  }

  private async open(): Promise<void> {
    const { query } = await this.options.backend();
    const [traceId] = this.judging.verdict?.traceIds ?? [];
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

  private askToReset(): void {
    this.mayReset = true;
    this.note((say) => say('exercise.askReset', { folder: this.folderText() }));
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
    this.judging.forget();
    this.note((say) =>
      aside === undefined
        ? say('exercise.copiedAnew')
        : say('exercise.movedAside', { folder: shortPath(aside) }),
    );
    this.judge();
  }

  private async showSheet(linesOf: Sheet['lines'], hasKeys = false): Promise<void> {
    const sheet: Sheet = { lines: linesOf, hasKeys };
    this.sheet = sheet;
    const lines = await linesOf();
    if (this.sheet !== sheet || this.closed || lines.length === 0) return;
    const { terminal } = this.options;
    const back = ['', terminal.paint('dim', `  ${this.say('exercise.anyKey')}`)];
    terminal.show(hasKeys ? lines : [...lines, ...back]);
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
    const { progress, lesson, language, judging } = this;
    const { verdict } = judging;
    const [traceId] = verdict?.traceIds ?? [];
    const { finding } = verdict ?? {};
    return {
      lesson,
      language,
      say: this.say,
      progress,
      step: this.step,
      folder: this.folderText(),
      judging: judging.isUnderWay,
      verdict,
      traces: judging.traces,
      failure: judging.failure?.(this.say),
      words: (each) => findingWords(each, language),
      hintsShown: finding ? hintsShown(progress, lesson, finding) : 0,
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

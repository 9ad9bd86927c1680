import type { ObservedTrace } from '@spoor/analysis';
import type { AgentAddress } from '../agent-address.ts';
import type { Backend } from '../backend.ts';
import { errorText } from '../error-text.ts';
import type { Say } from '../i18n/messages.ts';
import { CheckInterrupted } from '../judge/check-lesson.ts';
import type { Verdict } from '../judge/verdict.ts';
import type { Lesson } from '../lesson-manifest.ts';
import { judgeLearner } from './judge-learner.ts';
import type { LearnerFolders } from './learner-folders.ts';
import type { BrokenProgress } from './progress-file.ts';
import { readVerdict } from './verdict-files.ts';

export interface SessionJudgingOptions {
  readonly folders: LearnerFolders;
  readonly backend: () => Promise<Backend>;
  /** Of the backend, known before it is there. */
  readonly agent: AgentAddress;
  readonly onBroken: (broken: BrokenProgress) => void;
  /** A verdict was taken; `onChange` follows. */
  readonly onVerdict: () => Promise<void>;
  /** There is something else to show. */
  readonly onChange: () => void;
}

const MAX_TRACES = 4;

/** What is known of a learner's programs while they work on them: the last verdict, or why there is none. */
export class SessionJudging {
  verdict: Verdict | undefined;
  /** Those of the verdict that the backend still has. */
  traces: readonly ObservedTrace[] = [];
  failure: ((say: Say) => string) | undefined;
  private readonly lesson: Lesson;
  private readonly options: SessionJudgingOptions;
  private current: AbortController | undefined;
  private judged: Promise<void> = Promise.resolve();
  private closed = false;

  constructor(lesson: Lesson, options: SessionJudgingOptions) {
    this.lesson = lesson;
    this.options = options;
  }

  get isUnderWay(): boolean {
    return this.current !== undefined;
  }

  /** Judges up to a step. A judgement under way is broken off: it is of what was there before. */
  judge(step: string): void {
    this.current?.abort();
    const mine = new AbortController();
    this.current = mine;
    this.judged = this.judged.then(() => this.judgeNow(step, mine));
  }

  /** The programs that it was said of are gone. */
  forget(): void {
    this.verdict = undefined;
    this.traces = [];
    this.failure = undefined;
  }

  /** Resolves when nothing of a judgement runs any more. */
  async breakOff(): Promise<void> {
    this.current?.abort();
    await this.judged;
  }

  close(): Promise<void> {
    this.closed = true;
    return this.breakOff();
  }

  /** The lessons page can ask for a judgement too, of this stack or of another. */
  async takeVerdictOfOthers(): Promise<void> {
    try {
      const verdict = await readVerdict(this.options.folders.verdicts, this.lesson);
      if (!verdict || this.isUnderWay || this.closed) return;
      if (verdict.at <= (this.verdict?.at ?? 0)) return;
      await this.take(verdict, await this.options.backend());
    } catch (error) {
      this.fail(error);
    }
    this.options.onChange();
  }

  private async judgeNow(step: string, mine: AbortController): Promise<void> {
    const { signal } = mine;
    if (signal.aborted) return;
    const { folders, onBroken } = this.options;
    try {
      const coming = this.options.backend();
      const backend = { agent: this.options.agent, coming };
      const options = { folders, backend, step, signal, onBroken };
      const verdict = await judgeLearner(this.lesson, options);
      if (signal.aborted) return;
      this.current = undefined;
      await this.take(verdict, await coming);
    } catch (error) {
      if (error instanceof CheckInterrupted) return;
      this.fail(error);
    } finally {
      if (this.current === mine) this.current = undefined;
    }
    this.options.onChange();
  }

  private async take(verdict: Verdict, { query }: Pick<Backend, 'query'>): Promise<void> {
    const ids = verdict.traceIds.slice(0, MAX_TRACES);
    const traces = await Promise.all(ids.map((id) => query.trace(id).catch(() => undefined)));
    this.verdict = verdict;
    this.failure = undefined;
    this.traces = traces.filter((trace) => trace !== undefined);
    await this.options.onVerdict();
  }

  private fail(error: unknown): void {
    this.verdict = undefined;
    this.traces = [];
    this.failure = (say) => errorText(error, `exercise:${this.lesson.number}`, say);
  }
}

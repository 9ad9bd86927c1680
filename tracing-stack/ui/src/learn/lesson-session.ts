import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import type { ObservedTrace } from '@spoor/analysis';
import type { QueryClient } from '../api/query-client.ts';
import type { LessonStep, LessonsClient, LessonText, VerdictText } from './lessons-client.ts';
import { type LiveTraces, liveTraces } from './live-traces.ts';
import { type Shown, shown } from './shown.ts';

/** One lesson while its page is open. */
export interface LessonSession {
  readonly shown: ReadonlySignal<Shown>;
  readonly verdict: ReadonlySignal<VerdictText | undefined>;
  readonly steps: ReadonlySignal<readonly StepState[]>;
  readonly isRunning: ReadonlySignal<boolean>;
  readonly isConnected: ReadonlySignal<boolean>;
  /** Why there was no judgement, or no hint. */
  readonly failure: ReadonlySignal<string | undefined>;
  /** Something newer than the verdict is shown: it may be a run of somebody else on the same stack. */
  readonly isNewerShown: ReadonlySignal<boolean>;
  /** Shows the verdict until there is another one, whatever arrives. */
  showVerdict(): void;
  check(): Promise<void>;
  hint(): Promise<void>;
  close(): void;
}

export interface StepState extends LessonStep {
  /** The first that fails by the last verdict, whatever was before. Those after it wait for their turn. */
  readonly fails: boolean;
}

export function lessonSession(
  client: QueryClient,
  lessons: LessonsClient,
  lesson: LessonText,
): LessonSession {
  const verdict = signal(lesson.verdict);
  const traces = signal<readonly ObservedTrace[]>([]);
  const lookedAt = signal(Date.now());
  const isRunning = signal(false);
  const isConnected = signal(true);
  const failure = signal<string | undefined>(undefined);
  const staysWithVerdict = signal(false);
  const passed = signal(passedSteps([...lesson.steps, ...(lesson.verdict?.steps ?? [])]));

  const services = [...new Set(lesson.expected.spans.map(({ service }) => service))];
  const live: LiveTraces = liveTraces(client, services, (found) => {
    batch(() => {
      traces.value = found;
      lookedAt.value = Date.now();
    });
  });
  live.keep(lesson.verdict?.traceIds ?? []);

  const isOurs = (number: number) => number === lesson.number;
  const unfollow = lessons.follow({
    verdict(number, text) {
      if (!isOurs(number)) return;
      live.keep(text.traceIds);
      batch(() => {
        verdict.value = text;
        staysWithVerdict.value = false;
        isRunning.value = false;
        failure.value = undefined;
        passed.value = new Set([...passed.value, ...passedSteps(text.steps)]);
      });
    },
    running(number) {
      if (isOurs(number)) isRunning.value = true;
    },
    idle() {
      isRunning.value = false;
    },
    failed(number, message) {
      if (!isOurs(number)) return;
      isRunning.value = false;
      failure.value = message;
    },
    connected(is) {
      isConnected.value = is;
    },
  });

  async function ask(what: () => Promise<void>): Promise<boolean> {
    failure.value = undefined;
    try {
      await what();
      return true;
    } catch (error) {
      failure.value = error instanceof Error ? error.message : String(error);
      return false;
    }
  }

  const isShown = computed(() => {
    const judged = verdict.value?.traceIds ?? [];
    const seen = staysWithVerdict.value
      ? traces.value.filter(({ traceId }) => judged.includes(traceId))
      : traces.value;
    const open = lesson.steps.find(({ id }) => !passed.value.has(id))?.id;
    return shown(lesson, verdict.value, seen, lookedAt.value * 1000, open);
  });

  return {
    verdict,
    isRunning,
    isConnected,
    failure,
    shown: isShown,
    isNewerShown: computed(() => verdict.value !== undefined && isShown.value.is !== 'verdict'),
    showVerdict() {
      staysWithVerdict.value = true;
    },
    steps: computed(() => {
      const failing = verdict.value?.steps.find((step) => !step.passed)?.id;
      return lesson.steps.map((step) => ({
        ...step,
        passed: passed.value.has(step.id),
        fails: step.id === failing,
      }));
    }),
    async check() {
      isRunning.value = true;
      if (!(await ask(() => lessons.check(lesson.number)))) isRunning.value = false;
    },
    // The hint itself comes with the verdict that the server tells again.
    hint: async () => void (await ask(() => lessons.hint(lesson.number))),
    close() {
      unfollow();
      live.close();
    },
  };
}

function passedSteps(steps: readonly Pick<LessonStep, 'id' | 'passed'>[]): ReadonlySet<string> {
  return new Set(steps.filter(({ passed }) => passed).map(({ id }) => id));
}

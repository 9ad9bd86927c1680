import type { ExpectedTrace } from '@spoor/analysis';
import { serverEvents } from '../shell/server-events.ts';

/** What `npm start` serves under /api/lessons, in the language that is asked for. */
export interface LessonGlance {
  readonly number: number;
  readonly id: string;
  readonly title: string;
  readonly minutes: number;
  readonly passedAt?: string | number;
  readonly steps: readonly LessonStep[];
}

export interface LessonStep {
  readonly id: string;
  readonly title: string;
  readonly passed: boolean;
}

export interface LessonText extends LessonGlance {
  /** The README without scripts or foreign HTML. */
  readonly html: string;
  readonly expected: ExpectedTrace;
  /** What becomes of the programs' sleeps when they are judged: 0.1 is ten times as fast. */
  readonly timeScale: number;
  readonly rules: RuleTemplates;
  /** The lesson after it, if there is one. */
  readonly next?: number;
  readonly verdict?: VerdictText;
}

/** By rule: `title`, `why`, `why.VARIANT`, with `{placeholders}`. */
export type RuleTemplates = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface FindingText {
  readonly rule: string;
  readonly params?: Readonly<Record<string, string | number>>;
  readonly words: { readonly title: string; readonly why: string };
  readonly span?: { readonly traceId: string; readonly spanId: string };
  /** `id` of the expected span. */
  readonly expected?: string;
}

export interface VerdictText {
  readonly passed: boolean;
  readonly step: string;
  readonly steps: readonly { readonly id: string; readonly passed: boolean }[];
  readonly finding?: FindingText;
  readonly also?: FindingText;
  readonly warnings: readonly FindingText[];
  /** Those that the learner has asked for. */
  readonly hints: readonly string[];
  readonly moreHints: boolean;
  readonly traceIds: readonly string[];
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What lesson 0 asks about the learner's own trace, with the answers of the learner's file. */
export interface LessonQuestions {
  readonly traceId: string;
  readonly questions: readonly {
    readonly id: string;
    readonly text: string;
    readonly answer: string;
    readonly is: 'open' | 'right' | 'wrong';
  }[];
}

/** The programs of a lesson that is passed. */
export interface LessonCode {
  readonly files: readonly {
    readonly name: string;
    readonly yours: string;
    readonly finished: string;
  }[];
  /** The same with OpenTelemetry. */
  readonly today: readonly { readonly name: string; readonly text: string }[];
}

/** What the server tells while the page is open. */
export interface LessonEvents {
  verdict(lesson: number, verdict: VerdictText): void;
  running(lesson: number): void;
  /** Nothing is judged now, whether or not there was a verdict. */
  idle(): void;
  /** There was no judgement. */
  failed(lesson: number, message: string): void;
  /** Whether the server is there. */
  connected(isConnected: boolean): void;
}

export interface LessonsClient {
  all(signal: AbortSignal): Promise<readonly LessonGlance[]>;
  /** `undefined`: there is no such lesson. */
  lesson(number: number, signal: AbortSignal): Promise<LessonText | undefined>;
  /** `undefined`: this server does not tell. Rejects if the lesson is not passed. */
  code(number: number, signal: AbortSignal): Promise<LessonCode | undefined>;
  /** Of lesson 0, after an answer was kept if there is one. */
  questions(
    number: number,
    given?: { readonly question: string; readonly answer: string },
  ): Promise<LessonQuestions>;
  check(number: number): Promise<void>;
  hint(number: number): Promise<void>;
  /** Gives what ends it. */
  follow(events: LessonEvents): () => void;
}

/** The server answers, and carries no lessons. */
export class NoLessonsError extends Error {}

/** @param base where the UI is served: the API lies below it. */
export function lessonsClient(base: string, language: string): LessonsClient {
  const address = (path: string) => new URL(`api/lessons${path}?lang=${language}`, base);
  async function get<T>(path: string, signal: AbortSignal): Promise<T | undefined> {
    const answer = await fetch(address(path), { signal });
    // A server without lessons answers with the page; one that is not well says so, and may have them.
    if (!isJson(answer) && answer.status < 500) throw new NoLessonsError();
    if (answer.status === 404) return undefined;
    return answered<T>(answer);
  }
  async function post<T>(path: string, body: object = {}): Promise<T> {
    const answer = await fetch(address(path), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    return answered<T>(answer);
  }
  return {
    all: async (signal) =>
      (await get<{ lessons: readonly LessonGlance[] }>('', signal))?.lessons ?? [],
    lesson: (number, signal) => get<LessonText>(`/${number}`, signal),
    code: (number, signal) => get<LessonCode>(`/${number}/code`, signal),
    questions: (number, given) => post(`/${number}/questions`, given),
    check: (number) => post(`/${number}/check`),
    hint: (number) => post(`/${number}/hint`),
    follow: (events) => follow(address('/events'), events),
  };
}

function isJson({ headers }: Response): boolean {
  return (headers.get('content-type') ?? '').includes('json');
}

async function answered<T>(answer: Response): Promise<T> {
  const body = (isJson(answer) ? await answer.json() : {}) as T & { readonly error?: string };
  if (!answer.ok) throw new Error(body.error ?? `HTTP ${answer.status}`);
  return body;
}

function follow(url: URL, events: LessonEvents): () => void {
  const reading =
    <T>(heard: (data: T) => void) =>
    (data: string) =>
      heard(JSON.parse(data) as T);
  return serverEvents(url, {
    verdict: reading<{ lesson: number; verdict: VerdictText }>(({ lesson, verdict }) =>
      events.verdict(lesson, verdict),
    ),
    running: reading<{ lesson: number }>(({ lesson }) => events.running(lesson)),
    idle: () => events.idle(),
    failed: reading<{ lesson: number; message: string }>(({ lesson, message }) =>
      events.failed(lesson, message),
    ),
    open: () => events.connected(true),
    error: () => events.connected(false),
  });
}

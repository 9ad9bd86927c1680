import { setTimeout as delay } from 'node:timers/promises';
import type { ObservedTrace } from '@spoor/analysis';
import type { Backend } from '../backend.ts';
import { endingText } from '../harness/lesson-process.ts';
import type { Say } from '../i18n/messages.ts';
import { openBench } from '../judge/bench.ts';
import type { Program } from '../judge/run.ts';
import { reasonOf } from '../lesson-error.ts';
import { type Lesson, type LessonProgram, programOf } from '../lesson-manifest.ts';
import { type Colour, type Paint, printable } from '../terminal-text.ts';

export interface RunOnceOptions {
  readonly folder: string;
  readonly backend: Pick<Backend, 'query' | 'agent'>;
  readonly say: Say;
  readonly paint: Paint;
  /** Takes each line that tells of the run. */
  readonly line: (text: string) => void;
  readonly signal?: AbortSignal | undefined;
}

const COLOURS: readonly Colour[] = ['cyan', 'yellow', 'magenta'];
const REQUEST_MS = 30_000;

/**
 * Runs a learner's programs as the lesson runs the finished ones, at their own pace, and gives the traces that they
 * leave. What fails is told as a line: it is the learner's to look at.
 */
export async function runOnce(lesson: Lesson, options: RunOnceOptions): Promise<ObservedTrace[]> {
  const { folder, backend, say, paint, line, signal } = options;
  const program = programOf(lesson);
  const names = [...(program ? [program] : []), ...lesson.services].map(({ name }) => name);
  const width = Math.max(...names.map((name) => name.length));
  const bench = openBench({
    lesson,
    folder,
    step: lesson.exercise?.steps.at(-1)?.id ?? '',
    query: backend.query,
    agent: backend.agent,
    scale: 1,
    onLine(name, text) {
      const colour = COLOURS[names.indexOf(name) % COLOURS.length] ?? 'cyan';
      line(`${paint(colour, `${name.padEnd(width)} |`)} ${printable(text)}`);
    },
  });
  const stop = () => void bench.close();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    const services = await Promise.all(
      lesson.services.map((service) =>
        bench.start({ ...learners(lesson, service), port: service.port }),
      ),
    );
    const listening = await Promise.all(services.map((run) => run.listening()));
    for (const [at, { name, port }] of lesson.services.entries())
      if (!listening[at]) line(paint('red', say('exercise.notListening', { service: name, port })));
    if (program) {
      const run = await bench.start(learners(lesson, program));
      const ending = await run.finish();
      if (ending.code !== 0)
        line(
          paint(
            'red',
            say('program.failed', { program: program.name, how: endingText(ending, say) }),
          ),
        );
      return await bench.tracesOf(run, ...services);
    }
    if (lesson.trigger && 'request' in lesson.trigger)
      await request(lesson.trigger.request, options);
    // What was reported is flushed a moment later.
    await delay(100);
    return await bench.tracesOf(...services);
  } finally {
    signal?.removeEventListener('abort', stop);
    await bench.close();
  }
}

/** The learner's program in the place of a finished one. */
function learners({ exercise }: Lesson, { name, file }: LessonProgram): Program {
  const own = exercise?.files.find(({ solution }) => solution === file);
  return { name, file: own?.name ?? file };
}

async function request(url: string, { line, say, paint }: RunOnceOptions): Promise<void> {
  line(say('lesson.request', { url }));
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(REQUEST_MS) });
    const body = printable((await answer.text()).trim());
    line(say('lesson.answer', { status: answer.status, body }));
  } catch (error) {
    line(paint('red', say('request.failed', { url, reason: reasonOf(error) })));
  }
}

import { setTimeout as delay } from 'node:timers/promises';
import { endingText } from './harness/lesson-process.ts';
import { LessonError, reasonOf } from './lesson-error.ts';
import type { Lesson, LessonProgram } from './lesson-manifest.ts';
import type { LessonProcesses } from './lesson-processes.ts';
import { DEBUG_ID } from './marked-trace.ts';
import type { Screen } from './screen.ts';

const REQUEST_MS = 30_000;

/**
 * Sets a lesson going: sends its request, or runs its program to its end. Gives why that failed, if there may be a
 * trace to be seen all the same; throws a `LessonError` if there cannot. A request carries `debugId`, if one is given.
 */
export async function setGoing(
  { trigger, number }: Lesson,
  args: readonly string[],
  processes: LessonProcesses,
  screen: Screen,
  debugId?: string,
): Promise<LessonError | undefined> {
  if (!trigger) throw new LessonError((say) => say('lesson.onlyExercise', { number }));
  if ('program' in trigger) return runProgram(trigger.program, args, processes, screen);
  const url = trigger.request;
  screen.line(screen.say('lesson.request', { url }));
  screen.line(await request(url, debugId, processes, screen));
  return undefined;
}

async function runProgram(
  program: LessonProgram,
  args: readonly string[],
  processes: LessonProcesses,
  { line, say }: Screen,
): Promise<LessonError | undefined> {
  line(say('lesson.command', { command: ['node --import tsx', program.file, ...args].join(' ') }));
  line();
  const ending = await processes.run(program, args);
  if (ending.code === 0) return undefined;
  const failure = new LessonError((tell) =>
    tell('program.failed', { program: program.name, how: endingText(ending, tell) }),
  );
  if (processes.reported.traceIds.length === 0) throw failure;
  return failure;
}

/** The answer in words. A failure is the fault of a service that died, if one did. */
async function request(
  url: string,
  debugId: string | undefined,
  { services }: LessonProcesses,
  { say }: Screen,
): Promise<string> {
  try {
    const headers: Record<string, string> = debugId === undefined ? {} : { [DEBUG_ID]: debugId };
    const answer = await fetch(url, { headers, signal: AbortSignal.timeout(REQUEST_MS) });
    const { status } = answer;
    const body = (await answer.text()).trim();
    if (!answer.ok) throw new LessonError((tell) => tell('request.status', { url, status, body }));
    return say('lesson.answer', { status, body });
  } catch (error) {
    await Promise.race([delay(500), ...services.map((service) => service.died)]);
    if (error instanceof LessonError) throw error;
    const reason = reasonOf(error);
    throw new LessonError((tell) => tell('request.failed', { url, reason }), { cause: error });
  }
}

import type { Backend } from '../backend.ts';
import type { Say } from '../i18n/messages.ts';
import type { Lesson } from '../lesson-manifest.ts';
import { tracePicture } from '../trace-picture.ts';
import type { SessionTerminal } from './exercise-terminal.ts';
import { judgingAlone } from './judging-alone.ts';
import { type LearnerFolders, workFolder } from './learner-folders.ts';
import { runOnce } from './run-once.ts';

export interface SessionRunOptions {
  readonly folders: LearnerFolders;
  readonly terminal: SessionTerminal;
  readonly backend: Backend;
  readonly say: Say;
  readonly signal: AbortSignal;
}

/** Runs the learner's programs once, unjudged, while nobody judges them, and shows the traces that they leave. */
export async function runInTerminal(
  lesson: Lesson,
  { folders, terminal, backend, say, signal }: SessionRunOptions,
): Promise<void> {
  const { paint } = terminal;
  const line = (text: string) => terminal.line(`  ${text}`);
  const folder = workFolder(folders, lesson);
  const traces = await judgingAlone(
    folders.verdicts,
    lesson,
    () => runOnce(lesson, { folder, backend, say, paint, line, signal }),
    { signal, onWaiting: (judge) => line(say('check.waiting', { ...judge })) },
  );
  for (const trace of traces) {
    terminal.line('');
    terminal.line(tracePicture(trace, { say, paint, width: terminal.width() }));
    terminal.line(`  ${paint('dim', backend.query.traceLink(trace.traceId))}`);
  }
  if (traces.length === 0) terminal.line(`\n  ${say('exercise.noTrace')}`);
}

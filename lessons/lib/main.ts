import { DATA_DIRECTORY, onInterruption } from '@spoor/platform';
import { errorText } from './error-text.ts';
import { askedLanguage, parseLessonFlags } from './flags.ts';
import type { LessonProcess } from './harness/lesson-process.ts';
import { chooseLanguage, speaker } from './i18n/messages.ts';
import { lessonTitle, loadLesson } from './lesson-manifest.ts';
import { USUAL_PORTS } from './port-table.ts';
import { runLesson } from './run-lesson.ts';
import { screen } from './screen.ts';

// `npm run lesson:N`: lesson → flags → run → exit code.
const [number, ...argv] = process.argv.slice(2);
const language = chooseLanguage(askedLanguage(argv), process.env);
const out = screen(speaker(language));
const started: LessonProcess[] = [];
const { interrupted } = onInterruption(() => {
  for (const each of started) each.kill();
  process.exit(130);
});
process.once('uncaughtException', (error) => {
  for (const each of started) each.kill();
  out.error(out.say('error.unexpected', { reason: String(error) }));
  process.exit(1);
});
try {
  const lesson = await loadLesson(Number(number));
  const flags = parseLessonFlags(argv, lesson, language);
  const title = out.say('lesson.title', {
    number: lesson.number,
    title: lessonTitle(lesson, language),
  });
  out.line(out.paint('bold', title));
  process.exitCode = await runLesson(lesson, {
    args: flags.args,
    query: flags.query,
    once: flags.once || !process.stdout.isTTY,
    env: process.env,
    // As all-in-one takes it.
    directory: process.env['EMBEDDED_DIRECTORY'] || DATA_DIRECTORY,
    ports: USUAL_PORTS,
    screen: out,
    interrupted,
    onStarted: (each) => started.push(each),
  });
} catch (error) {
  out.error(errorText(error, `lesson:${number}`, out.say));
  process.exitCode = 1;
}
// Idle connections to the query service must not hold up the end.
process.exit();

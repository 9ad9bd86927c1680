import { agentFromEnv } from '../agent-address.ts';
import { parseCommandLine } from '../command-line.ts';
import { errorText } from '../error-text.ts';
import { askedLanguage } from '../flags.ts';
import { chooseLanguage, speaker } from '../i18n/messages.ts';
import { loadLessons } from '../lesson-manifest.ts';
import { USUAL_PORTS } from '../port-table.ts';
import { screen } from '../screen.ts';
import { type Colour, table } from '../terminal-text.ts';
import { examine, type Weight } from './doctor-report.ts';
import { learnerFolders } from './learner-folders.ts';
import { readProgress } from './progress-file.ts';

// `npm run doctor`: what stands in the way of the lessons. Exit code 1 if anything does.
const argv = process.argv.slice(2);
let out = screen(speaker(chooseLanguage(askedLanguage(argv), process.env)));
try {
  const progress = await readProgress(learnerFolders().progressFile, (broken) =>
    out.error(out.say('progress.broken', { ...broken })),
  );
  const language = chooseLanguage(askedLanguage(argv) ?? progress.language, process.env);
  out = { ...out, say: speaker(language) };
  const summary = out.say('help.doctor');
  parseCommandLine(argv, { script: 'doctor', usage: '', summary, flags: {} }, language);
  process.exitCode = await tell();
} catch (error) {
  out.error(errorText(error, 'doctor', out.say));
  process.exitCode = 1;
}
// Idle connections to the query service must not hold up the end.
process.exit();

async function tell(): Promise<number> {
  const { line, say, paint } = out;
  const { machine, ports } = await examine({
    ports: USUAL_PORTS,
    agent: agentFromEnv(process.env),
    lessons: await loadLessons(),
    say,
  });
  const marks: Readonly<Record<Weight, readonly [Colour, string]>> = {
    fine: ['green', '✓'],
    worth: ['yellow', '!'],
    blocks: ['red', '✗'],
  };
  const marked = (weight: Weight, text: string) => line(`  ${paint(...marks[weight])} ${text}`);

  line(paint('bold', say('doctor.heading')));
  line();
  for (const [at, row] of table(machine.map(({ what, state }) => [what, state])).entries())
    marked(machine[at]?.weight ?? 'fine', row);
  line();
  const head = [
    say('doctor.port'),
    say('doctor.protocol'),
    say('doctor.what'),
    say('doctor.state'),
  ];
  const rows = ports.map(({ port, protocol, what, state }) => [`:${port}`, protocol, what, state]);
  const [first = '', ...rest] = table([head, ...rows]);
  line(`    ${paint('dim', first)}`);
  for (const [at, row] of rest.entries()) marked(ports[at]?.weight ?? 'fine', row);
  line();
  const blocking = [...machine, ...ports].filter(({ weight }) => weight === 'blocks').length;
  if (blocking === 0) {
    line(`${paint('green', '✓')} ${say('doctor.allFine')}`);
    return 0;
  }
  out.error(say('doctor.blocked', { count: blocking }));
  return 1;
}

import { parseCommandLine } from '../command-line.ts';
import { errorText } from '../error-text.ts';
import { askedLanguage } from '../flags.ts';
import { chooseLanguage, speaker } from '../i18n/messages.ts';
import { loadLessons } from '../lesson-manifest.ts';
import { screen } from '../screen.ts';
import { learnerFolders } from './learner-folders.ts';
import { readProgress } from './progress-file.ts';
import { progressTable } from './progress-table.ts';

// `npm run progress`: how far the learner came, as a table.
const argv = process.argv.slice(2);
let out = screen(speaker(chooseLanguage(askedLanguage(argv), process.env)));
try {
  const progress = await readProgress(learnerFolders().progressFile, (broken) =>
    out.error(out.say('progress.broken', { ...broken })),
  );
  const language = chooseLanguage(askedLanguage(argv) ?? progress.language, process.env);
  out = { ...out, say: speaker(language) };
  const summary = out.say('help.progress');
  parseCommandLine(argv, { script: 'progress', usage: '', summary, flags: {} }, language);
  const { say, paint } = out;
  const look = { language, say, paint, width: out.width() };
  for (const line of progressTable(await loadLessons(), progress, look)) out.line(line);
} catch (error) {
  out.error(errorText(error, 'progress', out.say));
  process.exitCode = 1;
}

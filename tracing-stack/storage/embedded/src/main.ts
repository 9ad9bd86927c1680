import { DATA_DIRECTORY, parseCommand, runJob, textFlag, UserError } from '@spoor/platform';
import { StorageError } from '@spoor/storage-api';
import { backUpStore } from './backup.ts';
import { checkStore } from './store-check.ts';

const COMPONENT = 'embedded';
/** Of one folder; with a damaged page come thousands alike. */
const PROBLEMS_SHOWN = 10;

void runJob(COMPONENT, async () => {
  const { flags, operands } = await parseCommand({
    component: COMPONENT,
    summary:
      'Looks after the embedded store, also while a collector writes to it: check reads all of it and says what is damaged, backup copies it into the folder that --target names, without what is damaged. Either ends with 1 if something is.',
    operands: ['check|backup'],
    flags: {
      'embedded.directory': textFlag(DATA_DIRECTORY, 'Folder of the embedded store'),
      target: textFlag('', 'backup: folder to copy the store into; empty, or not there yet'),
    },
  });
  const directory = flags['embedded.directory'];
  const [action = ''] = operands;
  if (action === 'check') await check(directory);
  else if (action === 'backup' && flags.target !== '') {
    await backUp(directory, flags.target);
  } else {
    const text = action === 'backup' ? 'name a --target' : `expected check or backup`;
    throw new UserError('bad-flag', `[${COMPONENT}] ${text}`);
  }
});

async function check(directory: string): Promise<void> {
  let damaged = 0;
  const checker = new URL('check-process.ts', import.meta.url);
  for await (const { name, records, problems } of checkStore(directory, checker)) {
    console.log(`${name}: ${records} records, ${problems.length} problems`);
    for (const problem of problems.slice(0, PROBLEMS_SHOWN)) console.log(`  ${problem}`);
    if (problems.length > 0) damaged++;
  }
  if (damaged > 0) {
    const text = `[${COMPONENT}] ${damaged} folders are damaged; what can be read of them is still answered`;
    throw new StorageError('corrupt', text);
  }
}

async function backUp(directory: string, target: string): Promise<void> {
  const { copied, leftOut } = await backUpStore(directory, target);
  console.log(`copied ${copied.join(', ') || 'nothing'} of ${directory} to ${target}`);
  for (const [name, reason] of leftOut) console.log(`left out ${name}: ${reason}`);
  if (leftOut.size > 0) {
    const text = `[${COMPONENT}] ${[...leftOut.keys()].join(', ')} could not be copied; all else is in ${target}`;
    throw new StorageError('corrupt', text);
  }
}

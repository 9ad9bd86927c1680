import { parseFlags, programLogger, runMain } from '@spoor/platform';
import { startAllInOne } from './all-in-one.ts';
import { allInOneFlags, allInOneOptions } from './flags.ts';

void runMain('all-in-one', async () => {
  const flags = await parseFlags({
    component: 'all-in-one',
    summary: 'Agent, collector, query and UI in one process, on a store of its own.',
    flags: allInOneFlags,
  });
  const stack = await startAllInOne({
    ...allInOneOptions(flags),
    logger: programLogger('all-in-one', flags),
  });
  process.stdout.write(`${stack.queryUrl}\n`);
  return stack;
});

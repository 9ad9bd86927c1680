import { parseFlags, runMain, startLogged } from '@spoor/platform';
import { startAllInOne } from './all-in-one.ts';
import { allInOneFlags, allInOneOptions } from './flags.ts';

void runMain('all-in-one', async (interrupted) => {
  const flags = await parseFlags({
    component: 'all-in-one',
    summary: 'Agent, collector, query and UI in one process, on a store of its own.',
    flags: allInOneFlags,
  });
  const stack = await startLogged({ name: 'all-in-one', flags, interrupted }, (logger) =>
    startAllInOne({ ...allInOneOptions(flags), logger }),
  );
  process.stdout.write(`${stack.queryUrl}\n`);
  return stack;
});

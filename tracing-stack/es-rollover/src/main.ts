import { logFlags, parseCommand, programLogger, runJob, UserError } from '@spoor/platform';
import {
  maintenanceFlags,
  maintenanceOptions,
  Rollover,
  unitsAgo,
} from '@spoor/storage-elasticsearch/maintenance';
import { rolloverFlags, templatesOf } from './flags.ts';

const COMPONENT = 'es-rollover';
const ACTIONS = ['init', 'rollover', 'lookback'];

void runJob(COMPONENT, async () => {
  const { flags, operands } = await parseCommand({
    component: COMPONENT,
    summary:
      'Takes care of the indices behind the aliases of Jaeger in Elasticsearch: makes them (init), begins new ones (rollover), takes old ones out of what is read (lookback).',
    operands: [ACTIONS.join('|'), 'http://HOST:PORT'],
    flags: { ...maintenanceFlags, ...rolloverFlags, ...logFlags },
  });
  const [action = '', url = ''] = operands;
  if (!ACTIONS.includes(action)) {
    const text = `expected one of ${ACTIONS.join(', ')}, got "${action}"`;
    throw new UserError('bad-flag', `[${COMPONENT}] ${text}`);
  }
  const scope = {
    prefix: flags['index-prefix'],
    archive: flags.archive,
    skipDependencies: flags['skip-dependencies'],
  };
  const logger = programLogger(COMPONENT, flags);
  const rollover = await Rollover.of(maintenanceOptions(COMPONENT, url, flags), scope, logger);
  try {
    if (action === 'init') await rollover.init({ templates: templatesOf(flags) });
    else if (action === 'rollover') await rollover.rollover(flags.conditions);
    else await rollover.lookback(unitsAgo(flags['unit-count'], flags.unit, Date.now()));
  } finally {
    await rollover.close();
  }
});

import {
  logFlags,
  parseCommand,
  programLogger,
  runJob,
  switchFlag,
  textFlag,
  UserError,
} from '@spoor/platform';
import {
  cleanIndices,
  daysAgo,
  maintenanceFlags,
  maintenanceOptions,
} from '@spoor/storage-elasticsearch/maintenance';

const COMPONENT = 'es-index-cleaner';

void runJob(COMPONENT, async () => {
  const { flags, operands } = await parseCommand({
    component: COMPONENT,
    summary: 'Removes indices of Jaeger that are older than so many days from Elasticsearch.',
    operands: ['NUM_OF_DAYS', 'http://HOST:PORT'],
    flags: {
      ...maintenanceFlags,
      rollover: switchFlag('Whether to remove indices that a rollover made, not those of a day'),
      'index-date-separator': textFlag('-', 'Stands between year, month and day in their names'),
      ...logFlags,
    },
  });
  const [days = '', url = ''] = operands;
  if (!/^\d{1,6}$/.test(days)) {
    throw new UserError('bad-flag', `[${COMPONENT}] expected a number of days, got "${days}"`);
  }
  const logger = programLogger(COMPONENT, flags);
  const before = daysAgo(Number(days), Date.now());
  const removed = await cleanIndices(
    maintenanceOptions(COMPONENT, url, flags),
    {
      prefix: flags['index-prefix'],
      dateSeparator: flags['index-date-separator'],
      rollover: flags.rollover,
      archive: flags.archive,
      before,
    },
    logger,
  );
  logger.info(
    { removed: removed.length, madeBefore: new Date(before).toISOString() },
    'removed all that are older',
  );
});

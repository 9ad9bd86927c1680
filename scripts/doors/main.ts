/**
 * `npm run doors`: which service still comes by which old door, with which client. Asks the admin ports of agent and
 * collector on this machine, or those given as URLs; `--json` for programs, `--old` without OTLP's doors.
 */
import { scriptArgs } from '../../tracing-stack/platform/src/script-args.ts';
import { askDoors, doorTable } from './doors.ts';

const LOCAL = ['http://127.0.0.1:14271', 'http://127.0.0.1:14269'];

const { values, positionals } = scriptArgs(
  {
    script: 'doors',
    takes: '[--json] [--old] [ADMIN_URL…]',
    summary:
      'Which service still comes by which old door, with which client. --old leaves out the doors of OTLP, --json is for programs.',
  },
  {
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      old: { type: 'boolean', default: false },
    },
  },
);
const urls = positionals.length > 0 ? positionals : LOCAL;
const { uses, unasked } = await askDoors(urls);
const shown = values.old ? uses.filter(({ isOld }) => isOld) : uses;
if (values.json) console.log(JSON.stringify(shown, null, 2));
else if (shown.length === 0)
  console.log('Nobody has come by any door since these programs started.');
else for (const line of doorTable(shown)) console.log(line);
for (const { url, reason } of unasked) console.error(`[doors] ${url}: ${reason}`);
process.exitCode = unasked.length === urls.length ? 1 : 0;

import { AGENT_COMPACT_PORT, QUERY_HTTP_PORT } from '@spoor/platform';
import { startAllInOne } from './all-in-one.ts';

const stack = await startAllInOne({
  directory: '.spoor/data',
  agentPort: AGENT_COMPACT_PORT,
  queryPort: QUERY_HTTP_PORT,
});
console.log(`http://127.0.0.1:${stack.queryPort}`);

/**
 * `npm run up` brings docker-compose.yml up and waits until all of it is healthy; `npm run down` takes it down and waits
 * until it is gone.
 */
import { argv, env, exit } from 'node:process';
import { fileURLToPath } from 'node:url';
import { scriptArgs } from '../../tracing-stack/platform/src/script-args.ts';
import { ComposeError, findCompose } from './engine.ts';
import { down, PROFILES, up } from './stack.ts';

const UP = {
  script: 'up',
  takes: `[--scale SERVICE=NUMBER] [--profile ${PROFILES.join('|')}] [--no-build]`,
  summary:
    'Brings docker-compose.yml up and waits until all of it is healthy. --no-build takes the image that is there.',
};
const DOWN = {
  script: 'down',
  takes: '[--volumes]',
  summary:
    'Takes it down and waits until it is gone. --volumes: what is stored and what is not delivered yet, too.',
};
/** For a laptop that does other things as well; a store starts before the programs that wait for it. */
const HEALTHY_WITHIN_MS = 180_000;
const STORE_WITHIN_MS = 240_000;

const [, , command, ...args] = argv;
const compose = { cwd: fileURLToPath(new URL('../..', import.meta.url)) };
const port = (number: number) => env[`SPOOR_PORT_${number}`] || number;

async function runUp(): Promise<string> {
  const { values } = scriptArgs(UP, {
    args,
    allowNegative: true,
    options: {
      scale: { type: 'string', multiple: true, default: [] },
      profile: { type: 'string', multiple: true, default: [] },
      build: { type: 'boolean', default: true },
    },
  });
  const { scale: scales, profile: profiles, build } = values;
  const executable = findCompose();
  const withinMs = HEALTHY_WITHIN_MS + (profiles.length > 0 ? STORE_WITHIN_MS : 0);
  await up({ ...compose, executable }, { scales, profiles, build, withinMs });
  return [
    '',
    'All is healthy:',
    `  UI and query API       http://localhost:${port(16686)}`,
    `  lesson 3               curl localhost:${port(2333)}/http`,
    `  lesson 4               localhost:${port(50051)} (gRPC)`,
    `  spans over UDP         localhost:${port(6831)} compact, ${port(6832)} binary Thrift`,
    `  spans over gRPC, HTTP  localhost:${port(14250)}, http://localhost:${port(14268)}/api/traces`,
    'npm run down ends it; the spans stay.',
  ].join('\n');
}

async function runDown(): Promise<string> {
  const { values } = scriptArgs(DOWN, {
    args,
    options: { volumes: { type: 'boolean', default: false } },
  });
  await down({ ...compose, executable: findCompose() }, values.volumes);
  return values.volumes
    ? 'All is gone.'
    : 'All is gone, but for the volumes: what is stored, and what the agent has not delivered yet.';
}

try {
  if (command !== 'up' && command !== 'down') throw new ComposeError('up or down?');
  console.log(await (command === 'up' ? runUp() : runDown()));
} catch (error) {
  if (!(error instanceof ComposeError)) throw error;
  console.error(`[${command}] ${error.message}`);
  exit(1);
}

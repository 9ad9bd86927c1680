import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { CHECKOUT } from '../network-namespace.ts';

/** What docker-compose.yml publishes. */
const TCP = [
  4317, 4318, 5778, 9411, 14250, 14267, 14268, 14269, 14271, 16685, 16686, 16687, 2333, 2334, 50051,
];
const UDP = [5775, 6831, 6832];

/** Why nothing can be composed on this machine; `undefined` if it can. */
export function whyNoEngine(): string | undefined {
  const { status, stderr, error } = docker('version');
  return status === 0 ? undefined : `no docker engine: ${error?.message ?? stderr.trim()}`;
}

export function docker(...args: string[]): SpawnSyncReturns<string> {
  return spawnSync('docker', args, { encoding: 'utf8' });
}

/** What a docker command printed. Throws if it failed. */
export function dockerOut(...args: string[]): string {
  const { status, stdout, stderr } = docker(...args);
  if (status !== 0) throw new Error(`docker ${args.join(' ')} ended with ${status}: ${stderr}`);
  return stdout.trim();
}

/** A container, as `docker inspect` tells of it. */
export interface Container {
  readonly Name: string;
  readonly RestartCount: number;
  readonly State: { readonly Status: string; readonly Health?: { readonly Status: string } };
  readonly HostConfig: {
    readonly ReadonlyRootfs: boolean;
    readonly PortBindings: Readonly<Record<string, readonly { HostIp: string }[]>> | null;
  };
  readonly NetworkSettings: {
    readonly Networks: Readonly<Record<string, { readonly IPAddress: string }>>;
  };
  readonly Config: {
    readonly Hostname: string;
    readonly User: string;
    readonly Labels: Readonly<Record<string, string>>;
  };
}

/** docker-compose.yml under a name, an image and ports of its own. */
export class ComposedStack {
  readonly project = `spoor-test-${randomBytes(4).toString('hex')}`;
  readonly image = `${this.project}:test`;
  private readonly ports: ReadonlyMap<number, number>;
  private readonly env: Readonly<Record<string, string>>;

  private constructor(ports: ReadonlyMap<number, number>, env: Readonly<Record<string, string>>) {
    this.ports = ports;
    this.env = env;
  }

  /** `env` is what a user would set before `npm run up`. */
  static async prepare(env: Readonly<Record<string, string>> = {}): Promise<ComposedStack> {
    return new ComposedStack(
      new Map([...(await freePorts(TCP, isFreeTcp)), ...(await freePorts(UDP, isFreeUdp))]),
      env,
    );
  }

  /** Where one of the usual ports is on this machine. */
  port(usual: number): number {
    const port = this.ports.get(usual);
    if (port === undefined) throw new Error(`${usual} is not published`);
    return port;
  }

  url(usual: number, path: string): string {
    return `http://127.0.0.1:${this.port(usual)}${path}`;
  }

  /** Runs `npm run …` for this stack to its end. */
  async npmRun(...args: string[]): Promise<{ readonly code: number; readonly output: string }> {
    const env: NodeJS.ProcessEnv = {
      ...process.env,
      ...this.env,
      COMPOSE_PROJECT_NAME: this.project,
      SPOOR_IMAGE: this.image,
    };
    for (const [usual, port] of this.ports) env[`SPOOR_PORT_${usual}`] = String(port);
    const child = spawn('npm', ['run', '--silent', ...args], { cwd: CHECKOUT, env });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        output += chunk;
      });
    const [code] = (await once(child, 'close')) as [number];
    return { code, output };
  }

  /** Of the stack as a whole, or of one of its services. */
  containers(service?: string): Container[] {
    const labels = [`label=com.docker.compose.project=${this.project}`];
    if (service !== undefined) labels.push(`label=com.docker.compose.service=${service}`);
    const ids = dockerOut('ps', '-aq', ...labels.flatMap((label) => ['--filter', label]));
    if (ids === '') return [];
    return JSON.parse(dockerOut('inspect', ...ids.split('\n'))) as Container[];
  }

  /** Whatever of it the engine still has. */
  remains(): string[] {
    const label = ['--filter', `label=com.docker.compose.project=${this.project}`];
    return ['container', 'network', 'volume'].flatMap((kind) =>
      dockerOut(kind, 'ls', '-q', ...(kind === 'container' ? ['-a'] : []), ...label)
        .split('\n')
        .filter((id) => id !== '')
        .map((id) => `${kind} ${id}`),
    );
  }

  /** SIGKILL to the program in a container; the engine starts it anew. Resolves when it is healthy again. */
  async crash({ Name, RestartCount }: Container): Promise<void> {
    const { status, stderr } = docker('exec', Name, 'node', '-e', KILL_PROGRAM);
    // What kills the program may well be gone with it: the container ends with the program, and all in it.
    if (status !== 0 && status !== KILLED) throw new Error(`${Name} could not be hit: ${stderr}`);
    const deadline = Date.now() + 120_000;
    for (;;) {
      const [now] = JSON.parse(dockerOut('inspect', Name)) as [Container];
      if (now.RestartCount > RestartCount && now.State.Health?.Status === 'healthy') return;
      if (Date.now() > deadline)
        throw new Error(`${Name} is ${JSON.stringify(now.State)}: ${docker('logs', Name).stderr}`);
      await delay(250);
    }
  }
}

/** As a shell tells of SIGKILL. */
const KILLED = 137;

/** In a container the program is the child of the first process, which reaps what it leaves. */
const KILL_PROGRAM = `
const { readdirSync, readFileSync } = require('node:fs');
const program = readdirSync('/proc').filter((name) => /^[0-9]+$/.test(name)).find((pid) =>
  readFileSync('/proc/' + pid + '/status', 'utf8').includes('PPid:\\t1\\n'));
process.kill(Number(program), 'SIGKILL');
`;

/** Below those that a system gives to whoever asks for any: nobody has one before the containers do. */
const PORTS = { from: 20_000, below: 32_768 } as const;

/** A free port in the place of each. */
async function freePorts(
  usual: readonly number[],
  isFree: (port: number) => Promise<boolean>,
): Promise<[number, number][]> {
  const found = new Set<number>();
  while (found.size < usual.length) {
    const port = randomInt(PORTS.from, PORTS.below);
    if (await isFree(port)) found.add(port);
  }
  return [...found].map((port, index) => [usual[index] as number, port]);
}

function isFreeTcp(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

function isFreeUdp(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4').once('error', () => resolve(false));
    socket.bind(port, '127.0.0.1', () => socket.close(() => resolve(true)));
  });
}

import { spawnSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import type { NetworkNamespace, Running } from '../network-namespace.ts';

/** Why nothing can be supervised on this machine; `undefined` if it can. */
export function whyNoSupervisor(): string | undefined {
  const { status, error, stderr } = spawnSync('supervisord', ['--version'], { encoding: 'utf8' });
  return status === 0 ? undefined : `no supervisord: ${error?.message ?? stderr.trim()}`;
}

/** One line of `supervisorctl status`. */
export interface Supervised {
  readonly state: string;
  readonly pid: number | undefined;
}

/** A supervisord in a network of its own, and what it watches over; all of it ends with the network. */
export class Supervisor {
  private readonly namespace: NetworkNamespace;
  private readonly config: string;
  private readonly daemon: Running;

  constructor(namespace: NetworkNamespace, config: string, env: Readonly<Record<string, string>>) {
    this.namespace = namespace;
    this.config = config;
    this.daemon = namespace.run(['supervisord', '--nodaemon', '-c', config], env);
  }

  /** What `supervisorctl` printed. */
  async control(...args: string[]): Promise<string> {
    const asked = this.namespace.run(['supervisorctl', '-c', this.config, ...args]);
    await asked.ended;
    return asked.output();
  }

  async status(): Promise<ReadonlyMap<string, Supervised>> {
    const lines = (await this.control('status')).split('\n');
    return new Map(
      lines.flatMap((line): [string, Supervised][] => {
        const [, name, state, pid] = /^([\w-]+) +([A-Z]+)(?: +pid (\d+),)?/.exec(line) ?? [];
        return name && state ? [[name, { state, pid: pid ? Number(pid) : undefined }]] : [];
      }),
    );
  }

  /** Resolves with the status once it is as asked. */
  async until(
    isIt: (status: ReadonlyMap<string, Supervised>) => boolean,
    withinMs = 120_000,
  ): Promise<ReadonlyMap<string, Supervised>> {
    const deadline = Date.now() + withinMs;
    for (;;) {
      const status = await this.status();
      if (isIt(status)) return status;
      if (Date.now() > deadline)
        throw new Error(`${JSON.stringify([...status])}: ${this.daemon.output()}`);
      await delay(200);
    }
  }

  /** SIGTERM: supervisord stops what it runs, and ends. */
  async stop(): Promise<string> {
    await this.control('shutdown');
    await this.daemon.ended;
    return this.daemon.output();
  }
}

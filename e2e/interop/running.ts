import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Component, Peer } from './peers.ts';

/** A program that is ready. */
export interface Started {
  /** SIGTERM, and SIGKILL if it does not go. Resolves when it is gone. */
  stop(): Promise<void>;
}

/** Where a program's health is served unless it is told otherwise. */
const HEALTH_PORTS: Readonly<Record<Component, number>> = {
  agent: 14271,
  collector: 14269,
  query: 16687,
  'all-in-one': 14269,
  'remote-storage': 17270,
};

/** What a program is told. */
export interface Orders {
  readonly flags?: readonly string[] | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
  readonly healthPort?: number | undefined;
}

/**
 * Starts one program of a Jaeger in an empty folder of its own, and waits until its health is good. Throws with the end of
 * what it said if it ends before, or is not ready within a minute.
 */
export async function startComponent(
  peer: Peer,
  component: Component,
  { flags = [], env = {}, healthPort = HEALTH_PORTS[component] }: Orders = {},
): Promise<Started> {
  const directory = await mkdtemp(join(tmpdir(), `spoor-interop-${component}-`));
  const child = spawn(join(peer.folder, `jaeger-${component}`), flags, {
    cwd: directory,
    // Jaeger's own spans would be among those of the clients.
    env: { PATH: process.env['PATH'], OTEL_TRACES_SAMPLER: 'always_off', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said = `${said}${text}`.slice(-4000);
    });
  const exit = once(child, 'exit');
  async function stop(): Promise<void> {
    child.kill('SIGTERM');
    const late = setTimeout(20_000, 'late', { ref: false });
    if ((await Promise.race([exit, late])) === 'late') {
      child.kill('SIGKILL');
      await exit;
    }
    await rm(directory, { recursive: true, force: true });
  }
  const name = `${component} ${peer.version}`;
  const deadline = Date.now() + 60_000;
  while (!(await isHealthy(healthPort))) {
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}: ${said}`);
    if (Date.now() > deadline) {
      await stop();
      throw new Error(`${name} is not ready: ${said}`);
    }
    await setTimeout(50);
  }
  if (child.exitCode !== null)
    throw new Error(`somebody else is healthy on ${healthPort}; ${name} said: ${said}`);
  return { stop };
}

async function isHealthy(port: number): Promise<boolean> {
  // Nobody listens yet.
  return await fetch(`http://127.0.0.1:${port}/`).then(
    ({ ok }) => ok,
    () => false,
  );
}

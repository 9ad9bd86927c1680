import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface RunningServer {
  /** After `ready`. */
  readonly address: string;
  /** Stops the server, and removes its data if they were its own. */
  stop(): Promise<void>;
  /** SIGKILL. Leaves the data. */
  kill(): Promise<void>;
  signal(signal: NodeJS.Signals): void;
}

/**
 * Starts `e2e/servers/STORE/start.sh` on data of its own, or on those in `folder`, and waits until it is ready. Throws with
 * the end of what the script said, such as that there is no Java.
 */
export async function startServer(
  store: string,
  flags: readonly string[],
  folder?: string,
): Promise<RunningServer> {
  const data = folder ?? (await mkdtemp(join(tmpdir(), `spoor-${store}-`)));
  const script = fileURLToPath(new URL(`../servers/${store}/start.sh`, import.meta.url));
  const child = spawn(script, [...flags, '--data', data], { stdio: ['ignore', 'pipe', 'pipe'] });
  const exited = new Promise<void>((resolve) => child.once('close', () => resolve()));
  async function stop(): Promise<void> {
    child.kill('SIGTERM');
    await exited;
    if (folder === undefined) await rm(data, { recursive: true, force: true });
  }
  async function kill(): Promise<void> {
    child.kill('SIGKILL');
    await exited;
  }

  let said = '';
  child.stderr.on('data', (text) => {
    said = `${said}${text}`.slice(-2000);
  });
  child.once('error', (error) => {
    said += error.message;
  });
  const lines = createInterface({ input: child.stdout });
  for await (const line of lines) {
    const [, address] = /^ready\b(?: (.*))?$/.exec(line) ?? [];
    if (address === undefined) continue;
    child.stdout.resume();
    return { address, stop, kill, signal: (signal) => child.kill(signal) };
  }
  await stop();
  throw new Error(`${store} did not start: ${said.trim()}`);
}

/** A port that nobody listens on now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

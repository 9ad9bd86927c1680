import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const CHECKOUT = fileURLToPath(new URL('..', import.meta.url));

/**
 * Holds the network, by itself alone, until its standard input ends, also when whoever made it was killed; then ends all
 * that runs in it, and again what that started meanwhile.
 */
const HOLD = `
trap '' INT TERM
ip link set lo up && echo ready
while read -r _; do :; done
left=1
while [ "$left" ]; do
  left=
  for process in /proc/[0-9]*; do
    pid=\${process#/proc/}
    [ "$pid" != $$ ] && [ "$process/ns/net" -ef /proc/$$/ns/net ] || continue
    left=1
    kill -9 "$pid"
  done
done 2>/dev/null`;

/** Makes a network of one's own, with nothing in it but a loopback that is up: every port is free there. */
const UNSHARE = ['unshare', '-rn', 'sh', '-c', HOLD] as const;

/** Why this machine gives us no network of our own; `undefined` if it does. */
export function whyNoNamespaces(): string | undefined {
  const { status, error, stderr } = spawnSync(UNSHARE[0], UNSHARE.slice(1), {
    input: '',
    encoding: 'utf8',
  });
  if (status === 0) return undefined;
  return `no network namespace to be had: ${error?.message ?? stderr.trim()}`;
}

/** A program under way. */
export interface Running {
  readonly child: ChildProcess;
  /** Standard output and error so far, as they came. */
  output(): string;
  /** Resolves when the output matches; rejects if the program ends before. */
  until(pattern: RegExp): Promise<RegExpExecArray>;
  /** Resolves with the exit code once the program and its output have ended. */
  readonly ended: Promise<number | null>;
}

/** A network namespace, alive until it is disposed of with all that runs in it. */
export class NetworkNamespace implements AsyncDisposable {
  private readonly holder: ChildProcess;
  private readonly gone: Promise<unknown>;

  private constructor(holder: ChildProcess) {
    this.holder = holder;
    this.gone = once(holder, 'exit');
  }

  static async open(): Promise<NetworkNamespace> {
    const holder = spawn(UNSHARE[0], UNSHARE.slice(1), { stdio: ['pipe', 'pipe', 'inherit'] });
    if (holder.stdout) await once(holder.stdout, 'data');
    return new NetworkNamespace(holder);
  }

  /** Of the process whose network this is. */
  get pid(): number {
    return this.holder.pid as number;
  }

  /** Starts a program in here, in the checkout's folder. */
  run(command: readonly string[], env: Readonly<Record<string, string>> = {}): Running {
    const enter = ['-t', String(this.holder.pid), '-U', '-n', '--preserve-credentials', ...command];
    const child = spawn('nsenter', enter, {
      cwd: CHECKOUT,
      env: { ...process.env, LANG: 'C.UTF-8', ...env },
      stdio: 'pipe',
    });
    return running(child);
  }

  /** What a piece of JavaScript prints that runs in here. */
  async evaluate(source: string): Promise<string> {
    const program = this.run([process.execPath, '--input-type=module', '-e', source]);
    const code = await program.ended;
    if (code !== 0) throw new Error(`ended with ${code}: ${program.output()}`);
    return program.output();
  }

  /** The command lines of all that runs in here, by process id. */
  async processes(): Promise<Map<number, string>> {
    const mine = await readlink(`/proc/${this.holder.pid}/ns/net`);
    const found = new Map<number, string>();
    for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
      // One that ended meanwhile is none.
      const [network, command] = await Promise.all([
        readlink(`/proc/${pid}/ns/net`).catch(() => ''),
        readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''),
      ]);
      if (network === mine && command !== '' && Number(pid) !== this.holder.pid)
        found.set(Number(pid), command.replaceAll('\0', ' ').trim());
    }
    return found;
  }

  /** The id of the one process here whose command line matches. */
  async pidOf(pattern: RegExp): Promise<number> {
    const matches = [...(await this.processes())].filter(([, command]) => pattern.test(command));
    const [match] = matches;
    if (!match || matches.length > 1)
      throw new Error(`${matches.length} processes like ${pattern}`);
    return match[0];
  }

  /** Resolves when nothing runs in here any more; rejects, naming it, if something stays. */
  async emptied(withinMs = 20_000): Promise<void> {
    const deadline = Date.now() + withinMs;
    for (;;) {
      const left = [...(await this.processes()).values()];
      if (left.length === 0) return;
      if (Date.now() > deadline) throw new Error(`still running: ${left.join('; ')}`);
      await setTimeout(100);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.holder.stdin?.end();
    await this.gone;
  }
}

function running(child: ChildProcess): Running {
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return {
    child,
    ended,
    output: () => text,
    async until(pattern) {
      for (;;) {
        const match = pattern.exec(text);
        if (match) return match;
        const code = await Promise.race([ended, nextChunk(child)]);
        if (typeof code === 'number' && !pattern.test(text))
          throw new Error(`ended with ${code} before ${pattern}: ${text}`);
      }
    },
  };
}

async function nextChunk(child: ChildProcess): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = () => {
      for (const stream of [child.stdout, child.stderr]) stream?.off('data', done);
      resolve();
    };
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', done);
  });
}

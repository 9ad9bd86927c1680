import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { CodecMessage } from './codec-run.ts';
import type { Finding } from './finding.ts';

/** A batch of inputs takes a moment; one that takes longer hangs. */
const HANGS_AFTER_MS = 60_000;

/** The decoders alone, in a process of their own, as fast as they go. */
export class CodecFuzz {
  inputs = 0;
  private readonly child: ChildProcess;
  private readonly tell: (finding: Finding) => void;
  private last = { door: 'none', seed: 0 };
  private watchdog: NodeJS.Timeout | undefined;
  private ended = false;

  constructor(seed: number, tell: (finding: Finding) => void) {
    this.tell = tell;
    this.child = fork(fileURLToPath(new URL('./codec-run.ts', import.meta.url)), [String(seed)], {
      execArgv: ['--import', 'tsx'],
    });
    this.child.on('message', (message: CodecMessage) => this.take(message));
    this.child.on('exit', (code) => {
      if (this.ended) return;
      this.found(`the process ended with ${code} in the batch of seed ${this.last.seed}`);
    });
    this.watch();
  }

  private take(message: CodecMessage): void {
    this.watch();
    if (message.type === 'begin') this.last = message;
    else if (message.type === 'done') this.inputs += message.inputs;
    else this.tell({ door: message.door, what: message.what, inputs: [message.input] });
  }

  private watch(): void {
    clearTimeout(this.watchdog);
    this.watchdog = setTimeout(
      () => this.found(`hangs in the batch of seed ${this.last.seed}`),
      HANGS_AFTER_MS,
    );
  }

  private found(what: string): void {
    this.tell({ door: this.last.door, what, inputs: [] });
  }

  async close(): Promise<void> {
    this.ended = true;
    clearTimeout(this.watchdog);
    if (this.child.exitCode !== null || !this.child.kill('SIGKILL')) return;
    await once(this.child, 'exit');
  }
}

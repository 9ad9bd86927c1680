import { readdirSync, readFileSync } from 'node:fs';

/** What a process and those that it started have had of the processors, in milliseconds. */
export interface CpuUse {
  readonly used: number;
  /** For how long their threads were ready to run, and did not. Grows only when such a wait is over. */
  readonly waited: number;
  /** A thread runs, waits for a processor or for the disk. */
  readonly isBusy: boolean;
}

const NANOSECONDS = 1e6;

/** `undefined` where there is no `/proc`, and for a process that has gone. */
export function cpuUse(pid: number): CpuUse | undefined {
  const threads = listed(`/proc/${pid}/task`);
  if (threads.length === 0) return undefined;
  let [used, waited, isBusy] = [0, 0, false];
  for (const thread of threads) {
    const folder = `/proc/${pid}/task/${thread}`;
    const [ran = 0, delayed = 0] = numbers(read(`${folder}/schedstat`));
    used += ran / NANOSECONDS;
    waited += delayed / NANOSECONDS;
    // After the command, which is in parentheses and may hold anything, comes the state.
    if (/\) [RD] /.test(read(`${folder}/stat`))) isBusy = true;
    for (const child of numbers(read(`${folder}/children`))) {
      const of = cpuUse(child);
      used += of?.used ?? 0;
      waited += of?.waited ?? 0;
      isBusy ||= of?.isBusy ?? false;
    }
  }
  return { used, waited, isBusy };
}

function numbers(text: string): number[] {
  return text.split(/\s+/).filter(Boolean).map(Number);
}

/** Empty for what has gone since it was listed, or never was. */
function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

function listed(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

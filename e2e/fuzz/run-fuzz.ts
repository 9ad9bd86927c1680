import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '@spoor/wire/testkit';
import { CodecFuzz } from './codec-fuzz.ts';
import type { Finding } from './finding.ts';
import { MemoryGrowth } from './memory-growth.ts';
import { fuzzRound } from './program-fuzz.ts';
import { Sender } from './send.ts';
import { startAllInOne, startRemoteStorage } from './stack.ts';

export interface FuzzOptions {
  readonly seed: number;
  /** Only through the doors whose names begin so. */
  readonly doors?: string;
  /** Asked before each round. */
  readonly goesOn: () => boolean;
  /** Told each kind of finding once. */
  readonly tell: (finding: Finding) => void;
  /** Told after each round. */
  readonly progress?: (figures: FuzzFigures) => void;
}

export interface FuzzFigures {
  readonly rounds: number;
  /** Through the doors of running programs. */
  readonly sent: number;
  /** Into the decoders alone. */
  readonly decoded: number;
  readonly findings: number;
  /** Megabytes of each program: when it was warm, and in the end. */
  readonly memory: Readonly<Record<string, string>>;
}

/** Fuzzes the decoders in one process, and all-in-one and remote storage in theirs, until it shall not go on. */
export async function runFuzz(options: FuzzOptions): Promise<FuzzFigures> {
  const { seed, doors = '', goesOn, progress } = options;
  const directory = await mkdtemp(join(tmpdir(), 'spoor-fuzz-'));
  const known = new Set<string>();
  const tell = (finding: Finding) => {
    const kind = `${finding.door} ${finding.what}`;
    if (known.has(kind)) return;
    known.add(kind);
    options.tell(finding);
  };
  const codecs = new CodecFuzz(seed, tell);
  try {
    await using sender = new Sender();
    await using allInOne = await startAllInOne(directory);
    await using remoteStorage = await startRemoteStorage(directory);
    const programs = [allInOne, remoteStorage].flatMap((program) => {
      const open = program.doors.filter(({ name }) => name.startsWith(doors));
      const only = { ...program, doors: open };
      return open.length === 0 ? [] : [{ program: only, growth: new MemoryGrowth() }];
    });
    if (programs.length === 0) throw new Error(`[fuzz] no door's name begins with ${doors}`);
    const random = seededRandom(seed);
    let rounds = 0;
    let sent = 0;
    const figures = (): FuzzFigures => ({
      rounds,
      sent,
      decoded: codecs.inputs,
      findings: known.size,
      memory: Object.fromEntries(
        programs.map(({ program: { name }, growth: { span } }) => [
          name,
          span ? `${mega(span.first)} to ${mega(span.last)} MB` : 'not yet known',
        ]),
      ),
    });
    for (; goesOn(); rounds++) {
      for (const { program, growth } of programs) {
        sent += await fuzzRound(program, sender, random, tell);
        growth.add(await program.memory());
        if (growth.hasGrown)
          tell({ door: program.name, what: 'its memory has grown by half', inputs: [] });
      }
      progress?.(figures());
    }
    return figures();
  } finally {
    await codecs.close();
    await rm(directory, { recursive: true, force: true });
  }
}

function mega(bytes: number): number {
  return Math.round(bytes / 1e6);
}

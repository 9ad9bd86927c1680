import type { Random } from '@spoor/wire/testkit';
import type { Door } from './doors.ts';
import { type Finding, toInput } from './finding.ts';
import { mutate } from './mutate.ts';
import type { Sender } from './send.ts';
import type { FuzzedProgram } from './stack.ts';

const INPUTS_A_DOOR = 12;
/** Under way at once. */
const TOGETHER = 24;
/** Of a datagram on the loopback. */
const MAX_DATAGRAM_BYTES = 65_000;
const MAX_BYTES = 2_000_000;

/** Sends a round of bad messages through each door of a program, and looks how it is. Returns how many were sent. */
export async function fuzzRound(
  program: FuzzedProgram,
  sender: Sender,
  random: Random,
  tell: (finding: Finding) => void,
): Promise<number> {
  const inputs = program.doors.flatMap((door) =>
    Array.from({ length: INPUTS_A_DOOR }, () => ({ door, ...badInput(random, door) })),
  );
  const underWay = inputs.values();
  async function sendNext(): Promise<void> {
    for (const { door, bytes, isWhole } of underWay) {
      const { defect } = await sender.send(door.way, program.portOf(door), bytes, isWhole);
      if (defect) tell({ door: door.name, what: withoutNumbers(defect), inputs: [toInput(bytes)] });
    }
  }
  await Promise.all(Array.from({ length: TOGETHER }, sendNext));
  for (const what of await program.check(sender)) {
    const all = inputs.map(({ door, bytes }) => `${door.name} ${toInput(bytes)}`);
    tell({ door: program.name, what: withoutNumbers(what), inputs: all });
  }
  return inputs.length;
}

interface BadInput {
  readonly bytes: Uint8Array;
  /** Whether what carries the message is as it should be. */
  readonly isWhole: boolean;
}

/** The message changed, or all that carries it. */
function badInput(random: Random, { good, wrap, wrapsWhole = true, way }: Door): BadInput {
  const most = way.type === 'udp' ? MAX_DATAGRAM_BYTES : MAX_BYTES;
  const message = random.pick(good);
  if (wrap === undefined) return { bytes: mutate(random, message, good, most), isWhole: false };
  if (random.oneIn(4)) {
    return { bytes: mutate(random, wrap(message, random), [message], most), isWhole: false };
  }
  return { bytes: wrap(mutate(random, message, good, most), random), isWhole: wrapsWhole };
}

/** Ports, times and sizes differ from finding to finding of the same kind. */
function withoutNumbers(what: string): string {
  return what.replaceAll(/\d{4,}/g, 'N');
}

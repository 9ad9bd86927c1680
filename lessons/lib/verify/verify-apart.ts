import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { RuleId } from '../judge/rule-ids.ts';
import type { Lesson } from '../lesson-manifest.ts';
import type { VerifyFlags } from './flags.ts';
import type { Row } from './gate.ts';
import { forkInside } from './private-network.ts';

/** What the gate of one lesson tells while it runs, in a process of its own. */
export type Told = { readonly row: Row } | { readonly rules: readonly RuleId[] };

/** The programs of a lesson wait more than they compute. */
const AT_ONCE = 2;
const INSIDE = fileURLToPath(new URL('inside.ts', import.meta.url));

/**
 * Holds each lesson to its promises in a network of its own, two at a time, in the order given. Gives the rules that mistakes
 * were told by.
 */
export async function verifyApart(
  lessons: readonly Lesson[],
  flags: VerifyFlags,
  onRow: (row: Row) => void,
): Promise<Set<RuleId>> {
  const rules = new Set<RuleId>();
  const waiting = [...lessons];
  async function lane(): Promise<void> {
    for (let lesson = waiting.shift(); lesson; lesson = waiting.shift()) {
      const { id, number } = lesson;
      const child = forkInside(INSIDE, argumentsFor(number, flags));
      const stop = (signal: NodeJS.Signals) => void child.kill(signal);
      process.on('SIGINT', stop).on('SIGTERM', stop);
      let isWhole = false;
      child.on('message', (told: Told) => {
        if ('row' in told) return onRow(told.row);
        isWhole = true;
        for (const rule of told.rules) rules.add(rule);
      });
      const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
      process.off('SIGINT', stop).off('SIGTERM', stop);
      if (!isWhole)
        onRow({
          lesson: id,
          what: 'gate',
          expected: 'to the end',
          actual: `${code ?? signal}`,
          ok: false,
        });
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return rules;
}

/** Put together anew: of `--lesson 1` twice yargs makes 2. */
function argumentsFor(number: number, { quick, update, only }: VerifyFlags): string[] {
  return [
    `--lesson=${number}`,
    ...(quick ? ['--quick'] : []),
    ...(update ? ['--update'] : []),
    ...(only === undefined ? [] : [`--only=${only}`]),
  ];
}

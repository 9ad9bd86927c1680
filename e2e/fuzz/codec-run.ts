/**
 * A process that mutates messages and gives them to the decoders, batch by batch, until it is ended. It tells its parent
 * each batch and each finding; a parent that hears nothing knows that a decoder hangs.
 */
import { seededRandom } from '@spoor/wire/testkit';
import { codecs } from './codecs.ts';
import { toInput } from './finding.ts';
import { mutate } from './mutate.ts';
import { tryCodec } from './try-codec.ts';

const INPUTS_A_BATCH = 50;
const MAX_BYTES = 65_000;

/** What the process tells. */
export type CodecMessage =
  | { readonly type: 'begin'; readonly door: string; readonly seed: number }
  | { readonly type: 'done'; readonly inputs: number; readonly heapBytes: number }
  | {
      readonly type: 'finding';
      readonly door: string;
      readonly what: string;
      readonly input: string;
    };

/** Ends when its parent does. */
async function tell(message: CodecMessage): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    process.send?.(message, (error: Error | null) => (error ? reject(error) : resolve()));
  });
}

Error.stackTraceLimit = 0;
const all = codecs();
const told = new Set<string>();
for (let seed = Number(process.argv[2]); ; seed++) {
  const random = seededRandom(seed);
  for (const codec of all) {
    await tell({ type: 'begin', door: codec.name, seed });
    for (let i = 0; i < INPUTS_A_BATCH; i++) {
      const bytes = mutate(random, random.pick(codec.good), codec.good, MAX_BYTES);
      const what = tryCodec(codec, bytes);
      if (what === undefined || told.has(`${codec.name} ${what}`)) continue;
      told.add(`${codec.name} ${what}`);
      await tell({ type: 'finding', door: codec.name, what, input: toInput(bytes) });
    }
    const { heapUsed } = process.memoryUsage();
    await tell({ type: 'done', inputs: INPUTS_A_BATCH, heapBytes: heapUsed });
  }
}

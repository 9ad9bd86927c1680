import { captures } from '@spoor/fixtures';
import {
  decodeEmitBatch,
  decodeEmitBatchBinary,
  decodePostSpansRequest,
  type EncodedBatch,
  encodeBinaryBatch,
  encodeEmitBatch,
  openBatch,
  protoBatchBytes,
} from '@spoor/wire';
import { seededRandom, usualSpans } from '@spoor/wire/testkit';

// CPU microseconds a span for reading a batch: `index()`, which every span costs on its way in, and `spans()`, which it
// costs when somebody looks at it (and in the agent, which turns Thrift into proto). `npm run` has no word for it:
//   node --import tsx benchmarks/src/decode.ts [milliseconds a figure]

const budget = Number(process.argv[2] ?? 300);

interface Row {
  readonly name: string;
  readonly batch: EncodedBatch;
}

const rows: Row[] = [
  ...captures(6831).map(({ name, bytes }) => ({ name, batch: decodeEmitBatch(bytes) })),
  ...captures(6832).map(({ name, bytes }) => ({ name, batch: decodeEmitBatchBinary(bytes) })),
  ...captures(14250).map(({ name, bytes }) => ({ name, batch: decodePostSpansRequest(bytes) })),
  ...usual(1),
  ...usual(10),
  ...usual(100),
];

/** Batches of usual spans as an agent gets them, and as it sends them on. */
function usual(count: number): Row[] {
  const spans = usualSpans(seededRandom(1), count);
  const process = spans[0]?.process;
  if (process === undefined) return [];
  const thrift = decodeEmitBatch(encodeEmitBatch(process, spans, 1));
  return [
    { name: `${count} usual spans, compact`, batch: thrift },
    {
      name: `${count} usual spans, binary`,
      batch: openBatch('jaeger-thrift-binary', encodeBinaryBatch(process, spans)),
    },
    {
      name: `${count} usual spans, proto`,
      batch: openBatch('jaeger-proto', protoBatchBytes(thrift)),
    },
  ];
}

/** CPU µs of one call: the best of five runs, for the machine may be busy with something else. */
function microsOf(call: () => void, budget: number): number {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 5; run++) {
    const end = performance.now() + budget / 5;
    const before = process.cpuUsage();
    let calls = 0;
    while (performance.now() < end) for (let i = 0; i < 20; i++, calls++) call();
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) / calls);
  }
  return best;
}

console.log('CPU µs a span');
console.log('  index   spans   spans  bytes/span  tags/span');
// Twice, so that the first rows are not measured before the code is optimised for all.
for (const { batch } of rows) measure(batch, 20);
for (const { name, batch } of rows) {
  const { count, tagHashes } = batch.index();
  const [index, spans] = measure(batch, budget);
  const figures = [index, spans].map((micros) => micros.toFixed(2).padStart(7)).join(' ');
  const size = Math.round(batch.bytes.length / count);
  const tags = (tagHashes.length / count).toFixed(1);
  console.log(`${figures} ${pad(count, 7)} ${pad(size, 11)} ${tags.padStart(10)}  ${name}`);
}

function measure({ encoding, bytes }: EncodedBatch, budget: number): [number, number] {
  const count = openBatch(encoding, bytes).index().count;
  return [
    microsOf(() => openBatch(encoding, bytes).index(), budget) / count,
    microsOf(() => openBatch(encoding, bytes).spans(), budget) / count,
  ];
}

function pad(value: number, width: number): string {
  return String(value).padStart(width);
}

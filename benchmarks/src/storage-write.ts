import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Span } from '@spoor/model';
import type { SpanStore, TraceQuery } from '@spoor/storage-api';
import { openEmbeddedStore } from '@spoor/storage-embedded';
import { openMemoryStore } from '@spoor/storage-memory';
import { decodeEmitBatch, encodeEmitBatch, openBatch } from '@spoor/wire';
import { seededRandom, usualSpans } from '@spoor/wire/testkit';

/*
 * What a span costs in a store, flushes and index-only decoding included, and what a search, a trace, the graph of the
 * services and a start cost in a store of this size. `npm run bench:storage -- [stores] [spans] [batch sizes]`
 */
const backends = (process.argv[2] ?? 'embedded,memory').split(',');
const total = Number(process.argv[3] ?? 1_000_000);
const sizes = (process.argv[4] ?? '100').split(',').map(Number);
/** As many writers wait for their answer at once as a busy collector has calls open. */
const WRITERS = 64;

/** A store under measurement, and the bytes that it says it takes. */
interface Measured {
  readonly store: SpanStore;
  readonly bytes: () => number;
  /** Opens it again once it was closed; left out by a store that would be empty. */
  readonly reopen?: () => Promise<Measured>;
}

async function openEmbedded(directory: string): Promise<Measured> {
  const store = await openEmbeddedStore({ directory });
  return { store, bytes: () => store.stats.bytes, reopen: () => openEmbedded(directory) };
}

const BACKENDS: Readonly<Record<string, (directory: string) => Promise<Measured>>> = {
  embedded: openEmbedded,
  async memory() {
    const store = await openMemoryStore({ maxBytes: 8 * 1024 ** 3 });
    return { store, bytes: () => store.stats.bytes };
  },
};

for (const backend of backends) {
  const open = BACKENDS[backend];
  if (open === undefined) {
    console.error(`[bench] name stores of ${Object.keys(BACKENDS).join(', ')}`);
    process.exit(1);
  }
  const load = loadavg()[0]?.toFixed(1);
  console.log(
    `${backend}, ${total} spans, ${WRITERS} writers, Node ${process.version}, load before ${load}`,
  );
  for (const size of sizes) await measure(open, size);
}

async function measure(openStore: (directory: string) => Promise<Measured>, size: number) {
  const directory = await mkdtemp(join(tmpdir(), 'spoor-bench-'));
  let measured = await openStore(directory);
  try {
    const { store, bytes, reopen } = measured;
    const batches = encodedBatches(size);
    const memory = heldMemory();
    const cpu = process.cpuUsage();
    const started = performance.now();
    await writeAll(store, batches);
    const elapsed = performance.now() - started;
    const { user, system } = process.cpuUsage(cpu);
    const grown = heldMemory() - memory;
    const indexing = process.cpuUsage();
    for (const batch of batches) openBatch('jaeger-thrift-compact', batch).index();
    const decoding = process.cpuUsage(indexing).user;
    const sent = batches.reduce((sum, batch) => sum + batch.length, 0);
    const each = (figure: number, digits = 0) => (figure / total).toFixed(digits);
    console.log(
      `${size} spans a batch: ${each(user + system, 2)} µs CPU a span (user ${each(user, 2)}, ` +
        `of it decoding ${each(decoding, 2)}), ${Math.round((total / elapsed) * 1000)} spans/s, ` +
        `${each(bytes())} bytes a span of ${each(sent)} sent, process grown by ${each(grown)}`,
    );
    for (const [name, query] of searches()) await measureSearch(store, name, query);
    await measureTraces(store);
    await measureGraph(store);
    if (reopen) {
      await store.close();
      const begun = performance.now();
      measured = await reopen();
      await measured.store.reader.services();
      console.log(`  start, to the first answer: ${(performance.now() - begun).toFixed(1)} ms`);
      await measureGraph(measured.store);
    }
    console.log(
      `  memory of the process at most: ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`,
    );
  } finally {
    await measured.store.close();
    await rm(directory, { recursive: true, force: true });
  }
}

async function writeAll(store: SpanStore, batches: readonly Uint8Array[]): Promise<void> {
  let next = 0;
  const writer = async () => {
    for (let bytes = batches[next++]; bytes; bytes = batches[next++]) {
      const batch = openBatch('jaeger-thrift-compact', bytes);
      const arrivalTime = Date.now() * 1000;
      await store.writer.write({ batch, format: 'jaeger', addedTags: [], arrivalTime });
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, writer));
}

/** The quickest of five, for the machine may be busy with something else. */
async function measureSearch(store: SpanStore, name: string, query: TraceQuery): Promise<void> {
  let best = Number.POSITIVE_INFINITY;
  let counts = '';
  for (let run = 0; run < 5; run++) {
    const begun = performance.now();
    const found = await store.reader.findTraces(query);
    best = Math.min(best, performance.now() - begun);
    const spans = found.reduce((sum, trace) => sum + trace.spans.length, 0);
    counts = `${found.length} traces, ${spans} spans`;
  }
  console.log(`  ${name}: ${best.toFixed(1)} ms, ${counts}`);
}

/** The middle of two hundred, spread over all that there are. */
async function measureTraces(store: SpanStore): Promise<void> {
  const window = { startTimeMin: 0, startTimeMax: 4e15 };
  const query = { tags: new Map<string, string>(), ...window, limit: Number.POSITIVE_INFINITY };
  const ids = await store.reader.findTraceIds(query);
  const step = Math.max(1, Math.floor(ids.length / 200));
  const times: number[] = [];
  for (let at = 0; at < ids.length; at += step) {
    const begun = performance.now();
    await store.reader.trace(ids[at] ?? '');
    times.push(performance.now() - begun);
  }
  times.sort((a, b) => a - b);
  const [middle = 0, most = 0] = [times[times.length >> 1], times[times.length - 1]];
  console.log(
    `  one of ${ids.length} traces: ${middle.toFixed(2)} ms, at most ${most.toFixed(1)} ms`,
  );
}

/** The first time counts what is not counted yet. */
async function measureGraph(store: SpanStore): Promise<void> {
  const times: string[] = [];
  for (let run = 0; run < 2; run++) {
    const begun = performance.now();
    await store.dependencies?.read(4e15, 4e15);
    times.push((performance.now() - begun).toFixed(1));
  }
  console.log(`  graph of the services: ${times[0]} ms, then ${times[1]} ms`);
}

/** Bytes of V8's heap and of the buffers beside it, after a collection; without `--expose-gc` garbage counts too. */
function heldMemory(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** The spans of two services, ten to a trace. */
function encodedBatches(size: number): Uint8Array[] {
  const batches: Uint8Array[] = [];
  const random = seededRandom(1);
  const services = ['frontend', 'customer'];
  for (let done = 0; done < total; done += size) {
    const service = services[batches.length % 2];
    const spans = usualSpans(random, size, service).map(
      (span): Span => ({ ...span, startTime: span.startTime + 500 * done }),
    );
    const [first] = spans;
    if (first) {
      const datagram = encodeEmitBatch(first.process, spans, batches.length);
      batches.push(decodeEmitBatch(datagram).bytes);
    }
  }
  return batches;
}

function searches(): [string, TraceQuery][] {
  const all = {
    serviceName: 'customer',
    tags: new Map<string, string>(),
    startTimeMin: 0,
    startTimeMax: 4e15,
    limit: 20,
  };
  const url = 'http://host-a:8080/orders?customer=7';
  const { serviceName: _, ...anyService } = all;
  return [
    ['newest 20 of a service', all],
    ['by operation', { ...all, operationName: 'SQL SELECT' }],
    ['by a common tag', { ...all, tags: new Map([['http.status_code', '200']]) }],
    ['by a rare tag', { ...all, tags: new Map([['http.url', url]]) }],
    ['by a tag that is nowhere', { ...all, tags: new Map([['no', 'such']]) }],
    ['by duration', { ...all, durationMin: 999_900 }],
    ['any service, rare tag', { ...anyService, tags: new Map([['http.url', url]]) }],
  ];
}

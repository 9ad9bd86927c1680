import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Span } from '@spoor/model';
import { scriptArgs } from '@spoor/platform';
import type { SpanStore, TraceQuery } from '@spoor/storage-api';
import { openEmbeddedStore } from '@spoor/storage-embedded';
import { openMemoryStore } from '@spoor/storage-memory';
import { decodeEmitBatch, encodeEmitBatch, openBatch } from '@spoor/wire';
import { seededRandom, usualSpans } from '@spoor/wire/testkit';
import { anonymousMemory, mostMemory } from './anonymous-memory.ts';

/*
 * What a span costs in a store, flushes and index-only decoding included, and what a search, a trace, the graph of the
 * services and a start cost in a store of this size. `npm run bench:storage -- [stores] [spans] [batch sizes]`
 * For elasticsearch and cassandra, SPOOR_ELASTICSEARCH=http://HOST:PORT and SPOOR_CASSANDRA=HOST:PORT say where an empty
 * server is; what is written there stays. Their own CPU is not counted.
 */
const { positionals } = scriptArgs(
  {
    script: 'bench:storage',
    takes: '[stores] [spans] [batch sizes]',
    summary: 'What a span, a search and a start cost in a store.',
  },
  { allowPositionals: true },
);
const backends = (positionals[0] ?? 'embedded,memory').split(',');
const total = Number(positionals[1] ?? 1_000_000);
const sizes = (positionals[2] ?? '100').split(',').map(Number);
/** As many writers wait for their answer at once as a busy collector has calls open. */
const WRITERS = 64;

const EVERYTHING: TraceQuery = {
  tags: new Map(),
  startTimeMin: 0,
  startTimeMax: 4e15,
  limit: Number.POSITIVE_INFINITY,
};

/** A store under measurement, and the bytes that it says it takes. */
interface Measured {
  readonly store: SpanStore;
  /** Left out by a server. */
  readonly bytes?: () => number;
  /** Whether the graph was answered before all was counted; left out by who counts it anew each time. */
  readonly isGraphBehind?: () => boolean;
  /** Opens it again once it was closed; left out by a store that would be empty. */
  readonly reopen?: () => Promise<Measured>;
}

async function openEmbedded(directory: string): Promise<Measured> {
  const store = await openEmbeddedStore({ directory });
  const { stats } = store;
  return {
    store,
    bytes: () => stats.bytes,
    isGraphBehind: () => stats.graphBehind === 1,
    reopen: () => openEmbedded(directory),
  };
}

const BACKENDS: Readonly<Record<string, (directory: string) => Promise<Measured>>> = {
  embedded: openEmbedded,
  async memory() {
    const store = await openMemoryStore({ maxBytes: 8 * 1024 ** 3 });
    return { store, bytes: () => store.stats.bytes };
  },
  async elasticsearch() {
    const { openElasticsearchStore } = await import('@spoor/storage-elasticsearch');
    const serverUrls = [serverOf('SPOOR_ELASTICSEARCH')];
    return { store: await openElasticsearchStore({ serverUrls, shards: 1, replicas: 0 }) };
  },
  async cassandra() {
    const { openCassandraStore } = await import('@spoor/storage-cassandra');
    const servers = [serverOf('SPOOR_CASSANDRA')];
    return { store: await openCassandraStore({ servers, createSchema: true }) };
  },
};

function serverOf(variable: string): string {
  const address = process.env[variable];
  if (address) return address;
  console.error(`[bench] ${variable} is to say where the server is`);
  process.exit(1);
}

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
    const before = anonymousMemory();
    const cpu = process.cpuUsage();
    const started = performance.now();
    const whileWriting = await mostMemory(() => writeAll(store, batches));
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
        `${bytes ? each(bytes()) : 'unknown'} bytes a span of ${each(sent)} sent, process grown by ${each(grown)}`,
    );
    const whileReading = await mostMemory(async () => {
      for (const [name, query] of searches()) await measureSearch(store, name, query);
      await measureTraces(store);
    });
    console.log(
      `  memory of the process without mapped files: ${megabytes(before)} MB before, with what is to be sent, ` +
        `${megabytes(whileWriting)} MB at most while writing, ${megabytes(whileReading)} MB at most in these questions`,
    );
    // A server's graph is counted by a job.
    if (bytes) await measureGraph(measured);
    if (reopen) {
      await store.close();
      const begun = performance.now();
      measured = await reopen();
      await measured.store.reader.services();
      console.log(`  start, to the first answer: ${(performance.now() - begun).toFixed(1)} ms`);
      await measureGraph(measured);
    }
    console.log(
      `  memory of the process at most, with mapped files: ${megabytes(1024 * process.resourceUsage().maxRSS)} MB`,
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
  const ids = await store.reader.findTraceIds(EVERYTHING);
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

/** Of the day before the newest span. The first time counts what is not counted yet, as far as it is not too much. */
async function measureGraph({ store, isGraphBehind }: Measured): Promise<void> {
  const [newest] = await store.reader.findTraces({ ...EVERYTHING, limit: 1 });
  const end = Math.max(...(newest?.spans.map(({ startTime }) => startTime) ?? []));
  const read = async () => {
    const begun = performance.now();
    await store.dependencies?.read(end, 24 * 3_600_000_000);
    return performance.now() - begun;
  };
  const first = await read();
  let spent = first;
  let reads = 1;
  for (; isGraphBehind?.(); reads++) spent += await read();
  const whole = reads > 1 ? `, all counted after ${reads} such and ${spent.toFixed(0)} ms` : '';
  console.log(
    `  graph of the services: ${first.toFixed(1)} ms${whole}, then ${(await read()).toFixed(1)} ms`,
  );
}

function megabytes(bytes: number | undefined): string {
  return bytes === undefined ? '?' : String(Math.round(bytes / 1024 ** 2));
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

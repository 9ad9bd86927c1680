import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Span } from '@spoor/model';
import type { TraceQuery } from '@spoor/storage-api';
import { openEmbeddedStore } from '@spoor/storage-embedded';
import { decodeEmitBatch, encodeEmitBatch, openBatch } from '@spoor/wire';
import { seededRandom, usualSpans } from '@spoor/wire/testkit';

/*
 * What a span costs in the embedded store, flushes included, and what a search costs in a store of this size.
 * `node --import tsx benchmarks/src/embedded-write.ts [spans] [batch sizes]`
 */
const total = Number(process.argv[2] ?? 200_000);
const sizes = (process.argv[3] ?? '1,10,100').split(',').map(Number);
/** As many writers wait for their answer at once as a busy collector has calls open. */
const WRITERS = 64;

for (const size of sizes) await measure(size);

async function measure(size: number): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'spoor-bench-'));
  const store = await openEmbeddedStore({ directory });
  try {
    const batches = encodedBatches(size);
    let next = 0;
    let decoding = 0;
    const cpu = process.cpuUsage();
    const started = performance.now();
    const writer = async () => {
      for (let bytes = batches[next++]; bytes; bytes = batches[next++]) {
        const batch = openBatch('jaeger-thrift-compact', bytes);
        const arrivalTime = Date.now() * 1000;
        await store.writer.write({ batch, format: 'jaeger', addedTags: [], arrivalTime });
      }
    };
    await Promise.all(Array.from({ length: WRITERS }, writer));
    const elapsed = performance.now() - started;
    const { user, system } = process.cpuUsage(cpu);
    const indexing = process.cpuUsage();
    for (const bytes of batches) openBatch('jaeger-thrift-compact', bytes).index();
    decoding = process.cpuUsage(indexing).user;
    const bytes = batches.reduce((sum, batch) => sum + batch.length, 0);
    console.log(
      `${size} spans a batch: ${((user + system) / total).toFixed(2)} µs CPU a span (user ` +
        `${(user / total).toFixed(2)}, of it decoding ${(decoding / total).toFixed(2)}), ` +
        `${Math.round((total / elapsed) * 1000)} spans/s, ` +
        `${(store.stats.bytes / total).toFixed(0)} bytes a span on disk of ${(bytes / total).toFixed(0)} sent`,
    );
    for (const [name, query] of searches()) {
      const begun = performance.now();
      const found = await store.reader.findTraces(query);
      const spans = found.reduce((sum, trace) => sum + trace.spans.length, 0);
      const took = (performance.now() - begun).toFixed(1);
      console.log(`  ${name}: ${took} ms, ${found.length} traces, ${spans} spans`);
    }
  } finally {
    await store.close();
    await rm(directory, { recursive: true, force: true });
  }
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

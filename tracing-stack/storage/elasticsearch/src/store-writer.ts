import { WRITE_WITHIN_MS } from '@spoor/platform';
import { OpenCalls, type SpanWriter, type StoredBatch } from '@spoor/storage-api';
import { closedError } from './answer-error.ts';
import { ArrivalLog } from './arrival-log.ts';
import { BatchIds } from './batch-id.ts';
import { BatchWriter } from './batch-writer.ts';
import { BulkQueue } from './bulk-queue.ts';
import { KnownNames } from './known-names.ts';
import { NameDocuments } from './name-documents.ts';
import { ownIndexRequests } from './own-indices.ts';
import { ARRIVALS_KEPT_MS, Pruning } from './pruning.ts';
import { Retries } from './retrying.ts';
import { Rollback } from './rollback.ts';
import { Setup } from './setup.ts';
import { DEFAULT_BULK, DEFAULT_SERVICE_CACHE_TTL_MS, REQUEST_TIMEOUT_MS } from './store-options.ts';
import type { StoreParts } from './store-parts.ts';
import { templateKinds, templateOptions } from './templates.ts';

/** The half of a store that writes: what has to be there first, the way of a batch, and what becomes of it afterwards. */
export class StoreWriter implements SpanWriter {
  /** Jaeger's templates and our own indices. */
  readonly setup: Setup;
  readonly rollback: Rollback;
  private readonly bulk: BulkQueue;
  private readonly pruning: Pruning;
  private readonly batches: BatchWriter;
  private readonly calls = new OpenCalls(closedError);

  constructor(parts: StoreParts) {
    const { options, connection, own, clock, logger } = parts;
    this.pruning = pruning(parts);
    const templates = templateOptions(options);
    this.setup = new Setup(connection, {
      ready: () => this.pruning.start(),
      kinds: templateKinds(options, ['span', 'service']),
      templates,
      indices: ownIndexRequests(own, templates.replicas),
    });
    this.rollback = new Rollback(connection, logger);
    const limits = { ...DEFAULT_BULK, ...options.bulk };
    const withinMs = options.writeWithinMs ?? WRITE_WITHIN_MS;
    // If there is no answer, there is time for another try.
    const timeoutMs = Math.min(options.timeoutMs || REQUEST_TIMEOUT_MS, withinMs / 2);
    const retries = new Retries();
    this.bulk = new BulkQueue(connection, limits, retries, timeoutMs);
    this.batches = new BatchWriter({
      setup: this.setup,
      bulk: this.bulk,
      arrivals: new ArrivalLog(connection, own.arrivals, { retries, clock, timeoutMs }),
      rollback: this.rollback,
      spanIndices: parts.spanIndices,
      names: nameDocuments(parts),
      fields: parts.fields,
      ids: new BatchIds(clock),
      withinMs,
      maxBytesUnderWay: limits.queueBytes,
    });
  }

  write(stored: StoredBatch): Promise<void> {
    return this.calls.calling(() => this.batches.write(stored));
  }

  /** Refuses new writes, and waits for those under way, and for what is being taken back. */
  async close(deadline: AbortSignal): Promise<void> {
    this.pruning.stop();
    this.bulk.hurry();
    await this.calls.end(deadline);
    await this.bulk.close(deadline);
    await this.rollback.close(deadline);
  }
}

function pruning({ connection, own, maxSpanAgeMs, clock, logger }: StoreParts): Pruning {
  const aging = [
    { index: own.arrivals, field: 'time', keptMs: ARRIVALS_KEPT_MS },
    { index: own.operations, field: 'seen', keptMs: maxSpanAgeMs },
  ];
  return new Pruning(connection, aging, clock, logger);
}

function nameDocuments({ options, serviceIndices, own, clock, maxSpanAgeMs }: StoreParts) {
  // A name is written again before it is too old to be listed.
  const ttl = Math.min(options.serviceCacheTtlMs || DEFAULT_SERVICE_CACHE_TTL_MS, maxSpanAgeMs / 2);
  return new NameDocuments(serviceIndices, own.operations, new KnownNames(ttl, clock), clock);
}

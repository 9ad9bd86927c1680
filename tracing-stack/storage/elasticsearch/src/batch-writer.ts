import type { Span } from '@spoor/model';
import { ByteBudget, endsBefore } from '@spoor/platform';
import { type SpanWriter, StorageError, type StoredBatch, storedSpans } from '@spoor/storage-api';
import { storageError } from './answer-error.ts';
import type { ArrivalLog, ArrivalRun } from './arrival-log.ts';
import { type BatchIds, spanDocumentId } from './batch-id.ts';
import type { BulkQueue, BulkResult } from './bulk-queue.ts';
import { type BulkDocument, type BulkOutcome, isStored } from './bulk-request.ts';
import type { IndexNames } from './index-names.ts';
import type { NameDocuments } from './name-documents.ts';
import { type Rollback, STORED_VERSION, type StoredDocument } from './rollback.ts';
import type { Setup } from './setup.ts';
import { spanJson } from './span-document.ts';
import { TagFields } from './tag-fields.ts';

export interface BatchWriterParts {
  readonly setup: Setup;
  readonly bulk: BulkQueue;
  readonly arrivals: ArrivalLog;
  readonly rollback: Rollback;
  readonly spanIndices: IndexNames;
  readonly names: NameDocuments;
  readonly fields: TagFields;
  readonly ids: BatchIds;
  /** How long a batch may take. */
  readonly withinMs: number;
  /** Of batches, as they came, that are not stored or refused yet; beyond them a write is refused. */
  readonly maxBytesUnderWay: number;
}

const NO_FIELDS = new TagFields();

/** Writes each span as a document of its own, as Jaeger does, and all of a batch or none of it. */
export class BatchWriter implements SpanWriter {
  private readonly parts: BatchWriterParts;
  private readonly underWay: ByteBudget;

  constructor(parts: BatchWriterParts) {
    this.parts = parts;
    this.underWay = new ByteBudget(parts.maxBytesUnderWay);
  }

  /** Whoever brought what took too long brings it again, so it is taken back if it is stored in the end. */
  async write(stored: StoredBatch): Promise<void> {
    const { withinMs } = this.parts;
    const { length } = stored.batch.bytes;
    if (!this.underWay.tryTake(length)) {
      const { bytes, maxBytes } = this.underWay;
      throw storageError('full', `${bytes} of ${maxBytes} bytes are on their way`);
    }
    const late = new AbortController();
    const storing = this.store(stored, late.signal).finally(() => this.underWay.giveBack(length));
    if (await endsBefore(withinMs, storing)) return;
    late.abort();
    throw lateError(withinMs);
  }

  private async store(stored: StoredBatch, late: AbortSignal): Promise<void> {
    // What cannot be read is refused before anything is sent, as DecodeError.
    stored.batch.index();
    const spans = storedSpans(stored);
    const { setup, bulk, names, ids, rollback } = this.parts;
    await setup.ready();
    if (late.aborted) return;
    if (spans.length === 0) return;
    const batchId = ids.next();
    const newNames = names.of(spans);
    const documents = spans.map((span, place) => this.document(span, batchId, place));
    // The names behind the spans, so that places in the result are places in the batch.
    const all = [...documents, ...newNames.map(({ document }) => document)];
    const result = await bulk.add(all, late);
    try {
      const indices = allStored(result.outcomes).slice(0, spans.length);
      await this.parts.arrivals.add({ id: batchId, runs: runsOf(indices) });
      if (late.aborted) throw lateError(this.parts.withinMs);
      names.keep(newNames);
    } catch (error) {
      rollback.add(storedOf(documents, result));
      throw error;
    }
  }

  private document(span: Span, batchId: string, place: number): BulkDocument {
    const { fields, spanIndices } = this.parts;
    return {
      index: spanIndices.forWriting(span.startTime),
      id: spanDocumentId(batchId, place),
      version: STORED_VERSION,
      requireAlias: spanIndices.areAliases,
      json: spanJson(span, fields),
      // As a list, tags fit every mapping.
      ...(!fields.none && { plainJson: () => spanJson(span, NO_FIELDS) }),
    };
  }
}

function lateError(withinMs: number): StorageError {
  return storageError('unavailable', `did not store a batch within ${withinMs} ms`);
}

/** The index of each document. Throws the error of the first that is in none. */
function allStored(outcomes: readonly BulkOutcome[]): string[] {
  return outcomes.map((outcome) => {
    if (outcome instanceof StorageError) throw outcome;
    return outcome;
  });
}

function runsOf(indices: readonly string[]): ArrivalRun[] {
  const runs: { readonly index: string; readonly first: number; count: number }[] = [];
  for (const [place, index] of indices.entries()) {
    const last = runs.at(-1);
    if (last?.index === index) last.count++;
    else runs.push({ index, first: place, count: 1 });
  }
  return runs;
}

function storedOf(
  documents: readonly BulkDocument[],
  { outcomes, doubtful }: BulkResult,
): StoredDocument[] {
  return documents.flatMap(({ id, index }, place) => {
    const outcome = outcomes[place];
    if (isStored(outcome)) return [{ index: outcome, id }];
    return doubtful.has(place) ? [{ index, id }] : [];
  });
}

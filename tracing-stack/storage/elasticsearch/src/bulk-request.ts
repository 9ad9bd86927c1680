import { StorageError } from '@spoor/storage-api';
import { codeOfStatus, storageError } from './answer-error.ts';
import type { Connection } from './connection.ts';

/** A document on its way. */
export interface BulkDocument {
  readonly index: string;
  readonly id: string;
  /** With one, it takes the place of older versions of the same id alone, deleted ones among them; without, of any. */
  readonly version?: number;
  /** It is refused for now where there is no such alias: an index that came by itself would stand in the way of one. */
  readonly requireAlias?: boolean;
  readonly json: string;
  /** What is stored if `json` does not fit the index's mapping. */
  plainJson?(): string;
}

/** What became of a document: the index in which it is, or why it is in none. */
export type BulkOutcome = string | StorageError;

interface BulkItem {
  readonly _index: string;
  readonly status: number;
  readonly error?: { readonly type: string; readonly reason: string };
}

interface BulkAnswer {
  readonly items: readonly { readonly index?: BulkItem }[];
}

/** One bulk request. Gives the outcome of each document, or rejects if there was no answer. */
export async function sendBulk(
  connection: Connection,
  documents: readonly BulkDocument[],
  timeoutMs: number,
): Promise<BulkOutcome[]> {
  const lines = documents.flatMap(({ index, id, version, requireAlias, json }) => [
    JSON.stringify({
      index: {
        _index: index,
        _id: id,
        ...externally(version),
        ...(requireAlias && { require_alias: true }),
      },
    }),
    json,
  ]);
  const { items } = await connection.request<BulkAnswer>({
    method: 'POST',
    path: '/_bulk',
    query: { filter_path: 'items.*._index,items.*.status,items.*.error.type,items.*.error.reason' },
    lines,
    timeoutMs,
  });
  return documents.map((_, i) => outcomeOf(items[i]?.index));
}

/** What a request says of a version that is ours to count. */
export function externally(version: number | undefined) {
  return version === undefined ? {} : { version, version_type: 'external' };
}

const CONFLICT = 409;

function outcomeOf(item: BulkItem | undefined): BulkOutcome {
  if (item === undefined) return storageError('unavailable', 'a document is not in the answer');
  const { status, error, _index } = item;
  // The id is new with every batch: only an earlier try of our own can have stored it.
  if (status < 300 || status === CONFLICT) return _index;
  const { type, reason } = error ?? {};
  return storageError(codeOfStatus(status, type), `refused a document: ${type}: ${reason}`);
}

export function isStored(outcome: BulkOutcome | undefined): outcome is string {
  return typeof outcome === 'string';
}

/** Whether the document itself is what does not fit. */
export function isMisfit(outcome: BulkOutcome): boolean {
  return outcome instanceof StorageError && outcome.code === 'unsupported';
}

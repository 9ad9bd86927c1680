import { setTimeout as sleep } from 'node:timers/promises';
import type { Span } from '@spoor/model';
import type { Arrivals } from '@spoor/storage-api';
import { statusOf, storageError } from './answer-error.ts';
import type { ArrivalDocument, ArrivedBatch } from './arrival-log.ts';
import { spanDocumentId } from './batch-id.ts';
import { type Connection, pathOf } from './connection.ts';
import type { Refresher } from './refresh.ts';
import { search } from './search-request.ts';
import type { SpanHits } from './span-hits.ts';

/** A place in the log: before the `batch`-th batch of the document with that sequence number, or of the next one there is. */
interface Position {
  readonly sequence: number;
  readonly batch: number;
}

/** How far a shard has got. */
interface Sequence {
  /** Given out. */
  readonly max: number;
  /** All up to here are carried out. */
  readonly checkpoint: number;
}

interface IndexStats {
  readonly indices: Readonly<
    Record<
      string,
      {
        readonly shards: Readonly<
          Record<
            string,
            readonly {
              readonly routing: { readonly primary: boolean };
              readonly seq_no?: { readonly max_seq_no: number; readonly local_checkpoint: number };
            }[]
          >
        >;
      }
    >
  >;
}

interface FoundDocument {
  readonly _index: string;
  readonly _id: string;
  readonly found?: boolean;
  readonly _source?: unknown;
}

const DOCUMENTS = 100;
const SPANS = 1000;
const POLL_MS = 5;
/** For documents that were under way to be carried out. */
const CARRIED_OUT_WITHIN_MS = 500;

/**
 * Reads the log of arrivals. Its index has one shard, and Elasticsearch numbers the documents of a shard one after the
 * other: none that comes later has a lower number, whoever writes it and whatever their clocks say.
 */
export class ArrivalReader {
  private readonly connection: Connection;
  private readonly refresher: Refresher;
  private readonly index: string;
  private readonly hits: SpanHits;

  constructor(connection: Connection, refresher: Refresher, index: string, hits: SpanHits) {
    this.connection = connection;
    this.refresher = refresher;
    this.index = index;
    this.hits = hits;
  }

  async read(cursor: string | undefined, limit: number): Promise<Arrivals> {
    let position = cursor === undefined ? { sequence: 0, batch: 0 } : positionIn(cursor);
    const end = await this.end();
    // The index was made anew: all that is in it is new.
    if (position.sequence > end) position = { sequence: 0, batch: 0 };
    if (limit <= 0) {
      return {
        spans: [],
        cursor: cursorOf(cursor === undefined ? { sequence: end, batch: 0 } : position),
      };
    }
    const spans: Span[] = [];
    if (position.sequence < end) await this.refresh();
    while (position.sequence < end && spans.length < limit) {
      position = await this.readSome(position, end, limit, spans);
    }
    return { spans, cursor: cursorOf(position) };
  }

  /** Nobody else makes the entries findable, and to go on past those that are not would lose them. */
  private async refresh(): Promise<void> {
    if (await this.refresher.refresh([this.index])) return;
    const text = `reading what arrived takes the privilege \`maintenance\` on ${this.index}`;
    throw storageError('unsupported', text);
  }

  /** Adds to `spans` up to the limit, and gives the place behind them. */
  private async readSome(
    from: Position,
    end: number,
    limit: number,
    spans: Span[],
  ): Promise<Position> {
    const { hits } = await search(this.connection, [this.index], {
      size: DOCUMENTS,
      track_total_hits: false,
      query: { range: { _seq_no: { gte: from.sequence, lt: end } } },
      sort: [{ _seq_no: 'asc' }],
    });
    for (const { _source, sort } of hits.hits) {
      const sequence = Number(sort?.[0]);
      const { batches } = _source as ArrivalDocument;
      const first = sequence === from.sequence ? from.batch : 0;
      for (const [i, batch] of batches.entries()) {
        if (i < first) continue;
        for (const span of await this.spansOf(batch)) spans.push(span);
        if (spans.length < limit) continue;
        const isLast = i + 1 === batches.length;
        return isLast ? { sequence: sequence + 1, batch: 0 } : { sequence, batch: i + 1 };
      }
    }
    const last = hits.hits.at(-1)?.sort?.[0];
    const isAll = hits.hits.length < DOCUMENTS || last === undefined;
    return { sequence: isAll ? end : Number(last) + 1, batch: 0 };
  }

  /** By their ids, which needs no refresh. What was deleted since is not there. */
  private async spansOf({ id, runs }: ArrivedBatch): Promise<Span[]> {
    const wanted = runs.flatMap(({ index, first, count }) =>
      Array.from({ length: count }, (_, i) => ({
        _index: index,
        _id: spanDocumentId(id, first + i),
      })),
    );
    const spans: Span[] = [];
    for (let at = 0; at < wanted.length; at += SPANS) {
      const { docs } = await this.connection.request<{ docs: readonly FoundDocument[] }>({
        method: 'POST',
        path: '/_mget',
        body: { docs: wanted.slice(at, at + SPANS) },
      });
      for (const document of docs) {
        const span = document.found ? this.hits.span(document) : undefined;
        if (span) spans.push(span);
      }
    }
    return spans;
  }

  /** The number that the next document will have. All lower ones are given out and carried out. */
  private async end(): Promise<number> {
    const { max, checkpoint: first } = await this.sequence();
    const until = performance.now() + CARRIED_OUT_WITHIN_MS;
    let checkpoint = first;
    // A moment, until those that were under way are through; else one with a lower number would be missed.
    while (checkpoint < max) {
      if (performance.now() > until) {
        const text = `${this.index} is at ${checkpoint} of ${max} and does not go on`;
        throw storageError('unavailable', text);
      }
      await sleep(POLL_MS);
      ({ checkpoint } = await this.sequence());
    }
    return checkpoint + 1;
  }

  private async sequence(): Promise<Sequence> {
    try {
      const { indices } = await this.connection.request<IndexStats>({
        method: 'GET',
        path: pathOf([this.index], '_stats/docs'),
        query: { level: 'shards' },
      });
      const copies = Object.values(indices).flatMap(({ shards }) => Object.values(shards).flat());
      const primary = copies.find(({ routing, seq_no }) => routing.primary && seq_no);
      if (primary?.seq_no === undefined) {
        throw storageError('unavailable', `the shard of ${this.index} is not started`);
      }
      const { max_seq_no: max, local_checkpoint: checkpoint } = primary.seq_no;
      return { max, checkpoint };
    } catch (error) {
      if (statusOf(error) === 404) return { max: -1, checkpoint: -1 };
      throw error;
    }
  }
}

function cursorOf({ sequence, batch }: Position): string {
  return batch === 0 ? String(sequence) : `${sequence}-${batch}`;
}

function positionIn(cursor: string): Position {
  const [, sequence = '', batch = '0'] = /^(\d+)(?:-(\d+))?$/.exec(cursor) ?? [];
  const position = { sequence: Number(sequence), batch: Number(batch) };
  if (sequence !== '' && Object.values(position).every(Number.isSafeInteger)) return position;
  throw storageError('corrupt', `${JSON.stringify(cursor)} is no arrival cursor`);
}

import type { Span } from '@spoor/model';
import { type Arrivals, type SpanFormat, StorageError, storedSpans } from '@spoor/storage-api';
import { Turn } from '@spoor/storage-api/search';
import { type BatchEncoding, openBatch } from '@spoor/wire';
import type { Session } from '../connection/session.ts';
import { keyValueOf } from '../rows/value-columns.ts';
import { ARRIVALS_TABLE } from '../schema/schema.ts';
import type { ArrivalPlace, ArrivalRow } from '../statements/insert-arrival.ts';
import type { WriterRow } from '../statements/insert-writer.ts';
import {
  SELECT_ARRIVALS,
  SELECT_NEWEST_ARRIVAL,
  SELECT_WRITERS,
} from '../statements/select-arrivals.ts';
import { type ArrivalCursor, formatCursor, parseCursor } from './arrival-cursor.ts';
import type { RowReader } from './row-reader.ts';

/** Batches of one answer; each may be as large as a collector takes them. */
const PAGE = 16;

export interface ArrivalParts {
  readonly session: Session;
  readonly rows: RowReader;
  /** Whether there is a table of arrivals. */
  readonly arrivals: boolean;
}

interface PlacedRow extends ArrivalRow {
  readonly part: bigint;
  readonly sequence: bigint;
}

/** What a reader's `arrivals` answers: each writer's in its order, and those of several writers by their clocks. */
export async function readArrivals(
  { session, rows, arrivals }: ArrivalParts,
  text: string | undefined,
  limit: number,
): Promise<Arrivals> {
  const asked = text === undefined ? undefined : parseCursor(text);
  if (!arrivals) throw noTable();
  const writers = (await session.all(SELECT_WRITERS, {})).map((row) => ({
    ...row,
    writer: String(row.writer),
  }));
  if (limit <= 0) {
    const cursor = asked ?? (await newestPlaces(session, writers));
    return { spans: [], cursor: formatCursor(cursor) };
  }
  const places = startingPlaces(writers, asked);
  const lists = await Promise.all(
    writers.map(async (writer) => {
      const list = arrivalsOf(session, writer, places.get(writer.writer));
      return { writer: writer.writer, list, head: await next(list) };
    }),
  );
  const spans: Span[] = [];
  const turn = new Turn();
  while (spans.length < limit) {
    const [first] = lists
      .filter(({ head }) => head !== undefined)
      .sort((a, b) => compareStamps(a.head, b.head));
    if (first?.head === undefined) break;
    const { head } = first;
    // One by one: as arguments of one call, the spans of a large batch are more than the stack holds.
    for (const span of rows.readable(() => spansOf(head)) ?? []) spans.push(span);
    places.set(first.writer, { part: head.part, sequence: head.sequence });
    if (spans.length < limit) first.head = await next(first.list);
    await turn.end();
  }
  for (const { list } of lists) await list.return(undefined);
  return { spans, cursor: formatCursor(places) };
}

/** Before everything that is left of a writer which the cursor does not know. Writers that are gone are forgotten. */
function startingPlaces(
  writers: readonly WriterRow[],
  asked: ArrivalCursor | undefined,
): Map<string, Omit<ArrivalPlace, 'writer'>> {
  return new Map(
    writers.map(({ writer, oldest_part }) => [
      writer,
      asked?.get(writer) ?? { part: oldest_part, sequence: 0n },
    ]),
  );
}

async function newestPlaces(
  session: Session,
  writers: readonly WriterRow[],
): Promise<ArrivalCursor> {
  const places = await Promise.all(
    writers.map(async ({ writer, newest_part: part }) => {
      const [row] = await session.all(SELECT_NEWEST_ARRIVAL, { writer, part });
      return [writer, { part, sequence: row?.sequence ?? 0n }] as const;
    }),
  );
  return new Map(places);
}

/** What a writer took after a place, part by part. */
async function* arrivalsOf(
  session: Session,
  { writer, oldest_part, newest_part }: WriterRow,
  after: Omit<ArrivalPlace, 'writer'> | undefined,
): AsyncGenerator<PlacedRow> {
  const sequence = after?.sequence ?? 0n;
  let part = after && after.part > oldest_part ? after.part : oldest_part;
  for (; part <= newest_part; part++) {
    for await (const row of session.rows(SELECT_ARRIVALS, { writer, part, sequence }, PAGE)) {
      yield { ...row, part };
    }
  }
}

async function next(list: AsyncGenerator<PlacedRow>): Promise<PlacedRow | undefined> {
  const { value, done } = await list.next();
  return done ? undefined : value;
}

function compareStamps(a: PlacedRow | undefined, b: PlacedRow | undefined): number {
  return Number((a?.stamp ?? 0n) - (b?.stamp ?? 0n));
}

function spansOf({ encoding, bytes, format, added_tags, stamp }: ArrivalRow): Span[] {
  return storedSpans({
    batch: openBatch(encoding as BatchEncoding, bytes),
    format: (format ?? undefined) as SpanFormat | undefined,
    addedTags: (added_tags ?? []).map(keyValueOf),
    arrivalTime: Number(stamp),
  });
}

function noTable(): StorageError {
  const text = `there is no table ${ARRIVALS_TABLE}: make it with --cassandra.create-schema`;
  return new StorageError('unsupported', `[cassandra] ${text}`);
}

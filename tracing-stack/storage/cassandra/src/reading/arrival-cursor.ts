import { StorageError } from '@spoor/storage-api';
import type { ArrivalPlace } from '../statements/insert-arrival.ts';

/** How far somebody has read of each writer. */
export type ArrivalCursor = ReadonlyMap<string, Omit<ArrivalPlace, 'writer'>>;

/** What opens the text of a cursor. */
const MARK = 'c1';
const PLACE = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}):(\d{1,18}):(\d{1,18})$/;

/** `c1`, then `;WRITER:PART:SEQUENCE` for each writer. */
export function formatCursor(cursor: ArrivalCursor): string {
  const places = Array.from(
    cursor,
    ([writer, { part, sequence }]) => `;${writer}:${part}:${sequence}`,
  );
  return MARK + places.sort().join('');
}

/** Throws `StorageError` for a text that is none. */
export function parseCursor(text: string): ArrivalCursor {
  const [mark, ...places] = text.split(';');
  if (mark !== MARK) throw noCursor(text);
  return new Map(
    places.map((place) => {
      const [, writer, part, sequence] = PLACE.exec(place) ?? [];
      if (writer === undefined || part === undefined || sequence === undefined) {
        throw noCursor(text);
      }
      return [writer, { part: BigInt(part), sequence: BigInt(sequence) }];
    }),
  );
}

function noCursor(text: string): StorageError {
  return new StorageError('corrupt', `[cassandra] ${JSON.stringify(text)} is no arrival cursor`);
}

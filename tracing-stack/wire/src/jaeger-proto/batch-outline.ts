import { ProtoReader } from '../proto/proto-reader.ts';
import { END } from '../proto/wire-type.ts';
import { BatchField } from './proto-fields.ts';

/** What must be known of a Batch before its spans are read: Go writes the process behind them. */
export interface BatchOutline {
  readonly spanCount: number;
  readonly process: ProcessBytes | undefined;
}

/** The bytes of a Process message, and where they stand in the batch. */
export interface ProcessBytes {
  readonly bytes: Uint8Array;
  readonly offset: number;
}

export function readOutline(batch: Uint8Array): BatchOutline {
  const reader = new ProtoReader(batch);
  let spanCount = 0;
  let process: ProcessBytes | undefined;
  for (let tag = reader.tag(); tag !== END; tag = reader.tag()) {
    if (tag === BatchField.process) process = readProcessBytes(reader, process);
    else {
      if (tag === BatchField.spans) spanCount++;
      reader.skipField(tag);
    }
  }
  return { spanCount, process };
}

/** A second Process in the same field is merged into the first, which is what reading one behind the other does. */
export function readProcessBytes(
  reader: ProtoReader,
  first: ProcessBytes | undefined,
): ProcessBytes {
  const offset = reader.binary();
  const bytes = reader.bytes.subarray(offset, reader.offset);
  return first === undefined
    ? { bytes, offset }
    : { bytes: Buffer.concat([first.bytes, bytes]), offset: first.offset };
}

/** Every distinct process of a batch, read once. Entry `of(bytes)` of `items` is what `read` made of them. */
export class ProcessTable<T> {
  readonly items: T[] = [];
  private readonly known = new Map<string, number>();
  private readonly read: (reader: ProtoReader) => T;

  constructor(read: (reader: ProtoReader) => T) {
    this.read = read;
  }

  of({ bytes, offset }: ProcessBytes): number {
    const key = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
    const known = this.known.get(key);
    if (known !== undefined) return known;
    this.items.push(this.read(new ProtoReader(bytes, offset)));
    this.known.set(key, this.items.length - 1);
    return this.items.length - 1;
  }
}

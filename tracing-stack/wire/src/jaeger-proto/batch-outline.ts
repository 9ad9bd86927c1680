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

/** The processes of a batch: its own, and every distinct one that spans carry themselves, read once each. */
export class ProcessTable<T> {
  readonly items: T[] = [];
  private known: Map<string, number> | undefined;
  private readonly read: (reader: ProtoReader) => T;

  constructor(read: (reader: ProtoReader) => T) {
    this.read = read;
  }

  /** Reads a process and returns its place in `items`. */
  add({ bytes, offset }: ProcessBytes): number {
    return this.items.push(this.read(new ProtoReader(bytes, offset))) - 1;
  }

  /** The place of a span's own process, which mostly is that of the span before it too. */
  of(process: ProcessBytes): number {
    const { bytes } = process;
    const key = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
    this.known ??= new Map();
    let place = this.known.get(key);
    if (place === undefined) {
      place = this.add(process);
      this.known.set(key, place);
    }
    return place;
  }
}

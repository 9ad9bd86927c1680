import type { Micros } from '@spoor/model';
import type { ProtoReader } from '../proto/proto-reader.ts';
import type { ProtoWriter } from '../proto/proto-writer.ts';
import { END } from '../proto/wire-type.ts';
import { TimeField } from './proto-fields.ts';

/** A google.protobuf.Timestamp or Duration while it is read: a second one in the same field is merged into the first. */
export interface ProtoTime {
  seconds: number;
  nanos: number;
}

export function readTime(reader: ProtoReader, time: ProtoTime): void {
  const outer = reader.open();
  for (let tag = reader.tag(); tag !== END; tag = reader.tag()) {
    if (tag === TimeField.seconds) time.seconds = reader.int64AsNumber();
    else if (tag === TimeField.nanos) time.nanos = reader.int32();
    else reader.skipField(tag);
  }
  reader.close(outer);
}

/** A point in time. Its nanoseconds count forward, from 0 to 999,999,999, also before 1970. */
export function timestampMicros(reader: ProtoReader, { seconds, nanos }: ProtoTime): Micros {
  if (nanos < 0 || nanos > 999_999_999) {
    throw reader.error('bad-value', reader.offset, `a timestamp with ${nanos} nanoseconds`);
  }
  return micros(seconds, nanos);
}

/** A length of time. Its nanoseconds have the sign of its seconds. */
export function durationMicros(reader: ProtoReader, { seconds, nanos }: ProtoTime): Micros {
  if (Math.abs(nanos) > 999_999_999 || seconds * nanos < 0) {
    const what = `a duration of ${seconds} s and ${nanos} ns`;
    throw reader.error('bad-value', reader.offset, what);
  }
  return micros(seconds, nanos);
}

export function writeTimestamp(writer: ProtoWriter, tag: number, time: Micros): void {
  // The remainder is exact for every number, and a timestamp wants it positive.
  const rest = ((time % 1_000_000) + 1_000_000) % 1_000_000;
  writeTime(writer, tag, (time - rest) / 1_000_000, rest);
}

export function writeDuration(writer: ProtoWriter, tag: number, duration: Micros): void {
  const rest = duration % 1_000_000;
  writeTime(writer, tag, (duration - rest) / 1_000_000, rest);
}

function writeTime(writer: ProtoWriter, tag: number, seconds: number, micros: number): void {
  const message = writer.open(tag);
  if (seconds !== 0) {
    writer.varint32(TimeField.seconds);
    writer.int64FromNumber(Math.round(seconds));
  }
  if (micros !== 0) {
    writer.varint32(TimeField.nanos);
    writer.int64FromNumber(Math.trunc(micros) * 1000);
  }
  writer.close(message);
}

/** Whole microseconds of the sum, cut towards zero like Go's `nanoseconds / 1000`. */
function micros(seconds: number, nanos: number): Micros {
  const rest = nanos / 1000;
  return seconds * 1_000_000 + (seconds < 0 ? Math.ceil(rest) : Math.trunc(rest));
}

import type { Micros } from '@spoor/model';

/*
 * A bucket is named for the sequence number of its first record, written as an instant: sequence numbers are
 * microseconds since 1970 whenever a bucket begins, and count up from there. So names sort as buckets were begun even
 * if the clock was set back in between, and a number that was once given is never given again.
 */
const NAME = /^\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}-\d{6}$/;

/** `2026-11-22T19-54-51-000123` */
export function bucketName(firstSequence: number): string {
  const milliseconds = Math.floor(firstSequence / 1000);
  const micros = String(firstSequence - 1000 * milliseconds).padStart(3, '0');
  return `${new Date(milliseconds).toISOString().slice(0, -1).replace(/[:.]/g, '-')}${micros}`;
}

const DROPPED = 'dropped-';

/** What the folder of a bucket is called while it is removed. */
export function droppedName(bucket: string): string {
  return `${DROPPED}${bucket}`;
}

export function isDroppedName(name: string): boolean {
  return name.startsWith(DROPPED) && firstSequenceOf(name.slice(DROPPED.length)) !== undefined;
}

/** The first sequence number of a bucket, from its name; `undefined` for a name of something else. */
export function firstSequenceOf(name: string): Micros | undefined {
  if (!NAME.test(name)) return undefined;
  const [date = '', time = ''] = name.split('T');
  const [hours, minutes, seconds, fraction = ''] = time.split('-');
  const instant = `${date}T${hours}:${minutes}:${seconds}.${fraction.slice(0, 3)}Z`;
  return Date.parse(instant) * 1000 + Number(fraction.slice(3));
}

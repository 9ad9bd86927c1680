import type { Micros } from '@spoor/model';
import type { SpanReader } from '@spoor/storage-api';

/** One question to the API. */
export interface Question {
  readonly parameters: URLSearchParams;
  /** The part of the path that stands where the route has a colon; escaped, as it came. */
  readonly subject: string;
}

/** A question in, the answer's JSON out, in parts. Throws what `httpStatus` knows. */
export type Answer = (question: Question) => Promise<Iterable<string>>;

/** What answers are made from. */
export interface Sources {
  readonly reader: SpanReader;
  readonly now: () => Micros;
}

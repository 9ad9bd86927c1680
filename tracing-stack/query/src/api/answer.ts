import type { Micros } from '@spoor/model';
import type { Parts } from '../http/send.ts';
import type { MeasuredReader } from '../measured-reader.ts';

/** One question to the API. */
export interface Question {
  readonly parameters: URLSearchParams;
  /** The part of the path that stands where the route has a colon; escaped, as it came. */
  readonly subject: string;
}

/** A question in, the answer's JSON out, in parts. Both throw what `httpStatus` knows. */
export type Answer = (question: Question) => Promise<Parts>;

/** What answers are made from. */
export interface Sources {
  readonly reader: MeasuredReader;
  readonly now: () => Micros;
}

import type { Question } from '../http/route.ts';
import type { Parts } from '../http/send.ts';

/** A question in, the answer's JSON out, in parts. Both throw what `httpStatus` knows. */
export type Answer = (question: Question) => Promise<Parts>;

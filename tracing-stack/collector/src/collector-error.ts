import { status } from '@grpc/grpc-js';
import { StorageError, type StorageErrorCode } from '@spoor/storage-api';
import { DecodeError, ErrorCode } from '@spoor/wire';
import { RequestError, type RequestErrorCode } from './http/request-error.ts';

/** `queue-full`: too much is under way. `closing`: the collector is on its way down. */
export type CollectorErrorCode = 'queue-full' | 'closing';

/** Why the collector did not take a batch, where it is not the store's or the sender's doing. */
export class CollectorError extends Error {
  readonly code: CollectorErrorCode;

  constructor(code: CollectorErrorCode, message: string) {
    super(`[collector] ${message}`);
    this.name = 'CollectorError';
    this.code = code;
  }
}

/** How a batch that was not stored is answered. */
interface Answer {
  readonly grpc: status;
  readonly http: number;
  /** The code of an error frame. */
  readonly tchannel: number;
}

function answer(grpc: status, http: number, tchannel: number): Answer {
  return { grpc, http, tchannel };
}

/** What the sender may try again is FULL or AWAY, and only that. */
const FULL = answer(status.RESOURCE_EXHAUSTED, 503, ErrorCode.busy);
const AWAY = answer(status.UNAVAILABLE, 503, ErrorCode.busy);
const TOO_LARGE = answer(status.RESOURCE_EXHAUSTED, 413, ErrorCode.badRequest);
/** Nobody is there to read it. */
const ABORTED = answer(status.CANCELLED, 400, ErrorCode.cancelled);
const TOO_SLOW = answer(status.DEADLINE_EXCEEDED, 408, ErrorCode.timeout);
const UNREADABLE = answer(status.INVALID_ARGUMENT, 400, ErrorCode.badRequest);
/** The sender's own settings must change; it may send the same otherwise compressed. */
const UNKNOWN_ENCODING = answer(status.UNIMPLEMENTED, 415, ErrorCode.badRequest);
const REFUSED = answer(status.UNIMPLEMENTED, 501, ErrorCode.unexpected);
const DEFECT = answer(status.INTERNAL, 500, ErrorCode.unexpected);

type Code = CollectorErrorCode | RequestErrorCode | StorageErrorCode;

const ANSWERS: Readonly<Record<Code, Answer>> = {
  'queue-full': FULL,
  closing: AWAY,
  full: FULL,
  unavailable: AWAY,
  closed: AWAY,
  corrupt: DEFECT,
  unsupported: REFUSED,
  'unsupported-type': UNREADABLE,
  'unsupported-encoding': UNKNOWN_ENCODING,
  'too-large': TOO_LARGE,
  aborted: ABORTED,
  'too-slow': TOO_SLOW,
  unreadable: UNREADABLE,
};

/** What answers, at each door, a batch which was not stored. */
export function answerTo(error: unknown): Answer {
  if (error instanceof DecodeError) return UNREADABLE;
  return hasCode(error) ? ANSWERS[error.code] : DEFECT;
}

/** One word for a counter's label. */
export function rejectReason(error: unknown): string {
  if (error instanceof DecodeError) return 'unreadable';
  return hasCode(error) ? error.code : 'internal';
}

function hasCode(error: unknown): error is CollectorError | RequestError | StorageError {
  return [CollectorError, RequestError, StorageError].some((known) => error instanceof known);
}

import { status } from '@grpc/grpc-js';
import { StorageError, type StorageErrorCode } from '@spoor/storage-api';
import { DecodeError } from '@spoor/wire';
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
}

/** What the sender may try again is FULL or AWAY, and only that. */
const FULL: Answer = { grpc: status.RESOURCE_EXHAUSTED, http: 503 };
const AWAY: Answer = { grpc: status.UNAVAILABLE, http: 503 };
const TOO_LARGE: Answer = { grpc: status.RESOURCE_EXHAUSTED, http: 413 };
/** Nobody is there to read it. */
const ABORTED: Answer = { grpc: status.CANCELLED, http: 400 };
const UNREADABLE: Answer = { grpc: status.INVALID_ARGUMENT, http: 400 };
const REFUSED: Answer = { grpc: status.UNIMPLEMENTED, http: 501 };
const DEFECT: Answer = { grpc: status.INTERNAL, http: 500 };

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
  'too-large': TOO_LARGE,
  aborted: ABORTED,
  unreadable: UNREADABLE,
};

/** The gRPC and HTTP statuses that answer a batch which was not stored. */
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

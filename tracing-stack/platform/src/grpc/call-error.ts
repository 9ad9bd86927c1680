import type { status } from '@grpc/grpc-js';

/** The status and the details that answer a call which failed. */
export interface CallStatus {
  readonly code: status;
  readonly details: string;
}

/** Why a call was refused, with the status that says so to the client. */
export class CallError extends Error {
  readonly code: status;

  constructor(code: status, message: string) {
    super(message);
    this.name = 'CallError';
    this.code = code;
  }
}

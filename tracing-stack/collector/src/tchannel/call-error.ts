import { DecodeError, ErrorCode } from '@spoor/wire';
import { answerTo } from '../collector-error.ts';

/** Why a call gets an error frame. */
export class CallError extends Error {
  /** An `ErrorCode`. */
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.name = 'CallError';
    this.code = code;
  }
}

/** The code that answers a call which failed, and what its sender is told. */
export function callErrorOf(error: unknown): { readonly code: number; readonly message: string } {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof CallError) return { code: error.code, message };
  if (error instanceof DecodeError) return { code: ErrorCode.badRequest, message };
  return { code: answerTo(error).tchannel, message };
}

/**
 * `unanswered`: nothing came in time. `too-long`: the answer is longer than is read. `refused`: the answer is no success.
 * `EMSGSIZE`: the request is too large for whoever answers. `closed`: given up before its time.
 */
export type ExchangeErrorCode = 'unanswered' | 'too-long' | 'refused' | 'EMSGSIZE' | 'closed';

/** Why an exchange with a collector or a sampling server failed, where it is not the network's doing. */
export class ExchangeError extends Error {
  readonly code: ExchangeErrorCode;

  constructor(code: ExchangeErrorCode, message: string) {
    super(`[client] ${message}`);
    this.name = 'ExchangeError';
    this.code = code;
  }
}

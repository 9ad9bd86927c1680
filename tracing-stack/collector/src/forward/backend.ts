import { UserError } from '@spoor/platform';

/** Where spans are forwarded to. */
export interface Backend {
  /**
   * Posts an `ExportTraceServiceRequest`. Resolves with how many of its spans the backend says it did not keep; rejects
   * with a `BackendError`.
   */
  post(request: Uint8Array, signal: AbortSignal): Promise<number>;
  close(): void;
}

/** Why a backend took nothing. */
export class BackendError extends Error {
  /** Whether it may take the same later. */
  readonly isRepeatable: boolean;
  /** When it asks to be tried again. */
  readonly retryAfterMs: number | undefined;

  constructor(
    message: string,
    isRepeatable: boolean,
    {
      retryAfterMs,
      ...options
    }: ErrorOptions & { readonly retryAfterMs?: number | undefined } = {},
  ) {
    super(`[collector] ${message}`, options);
    this.name = 'BackendError';
    this.isRepeatable = isRepeatable;
    this.retryAfterMs = retryAfterMs;
  }
}

/** For an answer. */
export const ANSWER_WITHIN_MS = 10_000;

/** Sets each header. Throws a `UserError` that names one which cannot be sent; its value may be a secret. */
export function setHeaders(
  headers: ReadonlyMap<string, string>,
  set: (name: string, value: string) => void,
): void {
  for (const [name, value] of headers) {
    try {
      set(name, value);
    } catch (cause) {
      const message = `"${name}" of --collector.forward.headers cannot be sent as a header`;
      throw new UserError('bad-flag', `[collector] ${message}`, { cause });
    }
  }
}

import { setTimeout as wait } from 'node:timers/promises';
import type { Counters } from '../counters.ts';
import { ExchangeError } from '../http/exchange-error.ts';
import { firstLine, type HttpReply, type HttpRequest, httpRequest } from '../http/http-request.ts';
import type { Sender } from './sender.ts';

export interface HttpSenderOptions {
  readonly url: URL;
  /** Beside the content type; authorization, for one. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly counters: Counters;
  /** Milliseconds for one attempt. */
  readonly timeout?: number | undefined;
  /** How often a packet is offered at most. */
  readonly maxAttempts?: number | undefined;
  /** Milliseconds of the first pause between two attempts; the next are twice as long each. */
  readonly firstPause?: number | undefined;
  /** Milliseconds of any pause at most, whatever the collector asks for. */
  readonly maxPause?: number | undefined;
  readonly random?: (() => number) | undefined;
  readonly now?: (() => number) | undefined;
  readonly request?: ((request: HttpRequest) => Promise<HttpReply>) | undefined;
}

/** The collector, or what stands before it, is there but does not take anything now. */
const TRY_AGAIN: ReadonlySet<number> = new Set([429, 502, 503, 504]);
const TOO_LARGE = 413;

/**
 * Posts binary Thrift to a collector's port 14268. What is refused for the moment, or finds nobody, is offered again,
 * after the pause that the collector asks for in `Retry-After`, within bounds. `close` ends all attempts.
 */
export class HttpSender implements Sender {
  private readonly options: HttpSenderOptions;
  private readonly closing = new AbortController();

  constructor(options: HttpSenderOptions) {
    this.options = options;
  }

  async send(packet: Uint8Array): Promise<void> {
    const { maxAttempts = 6, counters } = this.options;
    for (let attempt = 1; ; attempt++) {
      const refusal = await this.offer(packet);
      if (!refusal) return;
      if (!refusal.mayPass || attempt >= maxAttempts) throw refusal.error;
      counters.retries++;
      await this.pause(attempt, refusal.retryAfter, refusal.error);
    }
  }

  async close(): Promise<void> {
    this.closing.abort();
  }

  /** Nothing if the packet was taken. */
  private async offer(body: Uint8Array): Promise<Refusal | undefined> {
    const { url, headers, timeout = 5000, request = httpRequest } = this.options;
    const { signal } = this.closing;
    try {
      const reply = await request({
        url,
        method: 'POST',
        headers: { 'content-type': 'application/x-thrift', ...headers },
        body,
        timeout,
        signal,
        holdsProcess: true,
      });
      return this.refusalOf(reply);
    } catch (error) {
      if (!signal.aborted) return { mayPass: true, error: error as Error };
      const message = `closed before ${url.host} took them`;
      return { mayPass: false, error: new ExchangeError('closed', message) };
    }
  }

  private refusalOf({ status, headers, body }: HttpReply): Refusal | undefined {
    if (status >= 200 && status < 300) return undefined;
    const text = `the collector at ${this.options.url.host} answers ${status} ${firstLine(body)}`;
    const { now = Date.now } = this.options;
    return {
      mayPass: TRY_AGAIN.has(status),
      error: new ExchangeError(status === TOO_LARGE ? 'EMSGSIZE' : 'refused', text.trimEnd()),
      retryAfter: retryAfterOf(headers['retry-after'], now()),
    };
  }

  /** A program that leaves without `close` is not held by a pause. */
  private async pause(attempt: number, retryAfter: number | undefined, cause: Error) {
    const { firstPause = 100, maxPause = 5000, random = Math.random } = this.options;
    // Spread, so that many clients do not come back as one.
    const grown = firstPause * 2 ** (attempt - 1) * (0.5 + random());
    const milliseconds = Math.min(retryAfter ?? grown, maxPause);
    try {
      await wait(milliseconds, undefined, { ref: false, signal: this.closing.signal });
    } catch {
      // Closed meanwhile: the reason is why there was a pause.
      throw cause;
    }
  }
}

interface Refusal {
  readonly error: Error;
  /** Whether the same packet may pass later. */
  readonly mayPass: boolean;
  /** Milliseconds that the collector asks to wait. */
  readonly retryAfter?: number | undefined;
}

/** Milliseconds from the header `Retry-After`, which is in seconds or a date; `undefined` for none or nonsense. */
export function retryAfterOf(text: string | undefined, now: number): number | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  const seconds = Number(text);
  const milliseconds = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(text) - now;
  return Number.isFinite(milliseconds) ? Math.max(0, milliseconds) : undefined;
}

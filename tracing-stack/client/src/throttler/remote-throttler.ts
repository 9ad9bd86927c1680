import { type Process, valueAsString } from '@spoor/model';
import type { Counters } from '../counters.ts';
import { getText } from '../http/http-request.ts';
import { poll } from '../http/poll.ts';
import { type Complain, complainOnce, type Logger, reasonOf } from '../logger.ts';
import type { FetchText } from '../samplers/remote-sampler.ts';
import type { DebugThrottler } from './debug-throttler.ts';

export interface RemoteThrottlerOptions {
  /** Where credits are asked for, without the question: `http://127.0.0.1:5778/credits`. */
  readonly url: string;
  readonly counters: Counters;
  readonly logger: Logger;
  /** Milliseconds between two questions; five seconds if not given. */
  readonly refreshInterval?: number | undefined;
  /** Operations that may have credits at most; those beyond have none. */
  readonly maxOperations?: number | undefined;
  readonly fetch?: FetchText | undefined;
}

const REFRESH_INTERVAL = 5000;
const MAX_OPERATIONS = 2000;

/** Gives each operation the debug traces that a server gave it credits for; none that is new, until it has. */
export class RemoteThrottler implements DebugThrottler {
  private readonly options: RemoteThrottlerOptions;
  private readonly complain: Complain;
  private readonly closing = new AbortController();
  private readonly credits = new Map<string, number>();
  private process: Process | undefined;
  private stop = () => {};

  constructor(options: RemoteThrottlerOptions) {
    this.options = options;
    this.complain = complainOnce(options.logger);
  }

  setProcess(process: Process): void {
    this.process = process;
  }

  start(): void {
    const { refreshInterval = REFRESH_INTERVAL } = this.options;
    this.stop = poll(() => this.refresh(), refreshInterval);
  }

  isAllowed(operationName: string): boolean {
    const { maxOperations = MAX_OPERATIONS } = this.options;
    const credit = this.credits.get(operationName);
    // From now on it is asked for.
    if (credit === undefined && this.credits.size < maxOperations)
      this.credits.set(operationName, 0);
    if (credit === undefined || credit < 1) return false;
    this.credits.set(operationName, credit - 1);
    return true;
  }

  /** Asks once, if there is anything to ask. Never rejects: what went wrong is counted, and told the first time. */
  async refresh(): Promise<void> {
    if (this.process === undefined || this.credits.size === 0) return;
    const { fetch = getText, counters } = this.options;
    const { signal } = this.closing;
    try {
      const answer = await fetch(this.question(this.process), signal);
      if (signal.aborted) return;
      for (const [operation, balance] of parseBalances(answer)) {
        this.credits.set(operation, (this.credits.get(operation) ?? 0) + balance);
      }
      counters.throttlerUpdates++;
    } catch (error) {
      if (signal.aborted) return;
      counters.throttlerFailures++;
      const { url } = this.options;
      this.complain('throttler', `no credits for debug traces from ${url}: ${reasonOf(error)}`);
    }
  }

  private question({ serviceName, tags }: Process): string {
    const url = new URL(this.options.url);
    const uuid = tags.find(({ key }) => key === 'client-uuid');
    url.searchParams.set('service', serviceName);
    if (uuid) url.searchParams.set('uuid', valueAsString(uuid));
    for (const operation of this.credits.keys()) url.searchParams.append('operations', operation);
    return url.href;
  }

  async close(): Promise<void> {
    this.closing.abort();
    this.stop();
  }
}

/** `{"balances": [{"operation", "balance"}]}`: credits to add. Throws for anything else. */
function parseBalances(json: string): [operation: string, balance: number][] {
  const { balances } = Object(JSON.parse(json)) as { balances?: unknown };
  if (!Array.isArray(balances)) throw new TypeError('the answer has no balances');
  return balances.map((each: unknown) => {
    const { operation, balance } = Object(each) as Record<string, unknown>;
    if (typeof operation !== 'string' || typeof balance !== 'number' || !(balance >= 0)) {
      throw new TypeError('a balance that is none');
    }
    return [operation, balance];
  });
}

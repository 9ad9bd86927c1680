import type { Counters } from '../counters.ts';
import { getText } from '../http/http-request.ts';
import { poll } from '../http/poll.ts';
import { type Complain, complainOnce, type Logger, reasonOf } from '../logger.ts';
import type { FetchText } from '../samplers/remote-sampler.ts';
import type { BaggageRestrictions } from './baggage-restrictions.ts';

export interface RemoteRestrictionsOptions {
  readonly serviceName: string;
  /** Where restrictions are asked for, without the question: `http://127.0.0.1:5778/baggageRestrictions`. */
  readonly url: string;
  readonly counters: Counters;
  readonly logger: Logger;
  /** Whether nothing may be set until the first answer; else everything may. */
  readonly deniesAtFirst?: boolean | undefined;
  /** Milliseconds between two questions; a minute if not given. */
  readonly refreshInterval?: number | undefined;
  readonly fetch?: FetchText | undefined;
}

const REFRESH_INTERVAL = 60_000;

/** Restrictions that a server tells, which is asked again and again; between answers, and when there is none, as before. */
export class RemoteRestrictions implements BaggageRestrictions {
  private readonly options: RemoteRestrictionsOptions;
  private readonly complain: Complain;
  private readonly url: string;
  private readonly closing = new AbortController();
  private stop = () => {};
  /** By keys in lower case; `undefined` until the first answer. */
  private lengths: ReadonlyMap<string, number> | undefined;

  constructor(options: RemoteRestrictionsOptions) {
    this.options = options;
    this.complain = complainOnce(options.logger);
    const url = new URL(options.url);
    url.searchParams.set('service', options.serviceName);
    this.url = url.href;
  }

  start(): void {
    const { refreshInterval = REFRESH_INTERVAL } = this.options;
    this.stop = poll(() => this.refresh(), refreshInterval);
  }

  maxLengthOf(key: string): number | undefined {
    if (this.lengths) return this.lengths.get(key);
    return this.options.deniesAtFirst ? undefined : Number.POSITIVE_INFINITY;
  }

  /** Asks once. Never rejects: what went wrong is counted, and told the first time. */
  async refresh(): Promise<void> {
    const { fetch = getText, counters } = this.options;
    const { signal } = this.closing;
    try {
      const answer = await fetch(this.url, signal);
      if (signal.aborted) return;
      this.lengths = parseRestrictions(answer);
      counters.baggageUpdates++;
    } catch (error) {
      if (signal.aborted) return;
      counters.baggageFailures++;
      this.complain('baggage', `no baggage restrictions from ${this.url}: ${reasonOf(error)}`);
    }
  }

  async close(): Promise<void> {
    this.closing.abort();
    this.stop();
  }
}

/** `[{"baggageKey", "maxValueLength"}]`: baggage.thrift in JSON. Throws for anything else. */
function parseRestrictions(json: string): ReadonlyMap<string, number> {
  const answer: unknown = JSON.parse(json);
  if (!Array.isArray(answer)) throw new TypeError('the answer is no list');
  return new Map(
    answer.map((each: unknown): [string, number] => {
      const { baggageKey, maxValueLength } = Object(each) as Record<string, unknown>;
      if (typeof baggageKey !== 'string') throw new TypeError('a restriction without baggageKey');
      if (typeof maxValueLength !== 'number' || !(maxValueLength >= 0)) {
        throw new TypeError(`maxValueLength of ${baggageKey} is no length`);
      }
      return [baggageKey.toLowerCase(), maxValueLength];
    }),
  );
}

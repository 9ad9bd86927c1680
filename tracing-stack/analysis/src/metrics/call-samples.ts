import type { Micros, Span } from '@spoor/model';

/** What of a span counts for figures on calls. */
export interface CallSample {
  readonly startTime: Micros;
  readonly duration: Micros;
  readonly hasFailed: boolean;
}

/** Spans, taken as calls of their service, and told apart by operation or by who called. */
export class CallSamples {
  private readonly byService = new Map<string, Map<string, CallSample[]>>();
  /** How many spans were added. */
  size = 0;

  /** @param part what the calls of a service are told apart by: the operation unless given */
  add(span: Span, part = span.operationName): void {
    const { startTime, duration, process } = span;
    const parts = entryOf(this.byService, process.serviceName, () => new Map());
    const samples = entryOf(parts, part, (): CallSample[] => []);
    samples.push({ startTime, duration: Math.max(0, duration), hasFailed: hasFailed(span) });
    this.size++;
  }

  /** Those that start after the first time, and up to the second. */
  between(after: Micros, until: Micros): CallSamples {
    const found = new CallSamples();
    for (const [serviceName, parts] of this.byService) {
      for (const [part, samples] of parts) {
        const own = samples.filter(({ startTime }) => startTime > after && startTime <= until);
        if (own.length === 0) continue;
        entryOf(found.byService, serviceName, () => new Map()).set(part, own);
        found.size += own.length;
      }
    }
    return found;
  }

  /** By service, or by service and part; sorted by name, samples by time. */
  groups(byPart: boolean): CallGroup[] {
    return sorted(this.byService).flatMap(([serviceName, parts]) => {
      if (byPart)
        return sorted(parts).map(([part, samples]) => ({
          serviceName,
          part,
          samples: inTime(samples),
        }));
      return [{ serviceName, samples: inTime([...parts.values()].flat()) }];
    });
  }
}

export interface CallGroup {
  readonly serviceName: string;
  readonly part?: string;
  readonly samples: readonly CallSample[];
}

/** Whether a span's tags say that it failed: `error`, true or "true", or OpenTelemetry's `otel.status_code`. */
function hasFailed({ tags }: Span): boolean {
  return tags.some(
    ({ key, value }) =>
      (key === 'error' && String(value) === 'true') ||
      (key === 'otel.status_code' && String(value).toUpperCase() === 'ERROR'),
  );
}

function inTime(samples: CallSample[]): CallSample[] {
  return samples.sort((a, b) => a.startTime - b.startTime);
}

function sorted<V>(map: ReadonlyMap<string, V>): [string, V][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}

function entryOf<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

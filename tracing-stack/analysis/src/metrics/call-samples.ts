import type { Micros, Span } from '@spoor/model';

/** What of a span counts for figures on calls. */
export interface CallSample {
  readonly startTime: Micros;
  readonly duration: Micros;
  readonly hasFailed: boolean;
}

/** Spans, taken as calls of their service's operations. */
export class CallSamples {
  private readonly byService = new Map<string, Map<string, CallSample[]>>();
  /** How many spans were added. */
  size = 0;

  add(span: Span): void {
    const { operationName, startTime, duration, process } = span;
    const operations = entryOf(this.byService, process.serviceName, () => new Map());
    const samples = entryOf(operations, operationName, (): CallSample[] => []);
    samples.push({ startTime, duration: Math.max(0, duration), hasFailed: hasFailed(span) });
    this.size++;
  }

  /** Those that start after the first time, and up to the second. */
  between(after: Micros, until: Micros): CallSamples {
    const found = new CallSamples();
    for (const [serviceName, operations] of this.byService) {
      for (const [operationName, samples] of operations) {
        const own = samples.filter(({ startTime }) => startTime > after && startTime <= until);
        if (own.length === 0) continue;
        entryOf(found.byService, serviceName, () => new Map()).set(operationName, own);
        found.size += own.length;
      }
    }
    return found;
  }

  /** By service, or by service and operation; sorted by name, samples by time. */
  groups(byOperation: boolean): CallGroup[] {
    return sorted(this.byService).flatMap(([serviceName, operations]) => {
      if (byOperation)
        return sorted(operations).map(([operationName, samples]) => ({
          serviceName,
          operationName,
          samples: inTime(samples),
        }));
      return [{ serviceName, samples: inTime([...operations.values()].flat()) }];
    });
  }
}

export interface CallGroup {
  readonly serviceName: string;
  readonly operationName?: string;
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

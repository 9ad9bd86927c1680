import { type Micros, sanitizeServiceName } from '@spoor/model';
import type { Operation, TraceQuery } from '@spoor/storage-api';
import type { BatchIndex } from '@spoor/wire';

/** What V8 takes for an operation beside the letters of its names, in bytes. */
export const OPERATION_BYTES = 300;

/** An operation of a service, with bounds of the spans that a segment has of it. */
export class KnownOperation implements Operation {
  readonly service: string;
  readonly name: string;
  readonly spanKind: string;
  newestStart = Number.NEGATIVE_INFINITY;
  private oldestStart = Number.POSITIVE_INFINITY;
  private shortest = Number.POSITIVE_INFINITY;
  longest = Number.NEGATIVE_INFINITY;

  constructor(service: string, name: string, spanKind: string) {
    this.service = service;
    this.name = name;
    this.spanKind = spanKind;
  }

  widen(startTime: Micros, duration: Micros): void {
    if (startTime > this.newestStart) this.newestStart = startTime;
    if (startTime < this.oldestStart) this.oldestStart = startTime;
    if (duration < this.shortest) this.shortest = duration;
    if (duration > this.longest) this.longest = duration;
  }

  /** Whether one of its spans can match, as far as names and bounds tell. */
  mayMatch(query: TraceQuery): boolean {
    const { serviceName, operationName, durationMin, durationMax } = query;
    if (serviceName !== undefined && this.service !== serviceName) return false;
    if (operationName !== undefined && this.name !== operationName) return false;
    if (this.newestStart < query.startTimeMin || this.oldestStart > query.startTimeMax)
      return false;
    if (durationMin !== undefined && this.longest < durationMin) return false;
    return durationMax === undefined || this.shortest <= durationMax;
  }
}

/** The operations of one segment. An id is the place in `all`. */
export class OperationTable {
  readonly all: KnownOperation[] = [];
  /** What it takes, roughly. */
  bytes = 0;
  private readonly services = new Map<string, Map<string, number[]>>();

  /** The id of the operation of each span of a batch. */
  add(index: BatchIndex): number[] {
    const { count, operations, kinds, processOf, startTimes, durations } = index;
    const services = index.processes.map(({ serviceName }) => sanitizeServiceName(serviceName));
    const ids: number[] = [];
    for (let i = 0; i < count; i++) {
      const service = services[processOf[i] ?? 0] ?? sanitizeServiceName(undefined);
      const id = this.id(service, operations[i] ?? '', kinds[i] ?? '');
      this.all[id]?.widen(startTimes[i] ?? 0, durations[i] ?? 0);
      ids.push(id);
    }
    return ids;
  }

  /** A new one if the operation has none. */
  private id(service: string, name: string, spanKind: string): number {
    const ids = this.idsOf(service, name);
    for (const id of ids) if (this.all[id]?.spanKind === spanKind) return id;
    const id = this.all.push(new KnownOperation(service, name, spanKind)) - 1;
    ids.push(id);
    this.bytes += OPERATION_BYTES + 2 * (service.length + name.length + spanKind.length);
    return id;
  }

  /** One for each kind. */
  private idsOf(service: string, name: string): number[] {
    let names = this.services.get(service);
    if (names === undefined) {
      names = new Map();
      this.services.set(service, names);
    }
    let ids = names.get(name);
    if (ids === undefined) {
      ids = [];
      names.set(name, ids);
    }
    return ids;
  }
}

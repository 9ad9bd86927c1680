import type { Micros } from '@spoor/model';
import type {
  Calling,
  Lease,
  OperationProbability,
  OperationThroughput,
  SamplingStore,
  Throughput,
} from '@spoor/storage-api';
import type { Session } from '../connection/session.ts';
import { int64 } from '../rows/span-columns.ts';
import { TAKE_FREE_LEASE, TAKE_LEASE_OVER } from '../statements/lease.ts';
import { INSERT_PROBABILITIES, SELECT_PROBABILITIES } from '../statements/probabilities.ts';
import { INSERT_THROUGHPUT, SELECT_THROUGHPUT } from '../statements/throughput.ts';

/**
 * What adaptive sampling needs, in tables of ours: Jaeger's know neither how many traces there were nor until when somebody
 * has a lease.
 */
export class CassandraSampling implements SamplingStore {
  private readonly session: Session;
  private readonly calling: Calling;

  constructor(session: Session, calling: Calling) {
    this.session = session;
    this.calling = calling;
  }

  /** What is old expires by itself. */
  addThroughput({ collector, time, duration, operations }: Throughput): Promise<void> {
    const row = {
      collector,
      time: int64(time),
      duration: int64(duration),
      operations: JSON.stringify(operations),
    };
    return this.calling(() => this.session.write(INSERT_THROUGHPUT, [row]));
  }

  throughput(after: Micros, until: Micros): Promise<Throughput[]> {
    return this.calling(async () => {
      const found: Throughput[] = [];
      const bounds = { after: int64(after), until: int64(until) };
      for await (const row of this.session.rows(SELECT_THROUGHPUT, bounds)) {
        found.push({
          collector: row.collector,
          time: Number(row.time),
          duration: Number(row.duration),
          operations: JSON.parse(row.operations) as OperationThroughput[],
        });
      }
      return found;
    });
  }

  saveProbabilities(probabilities: readonly OperationProbability[]): Promise<void> {
    const row = { probabilities: JSON.stringify(probabilities) };
    return this.calling(() => this.session.write(INSERT_PROBABILITIES, [row]));
  }

  probabilities(): Promise<OperationProbability[]> {
    return this.calling(async () => {
      const [row] = await this.session.all(SELECT_PROBABILITIES, {});
      return row === undefined ? [] : (JSON.parse(row.probabilities) as OperationProbability[]);
    });
  }

  takeLease({ name, holder, until }: Lease, now: Micros): Promise<boolean> {
    return this.calling(async () => {
      const wanted = { name, holder, until: int64(until) };
      const [free] = await this.session.all(TAKE_FREE_LEASE, wanted);
      if (free?.['[applied]']) return true;
      const seen_holder = free?.holder ?? '';
      const seen_until = free?.until ?? 0n;
      if (seen_holder !== holder && Number(seen_until) > now) return false;
      const seen = { ...wanted, seen_holder, seen_until };
      const [taken] = await this.session.all(TAKE_LEASE_OVER, seen);
      return taken?.['[applied]'] ?? false;
    });
  }
}

import type { Micros } from '@spoor/model';
import type { Lease, OperationProbability, SamplingStore, Throughput } from '@spoor/storage-api';

/** What adaptive sampling needs, in the memory of this process. `refuseIfClosed` throws once the store is closed. */
export class MemorySampling implements SamplingStore {
  private readonly refuseIfClosed: () => void;
  private added: Throughput[] = [];
  private saved: readonly OperationProbability[] = [];
  private readonly leases = new Map<string, Lease>();

  constructor(refuseIfClosed: () => void) {
    this.refuseIfClosed = refuseIfClosed;
  }

  async addThroughput(throughput: Throughput, keepFrom: Micros): Promise<void> {
    this.refuseIfClosed();
    const { collector, time } = throughput;
    this.added = this.added.filter(
      (other) => other.time >= keepFrom && !(other.time === time && other.collector === collector),
    );
    this.added.push(throughput);
    this.added.sort((a, b) => a.time - b.time);
  }

  async throughput(after: Micros, until: Micros): Promise<Throughput[]> {
    this.refuseIfClosed();
    return this.added.filter(({ time }) => time > after && time <= until);
  }

  async saveProbabilities(probabilities: readonly OperationProbability[]): Promise<void> {
    this.refuseIfClosed();
    this.saved = [...probabilities];
  }

  async probabilities(): Promise<OperationProbability[]> {
    this.refuseIfClosed();
    return [...this.saved];
  }

  async takeLease(lease: Lease, now: Micros): Promise<boolean> {
    this.refuseIfClosed();
    const held = this.leases.get(lease.name);
    if (held && held.holder !== lease.holder && held.until > now) return false;
    this.leases.set(lease.name, lease);
    return true;
  }
}

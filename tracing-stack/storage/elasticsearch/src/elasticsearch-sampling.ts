import { createHash } from 'node:crypto';
import type { Micros } from '@spoor/model';
import type { Lease, OperationProbability, SamplingStore, Throughput } from '@spoor/storage-api';
import { statusOf } from './answer-error.ts';
import { type Connection, pathOf } from './connection.ts';
import type { Refresher } from './refresh.ts';
import { type Hit, searchPages } from './search-request.ts';
import type { Setup } from './setup.ts';

interface ThroughputDocument {
  /** Microseconds since 1970; the only field that is indexed. */
  readonly time: Micros;
  readonly throughput: Throughput;
}

interface FoundDocument<T> {
  readonly _seq_no: number;
  readonly _primary_term: number;
  readonly _source: T;
}

const ENTRIES = 1000;
const PROBABILITIES = 'probabilities';
/** Somebody else was faster. */
const CONFLICT = 409;
const SORT = [{ time: 'asc' }];

/**
 * What adaptive sampling needs, in an index of ours: documents for throughput, one for the probabilities, one for each
 * lease, which is taken only if nobody has changed it since it was read.
 */
export class ElasticsearchSampling implements SamplingStore {
  private readonly connection: Connection;
  private readonly setup: Setup;
  private readonly refresher: Refresher;
  private readonly index: string;

  constructor(connection: Connection, setup: Setup, refresher: Refresher, index: string) {
    this.connection = connection;
    this.setup = setup;
    this.refresher = refresher;
    this.index = index;
  }

  async addThroughput(throughput: Throughput, keepFrom: Micros): Promise<void> {
    const { time, collector } = throughput;
    const document: ThroughputDocument = { time, throughput };
    await this.setup.ready();
    await this.put(idOf('throughput', `${time}`, collector), document);
    const old = { range: { time: { lt: keepFrom } } };
    for await (const page of this.search(old)) {
      const lines = page.map(({ _index, _id }) => ({ delete: { _index, _id } }));
      await this.connection.request({ method: 'POST', path: '/_bulk', lines });
    }
  }

  async throughput(after: Micros, until: Micros): Promise<Throughput[]> {
    await this.setup.ready();
    await this.refresher.refresh([this.index]);
    const found: Throughput[] = [];
    for await (const page of this.search({ range: { time: { gt: after, lte: until } } })) {
      for (const { _source } of page) found.push((_source as ThroughputDocument).throughput);
    }
    return found;
  }

  async saveProbabilities(probabilities: readonly OperationProbability[]): Promise<void> {
    await this.setup.ready();
    await this.put(PROBABILITIES, { probabilities });
  }

  async probabilities(): Promise<OperationProbability[]> {
    await this.setup.ready();
    const found = await this.get<{ probabilities: OperationProbability[] }>(PROBABILITIES);
    return found?._source.probabilities ?? [];
  }

  async takeLease(lease: Lease, now: Micros): Promise<boolean> {
    await this.setup.ready();
    const id = idOf('lease', lease.name);
    const held = await this.get<{ lease: Lease }>(id);
    const { holder, until } = held?._source.lease ?? {};
    if (holder !== undefined && holder !== lease.holder && Number(until) > now) return false;
    const unchanged = held
      ? { if_seq_no: held._seq_no, if_primary_term: held._primary_term }
      : { op_type: 'create' };
    try {
      await this.put(id, { lease }, unchanged);
      return true;
    } catch (error) {
      if (statusOf(error) === CONFLICT) return false;
      throw error;
    }
  }

  private search(query: object): AsyncGenerator<readonly Hit[]> {
    return searchPages(this.connection, [this.index], { query, sort: SORT }, ENTRIES);
  }

  private async put(id: string, body: object, query: Record<string, string | number> = {}) {
    const path = pathOf([this.index], `_doc/${id}`);
    await this.connection.request({ method: 'PUT', path, body, query });
  }

  private async get<T>(id: string): Promise<FoundDocument<T> | undefined> {
    const path = pathOf([this.index], `_doc/${id}`);
    try {
      return await this.connection.request<FoundDocument<T>>({ method: 'GET', path });
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      throw error;
    }
  }
}

function idOf(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}

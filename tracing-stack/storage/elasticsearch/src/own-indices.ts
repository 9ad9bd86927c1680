import type { Request } from './connection.ts';
import { prefixed } from './index-names.ts';

/** A longer keyword is more than Lucene takes, if each of its characters has four bytes. */
const KEYWORD = { type: 'keyword', ignore_above: 8191 };

export interface OwnIndices {
  /** Which operations there are, with their kinds. */
  readonly operations: string;
  /** Which batches came, one after the other. */
  readonly arrivals: string;
  /** What adaptive sampling needs. */
  readonly sampling: string;
}

export function ownIndices(prefix: string): OwnIndices {
  return {
    operations: prefixed(prefix, 'spoor-operation'),
    arrivals: prefixed(prefix, 'spoor-arrival'),
    sampling: prefixed(prefix, 'spoor-sampling'),
  };
}

/** The requests that make our indices. One shard each: few documents, and for arrivals one order. */
export function ownIndexRequests(names: OwnIndices, replicas: number): Request[] {
  const settings = { number_of_shards: 1, number_of_replicas: replicas };
  const operations = {
    settings,
    mappings: {
      dynamic: false,
      properties: {
        serviceName: KEYWORD,
        operationName: KEYWORD,
        spanKind: KEYWORD,
        seen: { type: 'date', format: 'epoch_millis' },
      },
    },
  };
  const arrivals = {
    // Only its readers need what is in it, and they refresh it.
    settings: { ...settings, refresh_interval: -1 },
    mappings: { dynamic: false, properties: { time: { type: 'date', format: 'epoch_millis' } } },
  };
  const sampling = {
    settings,
    mappings: { dynamic: false, properties: { time: { type: 'long' } } },
  };
  const bodies = { operations, arrivals, sampling };
  return (['operations', 'arrivals', 'sampling'] as const).map((kind) => ({
    method: 'PUT',
    path: `/${encodeURIComponent(names[kind])}`,
    body: bodies[kind],
  }));
}

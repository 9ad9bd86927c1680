import type { Operation, OperationQuery } from '@spoor/storage-api';
import { compareOperations } from '@spoor/storage-api/search';
import type { Connection } from './connection.ts';
import { type Hit, search } from './search-request.ts';
import type { OperationDocument } from './service-document.ts';

interface Bucket {
  readonly key: string;
  readonly kinds?: { readonly buckets: readonly { readonly key: string }[] };
}

interface NameBuckets {
  readonly indexed?: { readonly names?: { readonly buckets: readonly Bucket[] } };
}

/** `ignore_above` of Jaeger's mapping. */
const INDEXED_LENGTH = 256;
const KINDS = 1000;

/** A name that is too long for an index, in a document that a search can still find as one of those. */
const HAS_IGNORED = { exists: { field: '_ignored' } };

/** Lists services and operations, from Jaeger's documents and from our own, which know kinds and long names. */
export class NameReader {
  private readonly connection: Connection;
  private readonly maxDocCount: number;

  constructor(connection: Connection, maxDocCount: number) {
    this.connection = connection;
    this.maxDocCount = maxDocCount;
  }

  /** `since` in milliseconds since 1970: names of our own that were last seen before it are left out. */
  async services(indices: readonly string[], since: number): Promise<string[]> {
    const names = { terms: { field: 'serviceName', size: this.maxDocCount } };
    const { buckets, documents } = await this.search(indices, [seenSince(since)], { names });
    const services = [...buckets.map(({ key }) => key), ...documents.map((one) => one.serviceName)];
    return [...new Set(services.filter((name) => typeof name === 'string'))].sort();
  }

  async operations(
    indices: readonly string[],
    since: number,
    { serviceName, spanKind }: OperationQuery,
  ): Promise<Operation[]> {
    const kinds = { terms: { field: 'spanKind', size: KINDS } };
    const names = { terms: { field: 'operationName', size: this.maxDocCount }, aggs: { kinds } };
    const filter = [seenSince(since), ofService(serviceName)];
    const { buckets, documents } = await this.search(indices, filter, { names });
    const kindsOf = new Map<string, Set<string>>();
    for (const { key, kinds } of buckets) addKinds(kindsOf, key, kinds?.buckets ?? []);
    for (const one of documents) {
      if (one.serviceName !== serviceName || typeof one.operationName !== 'string') continue;
      const known = one.spanKind === undefined ? [] : [{ key: one.spanKind }];
      addKinds(kindsOf, one.operationName, known);
    }
    return [...kindsOf]
      .flatMap(([name, of]) => operationsOf(name, of, spanKind))
      .sort(compareOperations);
  }

  private async search(
    indices: readonly string[],
    filter: readonly object[],
    aggs: object,
  ): Promise<{ buckets: readonly Bucket[]; documents: readonly Partial<OperationDocument>[] }> {
    const { aggregations, hits } = await search<NameBuckets>(this.connection, indices, {
      size: this.maxDocCount,
      track_total_hits: false,
      query: { bool: { filter } },
      post_filter: HAS_IGNORED,
      aggs: { indexed: { filter: { bool: { must_not: [HAS_IGNORED] } }, aggs } },
    });
    return {
      buckets: aggregations?.indexed?.names?.buckets ?? [],
      documents: hits.hits.map(documentOf),
    };
  }
}

function documentOf({ _source }: Hit): Partial<OperationDocument> {
  return (_source ?? {}) as Partial<OperationDocument>;
}

/** Jaeger's documents have no such field: of them the name of the index says enough. */
function seenSince(since: number): object {
  const should = [
    { bool: { must_not: [{ exists: { field: 'seen' } }] } },
    { range: { seen: { gte: since } } },
  ];
  return { bool: { should, minimum_should_match: 1 } };
}

function ofService(serviceName: string): object {
  const term = { term: { serviceName: { value: serviceName } } };
  if (serviceName.length <= INDEXED_LENGTH) return term;
  const should = [term, { term: { _ignored: { value: 'serviceName' } } }];
  return { bool: { should, minimum_should_match: 1 } };
}

function addKinds(
  kindsOf: Map<string, Set<string>>,
  name: string,
  kinds: readonly { readonly key: string }[],
): void {
  const known = kindsOf.get(name) ?? new Set();
  for (const { key } of kinds) known.add(key);
  kindsOf.set(name, known);
}

/** Of a name that only Jaeger wrote nobody knows the kinds: as in Jaeger, it is an answer whatever kind is asked for. */
function operationsOf(name: string, kinds: ReadonlySet<string>, asked?: string): Operation[] {
  if (kinds.size === 0) return [{ name, spanKind: '' }];
  return [...kinds]
    .filter((spanKind) => asked === undefined || asked === spanKind)
    .map((spanKind) => ({ name, spanKind }));
}

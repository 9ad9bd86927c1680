import { MAX_MICROS, type Micros } from '@spoor/model';
import type { TraceQuery } from '@spoor/storage-api';
import type { TagFields } from './tag-fields.ts';

/** A part of a question. */
export type Unindexed = Pick<TraceQuery, 'serviceName' | 'operationName' | 'tags'>;

/** What a matching document has, as far as indices tell. */
export interface Conditions {
  readonly query: object;
  /** What a hit has to be read for: what was asked for and is longer than what is indexed. */
  readonly unindexed: Unindexed | undefined;
  /** Whether values were taken as expressions too. */
  readonly hasExpressions: boolean;
}

/** `ignore_above` of Jaeger's mappings, in UTF-16 units. */
const INDEXED_LENGTH = 256;
const NESTED = ['tags', 'process.tags', 'logs.fields'];
const OBJECTS = ['tag', 'process.tag'];
/** Jaeger takes the value of a tag for a regular expression. One without any of these means itself. */
const SPECIAL = /[.?+*|(){}[\]"\\#@&<>~^$]/;

/**
 * A tag's value is found as it stands, and also, as in Jaeger, as a regular expression of Lucene, unless `exact`.
 */
export function spanConditions(query: TraceQuery, fields: TagFields, exact = false): Conditions {
  const { serviceName, operationName, durationMin, durationMax } = query;
  const texts: (readonly [field: string, text: string])[] = [];
  if (serviceName !== undefined) texts.push(['process.serviceName', serviceName]);
  if (operationName !== undefined) texts.push(['operationName', operationName]);
  const tags = [...query.tags];
  const filter: object[] = [
    ...timeRange('startTime', query.startTimeMin, query.startTimeMax),
    ...texts.map(([field, text]) => (isIndexed(text) ? term(field, text) : ignored([field]))),
    ...tags.map(([key, value]) => tagCondition(key, value, fields, exact)),
  ];
  if (durationMin !== undefined || durationMax !== undefined) {
    filter.push(...timeRange('duration', durationMin, durationMax));
  }
  return {
    query: { bool: { filter } },
    unindexed: unindexedOf(query),
    hasExpressions: !exact && tags.some(([, value]) => SPECIAL.test(value)),
  };
}

function unindexedOf({ serviceName, operationName, tags }: TraceQuery): Unindexed | undefined {
  const long = {
    ...(serviceName !== undefined && !isIndexed(serviceName) && { serviceName }),
    ...(operationName !== undefined && !isIndexed(operationName) && { operationName }),
    tags: new Map([...tags].filter((pair) => !pair.every(isIndexed))),
  };
  return Object.keys(long).length === 1 && long.tags.size === 0 ? undefined : long;
}

function isIndexed(text: string): boolean {
  return text.length <= INDEXED_LENGTH;
}

function term(field: string, value: string): object {
  return { term: { [field]: { value } } };
}

/** Documents in which one of the fields had a value too long for the index. */
function ignored(fields: readonly string[]): object {
  return { terms: { _ignored: fields } };
}

function tagCondition(key: string, value: string, fields: TagFields, exact: boolean): object {
  const name = fields.fieldOf(key);
  const objects = key.trim() === '' ? [] : OBJECTS.map((path) => `${path}.${name}`);
  if (!isIndexed(key) || !isIndexed(value)) {
    const nested = NESTED.flatMap((path) => [`${path}.key`, `${path}.value`]);
    return ignored([...nested, ...objects]);
  }
  const should = [
    ...NESTED.map((path) => ({
      nested: {
        path,
        query: {
          bool: {
            filter: [term(`${path}.key`, key), valueCondition(`${path}.value`, value, exact)],
          },
        },
      },
    })),
    ...objects.map((field) => valueCondition(field, value, exact)),
  ];
  return { bool: { should, minimum_should_match: 1 } };
}

function valueCondition(field: string, value: string, exact: boolean): object {
  if (exact || !SPECIAL.test(value)) return term(field, value);
  const should = [term(field, value), { regexp: { [field]: { value } } }];
  return { bool: { should, minimum_should_match: 1 } };
}

/** Both ends included. What Jaeger's field cannot hold, ours beside it does. */
function timeRange(
  field: 'startTime' | 'duration',
  min = Number.NEGATIVE_INFINITY,
  max = Number.POSITIVE_INFINITY,
): object[] {
  const bounds = { gte: Math.max(min, -MAX_MICROS), lte: Math.min(max, MAX_MICROS) };
  const range = { range: { [field]: bounds } };
  if (min > 0 && max < Number.MAX_SAFE_INTEGER) {
    return field === 'startTime' ? [range, millisRange(min, max)] : [range];
  }
  const own = `spoor.${field}`;
  const usual = { bool: { filter: [range], must_not: [{ exists: { field: own } }] } };
  const should = [usual, { range: { [own]: bounds } }];
  return [{ bool: { should, minimum_should_match: 1 } }];
}

/** Says nothing new, but by a date Elasticsearch knows which shards need not be searched. */
function millisRange(min: Micros, max: Micros): object {
  const bounds = { gte: Math.floor(min / 1000), lte: Math.floor(max / 1000) };
  return { range: { startTimeMillis: bounds } };
}

import type { KeyValue, Span } from '@spoor/model';
import { describe, expect, it, test } from 'vitest';
import { spanOfDocument, UnreadableDocument } from './document-span.ts';
import { parseExactJson } from './exact-json.ts';
import { MOST_NESTED } from './nested-limit.ts';
import { serviceDocumentId } from './service-document.ts';
import { spanJson } from './span-document.ts';
import { DEFAULT_TAGS_AS_FIELDS } from './store-options.ts';
import { TagFields } from './tag-fields.ts';
import { recordedDocuments } from './testing/recorded.ts';

const LISTS = new TagFields();
const FIELDS = new TagFields({ ...DEFAULT_TAGS_AS_FIELDS, all: true });

describe("a real jaeger-collector's documents", () => {
  test.each([
    ['spans-8', LISTS, 8],
    ['spans-7', LISTS, 8],
    ['tags-as-fields-8', FIELDS, 6],
  ] as const)('%s are read, and ours of the same spans are equal', (kind, fields, count) => {
    const documents = recordedDocuments(kind);
    expect(documents).toHaveLength(count);
    for (const { _source } of documents) {
      const span = spanOfDocument(_source, fields);
      expect(parseExactJson(spanJson(span, fields))).toEqual(_source);
    }
  });

  test.each(['services-8', 'services-7'])('%s have the ids that we give them', (kind) => {
    const documents = recordedDocuments(kind);
    expect(documents).toHaveLength(8);
    for (const { _id, _source } of documents) {
      const { serviceName, operationName } = _source as Record<string, string>;
      expect(serviceDocumentId(serviceName ?? '', operationName ?? '')).toBe(_id);
    }
  });

  it('hold the values that their texts say, to the last digit', () => {
    const spans = recordedDocuments('spans-8').map(({ _source }) => spanOfDocument(_source, LISTS));
    const span = spans.find(({ operationName }) => operationName === 'formatString');
    expect(span).toMatchObject({
      traceId: '0af7651916cd43dd8448eb211c80319c',
      spanId: '00ad6b7169203332',
      flags: 1,
      startTime: 1795371500534000,
      duration: 20000,
      process: { serviceName: 'hello-client' },
    });
    const tags = new Map(span?.tags.map(({ key, value }) => [key, value]));
    expect(tags.get('big')).toBe(9007199254740993n);
    expect(tags.get('ratio')).toBe(0.25);
    expect(tags.get('whole')).toBe(3);
    expect(tags.get('cached')).toBe(false);
    expect(tags.get('payload')).toEqual(Uint8Array.from(Buffer.from('deadbeef00ff', 'hex')));
  });
});

const SPAN: Span = {
  traceId: '000000000000abcd',
  spanId: '0000000000000001',
  operationName: 'work',
  references: [],
  flags: 0,
  startTime: 1_795_371_500_534_000,
  duration: 5,
  tags: [],
  logs: [],
  process: { serviceName: 'frontend', tags: [] },
  warnings: [],
};

function float(key: string, value: number): KeyValue {
  return { key, type: 'float64', value };
}

describe('what Jaeger would lose comes back', () => {
  test.each<[string, Partial<Span>]>([
    ['warnings', { warnings: ['clock skew', 'clock skew'] }],
    ['a span without flags', { flags: 0 }],
    ['flags of 31 bits', { flags: 0x7fff_ffff }],
    ['the highest bit of the flags', { flags: 0x8000_0001 }],
    ['a start before 1970', { startTime: -1 }],
    ['a duration below zero', { duration: -20 }],
    ['a log before 1970', { logs: [{ timestamp: -5, fields: [] }] }],
    ['a log without fields', { logs: [{ timestamp: 5, fields: [] }] }],
    [
      'all digits of a float64',
      {
        tags: [0.1 + 0.2, Math.PI * 1e300, 2 ** 63, Number.MAX_VALUE].map((x) => float(`${x}`, x)),
      },
    ],
    [
      'floats that are no numbers',
      { tags: [Number.NaN, -0, Infinity, -Infinity].map((value) => float('x', value)) },
    ],
    ['two tags of one key', { tags: [float('x', 0.5), { key: 'x', type: 'string', value: 'y' }] }],
    [
      'the largest int64',
      { tags: [{ key: 'least', type: 'int64', value: -(2n ** 63n) }, float('large', 2 ** 70)] },
    ],
  ])('%s', (_what, part) => {
    const span = { ...SPAN, ...part };
    for (const fields of [LISTS, FIELDS]) {
      const read = spanOfDocument(parseExactJson(spanJson(span, fields)), fields);
      const { tags, ...rest } = span;
      expect(read).toMatchObject(rest);
      expect(byKey(read.tags)).toEqual(byKey(tags));
    }
  });

  it("a warning is a tag by Jaeger's own name for it, as its query service shows tags", () => {
    const json = spanJson({ ...SPAN, warnings: ['skew'] }, LISTS);
    expect(JSON.parse(json).tags).toEqual([
      { key: '$$span.warning.1', type: 'string', value: 'skew' },
    ]);
  });

  it.each([
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, '+Inf'],
    [Number.NEGATIVE_INFINITY, '-Inf'],
  ])('%d is a text to Jaeger, whose query service cannot print it', (value, told) => {
    const json = spanJson({ ...SPAN, tags: [float('x', value)] }, LISTS);
    expect(JSON.parse(json).tags).toMatchObject([{ key: 'x', type: 'string', value: told }]);
  });

  it('the largest float64 is one that Go reads, and so is what its own program wrote', () => {
    const json = spanJson({ ...SPAN, tags: [float('x', Number.MAX_VALUE)] }, LISTS);
    expect(JSON.parse(json).tags).toEqual([
      { key: 'x', type: 'float64', value: '1.7976931348623157e+308' },
    ]);
    const theirs = {
      ...JSON.parse(json),
      tags: [{ key: 'x', type: 'float64', value: '1.797693135e+308' }],
    };
    expect(spanOfDocument(theirs, LISTS).tags).toEqual([float('x', Number.MAX_VALUE)]);
  });

  it.each([0x8000_0001, 0xffff_ffff, -1])(
    'flags that no integer of the mapping holds are left out: %d',
    (flags) => {
      const document = JSON.parse(spanJson({ ...SPAN, flags }, LISTS));
      expect(document).not.toHaveProperty('flags');
      expect(document.spoor).toEqual({ flags });
    },
  );

  test.each([
    ['startTime', { startTime: -1 }],
    ['duration', { duration: -1 }],
    ['startTime', { startTime: 2 ** 63 }],
  ])("%s is a number that Jaeger's query service can read", (field, part) => {
    const document = JSON.parse(spanJson({ ...SPAN, ...part }, LISTS));
    expect(document[field]).toBeGreaterThanOrEqual(0);
    expect(Number.isSafeInteger(document[field])).toBe(true);
  });
});

function byKey(tags: readonly KeyValue[]): KeyValue[] {
  return tags.toSorted((a, b) => (a.key + a.type < b.key + b.type ? -1 : 1));
}

describe('a span with more tags and logs than Elasticsearch takes', () => {
  const tags = (count: number) => Array.from({ length: count }, (_, i) => float(`x${i}`, i));

  test.each<[string, Partial<Span>]>([
    ['tags', { tags: tags(12_000) }],
    ['tags of its process', { process: { serviceName: 'a', tags: tags(12_000) } }],
    ['logs', { logs: Array.from({ length: 4000 }, (_, i) => ({ timestamp: i, fields: tags(2) })) }],
    ['fields of a log', { tags: tags(5), logs: [{ timestamp: 1, fields: tags(12_000) }] }],
    [
      'all of them',
      { tags: tags(6000), logs: [{ timestamp: 1, fields: tags(6000) }], warnings: ['w'] },
    ],
  ])('has as many as it takes, and comes back whole: %s', (_what, part) => {
    const span = { ...SPAN, ...part };
    const document = JSON.parse(spanJson(span, LISTS));
    const logs = document.logs as { fields: unknown[] }[];
    const nested = document.tags.length + document.process.tags.length + logs.length;
    expect(nested + logs.flatMap(({ fields }) => fields).length).toBeLessThanOrEqual(MOST_NESTED);
    expect(spanOfDocument(document, LISTS)).toEqual(span);
  });

  it('and one that has just so many is as it ever was', () => {
    const json = spanJson({ ...SPAN, tags: tags(MOST_NESTED) }, LISTS);
    expect(JSON.parse(json).tags).toHaveLength(MOST_NESTED);
    expect(json).not.toContain('spoor');
  });
});

describe('tags as fields', () => {
  test.each([
    ['a.b', 'a@b'],
    ['a', 'a'],
    // Would come back as a.b.
    ['a@b', undefined],
    ['', undefined],
    [' ', undefined],
  ])('the key %j has the field %j', (key, field) => {
    expect(FIELDS.nameOf(key)).toBe(field);
  });

  it('those that are named, and no others', () => {
    const some = new TagFields({ ...DEFAULT_TAGS_AS_FIELDS, include: ['http.method'] });
    const tags: KeyValue[] = ['http.method', 'http.url'].map((key) => ({
      key,
      type: 'string',
      value: 'x',
    }));
    const document = JSON.parse(spanJson({ ...SPAN, tags }, some));
    expect(document.tag).toEqual({ 'http@method': 'x' });
    expect(document.tags).toEqual([{ key: 'http.url', type: 'string', value: 'x' }]);
  });

  it('a whole float64 becomes an int64, as in Jaeger', () => {
    const json = spanJson({ ...SPAN, tags: [float('whole', 3)] }, FIELDS);
    expect(spanOfDocument(parseExactJson(json), FIELDS).tags).toEqual([
      { key: 'whole', type: 'int64', value: 3n },
    ]);
  });
});

describe('documents of older Jaegers', () => {
  const OLD = JSON.parse(spanJson(SPAN, LISTS));

  it('ids without leading zeros, and a parent in a field of its own', () => {
    const span = spanOfDocument(
      { ...OLD, traceID: 'abcd', spanID: '1', parentSpanID: 'ff' },
      LISTS,
    );
    expect(span).toEqual({
      ...SPAN,
      references: [
        { refType: 'CHILD_OF', traceId: '000000000000abcd', spanId: '00000000000000ff' },
      ],
    });
  });

  test.each([
    ['no object', 'text'],
    ['no trace id', { ...OLD, traceID: undefined }],
    ['a trace id that is none', { ...OLD, traceID: 'xyz' }],
    ['a span id that is none', { ...OLD, spanID: '' }],
    ['a start that is a text', { ...OLD, startTime: '5' }],
    ['tags that are no list', { ...OLD, tags: {} }],
    ['a tag of no type', { ...OLD, tags: [{ key: 'a', value: 'b' }] }],
    ['a tag without a value', { ...OLD, tags: [{ key: 'a', type: 'string', value: null }] }],
    ['an int64 that is none', { ...OLD, tags: [{ key: 'a', type: 'int64', value: '1.5' }] }],
    ['a float64 that is none', { ...OLD, tags: [{ key: 'a', type: 'float64', value: 'x' }] }],
    ['a field that is an object', { ...OLD, tag: { a: {} } }],
    [
      'a reference of no kind',
      { ...OLD, references: [{ refType: 'x', traceID: '1', spanID: '1' }] },
    ],
    ['no process name', { ...OLD, process: { tags: [] } }],
    ['logs that are no list', { ...OLD, logs: 5 }],
  ])('with %s cannot be read', (_what, document) => {
    expect(() => spanOfDocument(document, LISTS)).toThrow(UnreadableDocument);
  });
});

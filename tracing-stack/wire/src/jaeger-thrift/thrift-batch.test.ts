import { describe, expect, it } from 'vitest';
import { DecodeError, type DecodeErrorCode } from '../decode-error.ts';
import type { EncodedBatch } from '../encoded-batch.ts';
import {
  binaryLayout,
  compactLayout,
  indexRows,
  spanRows,
  type ThriftLayout,
} from '../testkit/index.ts';
import { CompactType } from '../thrift/compact-type.ts';
import { binaryBatch, compactBatch } from './thrift-batch.ts';

const { TRUE, I32, I64, DOUBLE, BINARY, LIST, MAP, STRUCT } = CompactType;

type Bytes = readonly number[];

describe.each<[string, ThriftLayout, (bytes: Uint8Array) => EncodedBatch]>([
  ['compact', compactLayout, compactBatch],
  ['binary', binaryLayout, binaryBatch],
])('in the %s protocol', (_protocol, layout, open) => {
  const i64 = (id: number, value: number | bigint) => layout.field(id, I64, layout.i64(value));
  const i32 = (id: number, value: number) => layout.field(id, I32, layout.i32(value));
  const text = (id: number, value: string | Uint8Array) =>
    layout.field(id, BINARY, layout.text(value));
  const list = (id: number, items: readonly Bytes[]) =>
    layout.field(id, LIST, layout.list(STRUCT, items));

  // Each struct as a list of its fields, so that a test can leave one out, swap them or put one in.
  const TAG = [text(1, 'k'), i32(2, 0), text(3, 'v')];
  const LOG = [i64(1, 7), list(2, [layout.struct(...TAG)])];
  const REFERENCE = [i32(1, 1), i64(2, 5), i64(3, 0), i64(4, 6)];
  const SPAN = [
    ...[i64(1, 0xfedn), i64(2, 0), i64(3, 2), i64(4, 0), text(5, 'op')],
    ...[i32(7, 1), i64(8, 1_000_000), i64(9, -5)],
  ];
  const PROCESS = [text(1, 'service'), list(2, [layout.struct(...TAG)])];

  interface Parts {
    tag?: Bytes[];
    log?: Bytes[];
    reference?: Bytes[];
    span?: Bytes[];
    process?: Bytes[];
  }

  /** A batch of one span in which everything is well but what the test says. */
  function batch(parts: Parts) {
    const { tag = TAG, log = LOG, reference = REFERENCE, span = SPAN, process = PROCESS } = parts;
    const spanFields = [
      ...span.slice(0, 5),
      list(6, [layout.struct(...reference)]),
      ...span.slice(5),
      list(10, [layout.struct(...tag)]),
      list(11, [layout.struct(...log)]),
    ];
    return batchOf(
      layout.field(1, STRUCT, layout.struct(...process)),
      list(2, [layout.struct(...spanFields)]),
    );
  }

  function batchOf(...fields: Bytes[]) {
    return open(Uint8Array.from(layout.struct(...fields)));
  }

  /** The one span of a batch, after the index has said the same of it. */
  function spanOf(encoded: EncodedBatch) {
    const spans = encoded.spans();
    expect(indexRows(encoded.index())).toEqual(spanRows(spans));
    const [span] = spans;
    if (span === undefined || spans.length !== 1) throw new Error(`${spans.length} spans`);
    return span;
  }

  /** The code with which both index and spans refuse a batch. */
  function refusalOf(encoded: EncodedBatch): DecodeErrorCode | undefined {
    const [index, spans] = [() => encoded.index(), () => encoded.spans()].map((read) => {
      try {
        read();
        return undefined;
      } catch (error) {
        if (error instanceof DecodeError) return error.code;
        throw error;
      }
    });
    expect(index).toBe(spans);
    return index;
  }

  const OF_SPAN = {
    traceId: '0000000000000fed',
    spanId: '0000000000000002',
    operationName: 'op',
    references: [
      { refType: 'FOLLOWS_FROM', traceId: '0000000000000005', spanId: '0000000000000006' },
    ],
    flags: 1,
    startTime: 1_000_000,
    duration: -5,
    tags: [{ key: 'k', type: 'string', value: 'v' }],
    logs: [{ timestamp: 7, fields: [{ key: 'k', type: 'string', value: 'v' }] }],
    process: { serviceName: 'service', tags: [{ key: 'k', type: 'string', value: 'v' }] },
    warnings: [],
  };

  describe('a batch laid out field by field', () => {
    it('is read field by field', () => {
      expect(spanOf(batch({}))).toEqual(OF_SPAN);
    });

    it('may have its fields in any order, and the process behind the spans', () => {
      const reversed = [SPAN, [list(10, [layout.struct(...[...TAG].reverse())])]].flat().reverse();
      const encoded = batchOf(
        list(2, [layout.struct(...reversed)]),
        layout.field(1, STRUCT, layout.struct(...[...PROCESS].reverse())),
      );
      expect(spanOf(encoded)).toEqual({ ...OF_SPAN, references: [], logs: [] });
    });

    it('gives 32 digits to a trace id with a high half, and takes 64 bits unsigned', () => {
      const ids = [i64(1, -1), i64(2, 0xab), i64(3, -(2n ** 63n)), i64(4, 0), text(5, 'op')];
      const span = spanOf(batch({ span: [...ids, ...SPAN.slice(5)] }));
      expect(span.traceId).toBe('00000000000000abffffffffffffffff');
      expect(span.spanId).toBe('8000000000000000');
    });

    it('keeps an empty service name, and replaces invalid UTF-8 by U+FFFD', () => {
      const bad = Uint8Array.of(0xff, 0xfe, 0x61);
      const span = spanOf(
        batch({ process: [text(1, '')], tag: [text(1, bad), i32(2, 0), text(3, bad)] }),
      );
      expect(span.process).toEqual({ serviceName: '', tags: [] });
      expect(span.tags).toEqual([{ key: '\ufffd\ufffda', type: 'string', value: '\ufffd\ufffda' }]);
    });

    it.each<[string, Bytes[], object]>([
      ['a string', [i32(2, 0), text(3, 'x')], { type: 'string', value: 'x' }],
      [
        'a double',
        [i32(2, 1), layout.field(4, DOUBLE, layout.double(0.5))],
        { type: 'float64', value: 0.5 },
      ],
      ['true', [i32(2, 2), layout.field(5, TRUE)], { type: 'bool', value: true }],
      ['false', [i32(2, 2), layout.field(5, CompactType.FALSE)], { type: 'bool', value: false }],
      ['a long', [i32(2, 3), i64(6, -(2n ** 63n))], { type: 'int64', value: -(2n ** 63n) }],
      [
        'a binary',
        [i32(2, 4), text(7, 'ab')],
        { type: 'binary', value: Uint8Array.of(0x61, 0x62) },
      ],
      ['no double', [i32(2, 1)], { type: 'float64', value: 0 }],
      ['no long', [i32(2, 3), text(3, 'x')], { type: 'int64', value: 0n }],
      ['an unknown type', [i32(2, 9), text(3, 'x')], { type: 'string', value: 'x' }],
    ])('reads a tag with %s', (_, value, expected) => {
      expect(spanOf(batch({ tag: [text(1, 'span.kind'), ...value] })).tags).toEqual([
        { key: 'span.kind', ...expected },
      ]);
    });
  });

  it('a reference that comes before the id of its trace makes no root of a span', () => {
    const [low, high, ...others] = SPAN as [Bytes, Bytes, ...Bytes[]];
    const reference = [i32(1, 0), i64(2, 0xfedn), i64(3, 0), i64(4, 6)];
    const span = [...others, list(6, [layout.struct(...reference)]), low, high];
    const encoded = batchOf(
      layout.field(1, STRUCT, layout.struct(...PROCESS)),
      list(2, [layout.struct(...span)]),
    );
    spanOf(encoded);
    expect([...encoded.index().roots]).toEqual([0]);
  });

  describe('the parent id', () => {
    const references = (parent: number, ...explicit: Bytes[][]) => {
      const span = [...SPAN.slice(0, 3), i64(4, parent), text(5, 'op'), ...SPAN.slice(5)];
      const withReferences = [
        ...span,
        list(
          6,
          explicit.map((fields) => layout.struct(...fields)),
        ),
      ];
      const encoded = batchOf(
        layout.field(1, STRUCT, layout.struct(...PROCESS)),
        list(2, [layout.struct(...withReferences)]),
      );
      return spanOf(encoded).references.map(({ refType, traceId, spanId }) =>
        [refType, Number(`0x${traceId}`), Number(spanId)].join(' '),
      );
    };
    const reference = (type: number, traceId: number, spanId: number) => [
      ...[i32(1, type), i64(2, traceId), i64(3, 0), i64(4, spanId)],
    ];

    it.each<[string, string[], string[]]>([
      ['0 says nothing', references(0), []],
      ['becomes a CHILD_OF', references(3), ['CHILD_OF 4077 3']],
      [
        'goes before the references',
        references(3, reference(1, 4077, 4), reference(0, 5, 3)),
        ['CHILD_OF 4077 3', 'FOLLOWS_FROM 4077 4', 'CHILD_OF 5 3'],
      ],
      [
        'is not doubled, and the order stays',
        references(3, reference(1, 4077, 4), reference(0, 4077, 3)),
        ['FOLLOWS_FROM 4077 4', 'CHILD_OF 4077 3'],
      ],
      [
        'is not added to a FOLLOWS_FROM of the same span, which Go and Python clients send',
        references(3, reference(1, 4077, 3)),
        ['FOLLOWS_FROM 4077 3'],
      ],
    ])('%s', (_, got, expected) => expect(got).toEqual(expected));
  });

  describe('what Jaeger refuses', () => {
    const without = (fields: Bytes[], id: number) => fields.filter((_, i) => i !== id - 1);
    it.each<[string, Parts]>([
      ...[1, 2, 3, 4, 5].map((id): [string, Parts] => [
        `span without field ${id}`,
        { span: without(SPAN, id) },
      ]),
      ...[7, 8, 9].map((id): [string, Parts] => [
        `span without field ${id}`,
        { span: without(SPAN, id - 1) },
      ]),
      ['tag without key', { tag: without(TAG, 1) }],
      ['tag without type', { tag: without(TAG, 2) }],
      ['log without time', { log: without(LOG, 1) }],
      ['log without fields', { log: without(LOG, 2) }],
      ...[1, 2, 3, 4].map((id): [string, Parts] => [
        `reference without field ${id}`,
        { reference: without(REFERENCE, id) },
      ]),
      ['process without name', { process: without(PROCESS, 1) }],
      ['log field without key', { log: [i64(1, 7), list(2, [layout.struct(i32(2, 0))])] }],
      ['process tag without key', { process: [text(1, 's'), list(2, [layout.struct(i32(2, 0))])] }],
      [
        'flags that are an i64, and so not the flags',
        { span: [...SPAN.slice(0, 5), i64(7, 1), ...SPAN.slice(6)] },
      ],
    ])('%s', (_, parts) => expect(refusalOf(batch(parts))).toBe('missing-field'));

    it('batch without process or spans', () => {
      const process = layout.field(1, STRUCT, layout.struct(...PROCESS));
      expect(refusalOf(batchOf(process))).toBe('missing-field');
      expect(refusalOf(batchOf(list(2, [])))).toBe('missing-field');
      expect(refusalOf(batchOf(process, list(2, [])))).toBeUndefined();
    });

    it('spans or tags that are no structs', () => {
      const process = layout.field(1, STRUCT, layout.struct(...PROCESS));
      const texts = layout.field(2, LIST, layout.list(BINARY, [layout.text('a')]));
      expect(refusalOf(batchOf(process, texts))).toBe('bad-type');
      expect(refusalOf(batch({ process: [text(1, 's'), texts] }))).toBe('bad-type');
    });
  });

  describe('a field that says nothing to us', () => {
    const unknown: Bytes[] = [
      i64(300, 1),
      layout.field(-7, TRUE),
      text(13, 'x'),
      layout.field(
        14,
        MAP,
        layout.map(BINARY, BINARY, [[...layout.text('a'), ...layout.text('b')]]),
      ),
      layout.field(15, STRUCT, layout.struct(i64(1, 1))),
      layout.field(16, LIST, layout.list(TRUE, [[1], [2]])),
      // A known id of another type.
      layout.field(10, STRUCT, layout.struct(i64(1, 1))),
    ];
    it.each<keyof Parts>(['tag', 'log', 'reference', 'span', 'process'])(
      'is passed over in a %s',
      (struct) => {
        const fields = { tag: TAG, log: LOG, reference: REFERENCE, span: SPAN, process: PROCESS }[
          struct
        ];
        // In front and behind, so that what follows is still found.
        for (const parts of [
          [...unknown, ...fields],
          [...fields, ...unknown],
        ]) {
          if (struct === 'span' && parts[0] === unknown[0]) continue;
          expect(spanOf(batch({ [struct]: parts }))).toEqual(OF_SPAN);
        }
      },
    );

    it('is passed over in the batch', () => {
      const encoded = batchOf(
        i64(3, 17),
        ...unknown,
        layout.field(1, STRUCT, layout.struct(...PROCESS)),
        list(2, []),
      );
      expect([encoded.spans(), encoded.index().count]).toEqual([[], 0]);
    });

    it('is refused when it is one of ours for the second time', () => {
      expect(refusalOf(batch({ tag: [...TAG, text(3, 'w')] }))).toBe('bad-message');
      expect(refusalOf(batch({ span: [...SPAN, text(5, 'again')] }))).toBe('bad-message');
      const lists = [list(2, []), list(2, [])];
      const process = layout.field(1, STRUCT, layout.struct(...PROCESS));
      expect(refusalOf(batchOf(process, ...lists))).toBe('bad-message');
    });
  });
});

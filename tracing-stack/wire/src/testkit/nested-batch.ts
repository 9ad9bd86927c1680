import { CompactType } from '../thrift/compact-type.ts';
import type { ThriftLayout } from './thrift-bytes.ts';

const { I8, I32, I64, BINARY, LIST, STRUCT } = CompactType;

type Bytes = readonly number[];

/** The structs of a Batch, each of which may have a field that nobody here knows. */
export const BATCH_STRUCTS = [
  'batch',
  'process',
  'tag of the process',
  'span',
  'reference',
  'tag of the span',
  'log',
  'field of the log',
  'stats',
] as const;

/** A Batch of one span, of a service named by struct and order. In one of its structs an unknown field stands last: `depth` lists, each in the one before. */
export function nestedBatch(
  layout: ThriftLayout,
  where: (typeof BATCH_STRUCTS)[number],
  depth: number,
  order: 'process first' | 'spans first' = 'process first',
): Bytes {
  const i32 = (id: number, value: number) => layout.field(id, I32, layout.i32(value));
  const i64 = (id: number, value: number) => layout.field(id, I64, layout.i64(value));
  const text = (id: number, value: string) => layout.field(id, BINARY, layout.text(value));
  const list = (id: number, ...items: Bytes[]) =>
    layout.field(id, LIST, layout.list(STRUCT, items));
  const struct = (name: typeof where, ...fields: Bytes[]) =>
    layout.struct(...fields, ...(name === where ? [nested(layout, depth)] : []));
  const tag = (name: typeof where) => struct(name, text(1, 'k'), i32(2, 0), text(3, 'v'));

  const reference = struct('reference', i32(1, 1), i64(2, 5), i64(3, 0), i64(4, 6));
  const log = struct('log', i64(1, 7), list(2, tag('field of the log')));
  const span = struct(
    'span',
    ...[i64(1, 1), i64(2, 0), i64(3, 2), i64(4, 0), text(5, 'op'), list(6, reference)],
    ...[i32(7, 1), i64(8, 1000), i64(9, 5), list(10, tag('tag of the span')), list(11, log)],
  );
  const process = struct(
    'process',
    text(1, `${where}, ${order}`),
    list(2, tag('tag of the process')),
  );
  const stats = layout.field(4, STRUCT, struct('stats', i64(1, 0), i64(2, 0), i64(3, 0)));
  const fields = [layout.field(1, STRUCT, process), list(2, span), stats];
  return struct('batch', ...(order === 'process first' ? fields : fields.reverse()));
}

function nested(layout: ThriftLayout, depth: number): Bytes {
  let value = layout.list(I8, []);
  for (let i = 1; i < depth; i++) value = layout.list(LIST, [value]);
  return layout.field(20, LIST, value);
}

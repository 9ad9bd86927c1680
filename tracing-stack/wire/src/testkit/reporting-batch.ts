import type { ClientReport } from '../encoded-batch.ts';
import { CompactType } from '../thrift/compact-type.ts';
import type { ThriftLayout } from './thrift-bytes.ts';

const { BINARY, I32, I64, LIST, STRUCT } = CompactType;

/**
 * A batch without spans whose client says of itself what a report has; where a number is left out, so is its field, or
 * the whole struct.
 */
export function reportingBatch(
  layout: ThriftLayout,
  report: {
    readonly uuid?: string;
    readonly seqNo?: number;
    readonly dropped?: Partial<NonNullable<ClientReport['dropped']>>;
  },
): readonly number[] {
  const { uuid, seqNo, dropped } = report;
  const text = (id: number, value: string) => layout.field(id, BINARY, layout.text(value));
  const i64 = (id: number, value: number | undefined) =>
    value === undefined ? [] : layout.field(id, I64, layout.i64(value));
  const { fullQueue, tooLarge, sendFailure } = dropped ?? {};
  const tag = (key: string, value: string) =>
    layout.struct(text(1, key), layout.field(2, I32, layout.i32(0)), text(3, value));
  const tags = [
    tag('client-version', '1'),
    ...(uuid === undefined ? [] : [tag('client-uuid', uuid)]),
  ];
  const process = layout.struct(text(1, 'shop'), layout.field(2, LIST, layout.list(STRUCT, tags)));
  const stats = layout.struct(i64(1, fullQueue), i64(2, tooLarge), i64(3, sendFailure));
  return layout.struct(
    layout.field(1, STRUCT, process),
    layout.field(2, LIST, layout.list(STRUCT, [])),
    i64(3, seqNo),
    dropped === undefined ? [] : layout.field(4, STRUCT, stats),
  );
}

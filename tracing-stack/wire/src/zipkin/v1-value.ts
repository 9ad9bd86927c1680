import { utf8Text } from '../utf8-text.ts';
import type { V1Value } from './v1-span.ts';
import { AnnotationType } from './v1-thrift-fields.ts';

/** What the bytes of a binary annotation of `type` mean. */
export function v1Value(type: number, bytes: Uint8Array): V1Value {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const number = (size: number, read: () => bigint | number): V1Value =>
    buffer.length < size ? { unreadable: 'not enough bytes for its type', bytes } : read();
  switch (type) {
    case AnnotationType.BOOL:
      return buffer.length === 1 && buffer[0] === 1;
    case AnnotationType.BYTES:
      return bytes;
    case AnnotationType.I16:
      return number(2, () => BigInt(buffer.readInt16BE()));
    case AnnotationType.I32:
      return number(4, () => BigInt(buffer.readInt32BE()));
    case AnnotationType.I64:
      return number(8, () => buffer.readBigInt64BE());
    case AnnotationType.DOUBLE:
      return number(8, () => buffer.readDoubleBE());
    case AnnotationType.STRING:
      return utf8Text(buffer, 0, buffer.length);
    default:
      return { unreadable: `unknown zipkin annotation type: ${type}`, bytes };
  }
}

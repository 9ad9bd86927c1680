export { encodeCancel } from '../tchannel/cancel.ts';
export { fateOf } from './fate.ts';
export { BATCH_STRUCTS, nestedBatch } from './nested-batch.ts';
export { protoBytes, protoDouble, protoInteger, protoMessage, protoVarint } from './proto-bytes.ts';
export { type Random, seededRandom } from './random.ts';
export {
  randomProcess,
  randomSpan,
  randomSpans,
  randomTag,
  randomText,
} from './random-spans.ts';
export { reportingBatch } from './reporting-batch.ts';
export { type IndexRow, indexRows, spanRows } from './rows.ts';
export { bigEndian, tchannelFrame, tchannelText } from './tchannel-bytes.ts';
export { thinnedStructs } from './thinned-structs.ts';
export {
  binaryLayout,
  compactDouble,
  compactField,
  compactInteger,
  compactLayout,
  compactList,
  compactMessage,
  compactStruct,
  compactText,
  compactVarint,
  emitBatchCall,
  oldBinaryMessage,
  type ThriftLayout,
} from './thrift-bytes.ts';
export { usualSpans } from './usual-spans.ts';

import { DecodeError } from '../decode-error.ts';
import type { EncodedBatch } from '../encoded-batch.ts';
import { BinaryReader } from '../thrift/binary-reader.ts';
import { BinaryWriter } from '../thrift/binary-writer.ts';
import { CompactType, STOP } from '../thrift/compact-type.ts';
import { readBatchIndex } from './batch-index.ts';
import { SubmitBatchesField, SubmitResponseField, SubmitResultField } from './struct-fields.ts';
import { binaryBatch } from './thrift-batch.ts';

// `list<BatchSubmitResponse> submitBatches(1: list<Batch> batches)` of the service Collector: the agents' call of TChannel
// 14267. `submitZipkinBatch` of ZipkinCollector is answered with the same bytes.

/** Reads the arguments of `submitBatches`. The batches are whole: neither `index` nor `spans` will throw. Throws `DecodeError`. */
export function decodeSubmitBatches(args: Uint8Array): EncodedBatch[] {
  const reader = new BinaryReader(args);
  let batches: EncodedBatch[] | undefined;
  for (let key = reader.field(STOP); key !== STOP; key = reader.field(key)) {
    if (key !== SubmitBatchesField.batches) reader.skipField(key);
    else if (batches !== undefined) {
      throw new DecodeError('bad-message', reader.offset, 'submitBatches with two lists');
    } else batches = readBatches(reader);
  }
  if (batches === undefined) {
    throw new DecodeError('missing-field', reader.offset, 'submitBatches without batches');
  }
  return batches;
}

function readBatches(reader: BinaryReader): EncodedBatch[] {
  const count = reader.structs();
  const batches: EncodedBatch[] = [];
  for (let i = 0; i < count; i++) {
    const start = reader.offset;
    const index = readBatchIndex(reader);
    batches.push(binaryBatch(reader.bytes.subarray(start, reader.offset), index));
  }
  return batches;
}

/** The arguments of `submitBatches`, of batches that `binaryBatchesBytes` gave. */
export function encodeSubmitBatches(batches: readonly Uint8Array[]): Uint8Array {
  const size = batches.reduce((sum, { length }) => sum + length, 16);
  const writer = new BinaryWriter(size);
  writer.field(SubmitBatchesField.batches, STOP);
  writer.list(CompactType.STRUCT, batches.length);
  for (const batch of batches) writer.raw(batch);
  writer.stop();
  return writer.bytes();
}

/** The result of `submitBatches` or `submitZipkinBatch`: whether each batch was taken. */
export function encodeSubmitResult(oks: readonly boolean[]): Uint8Array {
  const writer = new BinaryWriter(16 + 5 * oks.length);
  writer.field(SubmitResultField.success, STOP);
  writer.list(CompactType.STRUCT, oks.length);
  for (const ok of oks) {
    writer.field(ok ? SubmitResponseField.ok : SubmitResponseField.notOk, STOP);
    writer.stop();
  }
  writer.stop();
  return writer.bytes();
}

/** Reads whether each batch was taken. Throws `DecodeError`. */
export function decodeSubmitResult(result: Uint8Array): boolean[] {
  const reader = new BinaryReader(result);
  let oks: boolean[] | undefined;
  for (let key = reader.field(STOP); key !== STOP; key = reader.field(key)) {
    if (key === SubmitResultField.success) oks = readOks(reader);
    else reader.skipField(key);
  }
  if (oks !== undefined) return oks;
  throw new DecodeError('missing-field', reader.offset, 'a result without responses');
}

function readOks(reader: BinaryReader): boolean[] {
  return Array.from({ length: reader.structs() }, () => {
    let ok: boolean | undefined;
    for (let key = reader.field(STOP); key !== STOP; key = reader.field(key)) {
      if (key === SubmitResponseField.ok) ok = true;
      else if (key === SubmitResponseField.notOk) ok = false;
      else reader.skipField(key);
    }
    if (ok !== undefined) return ok;
    throw new DecodeError('missing-field', reader.offset, 'a response without ok', 'ok');
  });
}

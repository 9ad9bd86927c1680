import { ChecksumType } from '../tchannel/checksum.ts';
import { FRAME_HEADER_BYTES, FrameType } from '../tchannel/frame.ts';
import { PayloadReader } from '../tchannel/payload-reader.ts';
import { BinaryReader } from '../thrift/binary-reader.ts';
import type { PartList } from './part-list.ts';
import { thriftFields } from './thrift-parts.ts';
import { CALL_ARGUMENTS } from './thrift-structures.ts';
import { bytesText, hexOf } from './value-text.ts';

const FRAME_TYPES: Readonly<Record<number, string>> = {
  [FrameType.callReq]: 'call req',
  [FrameType.callReqContinue]: 'call req continue',
};

/** A piece of an argument: it lies at `start` of the message. */
interface Chunk {
  readonly start: number;
  readonly bytes: Uint8Array;
}

/** Adds the parts of a call: the frames that begin it and go on with it, and its arguments. The layouts stand in `tchannel/`. */
export function tchannelParts(list: PartList, bytes: Buffer): void {
  const args: Chunk[][] = [[]];
  for (let start = 0, number = 1; start < bytes.length; number++) {
    const end = start + Math.max(FRAME_HEADER_BYTES, bytes.readUInt16BE(start));
    list.nest({ name: `frame ${number}`, start, type: 'frame' }, () => {
      addFrame(list, new FieldReader(list, bytes.subarray(0, end), start), args);
      return end;
    });
    start = end;
  }
  const [arg1 = [], , arg3 = []] = args;
  addArguments(list, Buffer.concat(arg1.map((chunk) => chunk.bytes)).toString(), arg3);
}

function addFrame(list: PartList, fields: FieldReader, args: Chunk[][]): void {
  fields.integer('size', 2);
  const type = fields.integer('type', 1, (value) => FRAME_TYPES[value] ?? '');
  fields.raw('reserved', 1);
  fields.integer('id', 4);
  fields.raw('reserved', 8);
  fields.integer('flags', 1, (value) => ((value & 1) === 1 ? 'more frames follow' : 'last frame'));
  if (type === FrameType.callReq) addCallHead(list, fields);
  const checksum = fields.integer('csumtype', 1, checksumName);
  if (checksum !== ChecksumType.none) fields.raw('csum', 4);
  for (let first = true; fields.left > 0; first = false) {
    if (!first) args.push([]);
    const chunk = fields.chunk(`arg${args.length}`);
    args.at(-1)?.push(chunk);
  }
}

function addCallHead(list: PartList, fields: FieldReader): void {
  fields.integer('ttl', 4, () => 'ms');
  list.nest({ name: 'tracing', start: fields.at, type: '25 bytes' }, () => {
    fields.raw('spanid', 8);
    fields.raw('parentid', 8);
    fields.raw('traceid', 8);
    fields.integer('traceflags', 1);
    return fields.at;
  });
  fields.text('service');
  list.nest({ name: 'headers', start: fields.at, type: 'nh:1 (key~1 value~1)' }, () => {
    for (let left = fields.integer('nh', 1); left > 0; left--) {
      fields.text('key');
      fields.text('value');
    }
    return fields.at;
  });
}

function checksumName(type: number): string {
  return Object.entries(ChecksumType).find(([, value]) => value === type)?.[0] ?? '';
}

/** The struct of the call's arguments. It may go through several frames: then its parts stand behind them. */
function addArguments(list: PartList, method: string, chunks: readonly Chunk[]): void {
  const [first] = chunks;
  if (first === undefined) return;
  const joined = Buffer.concat(chunks.map(({ bytes }) => bytes));
  /** Where a byte of the struct stands in the message. */
  const place = (offset: number): number => {
    let left = offset;
    for (const { start, bytes } of chunks) {
      if (left < bytes.length) return start + left;
      left -= bytes.length;
    }
    const last = chunks.at(-1) ?? first;
    return last.start + last.bytes.length;
  };
  const from = list.parts.length;
  const structure = CALL_ARGUMENTS[method];
  list.nest({ name: 'arg3', start: 0, type: structure?.name ?? 'struct' }, () => {
    thriftFields(list, new BinaryReader(joined), structure);
    return joined.length;
  });
  for (const part of list.parts.slice(from)) {
    const { start, end, valueStart } = part;
    if (valueStart !== undefined) part.valueStart = place(valueStart);
    part.start = place(start);
    part.end = end > start ? place(end - 1) + 1 : part.start;
  }
}

/** Reads the fields of a frame one by one, each a part. */
class FieldReader {
  private readonly list: PartList;
  private readonly reader: PayloadReader;
  private readonly bytes: Buffer;

  constructor(list: PartList, bytes: Buffer, start: number) {
    this.list = list;
    this.bytes = bytes;
    this.reader = new PayloadReader(bytes);
    this.reader.offset = start;
  }

  get at(): number {
    return this.reader.offset;
  }

  get left(): number {
    return this.reader.left;
  }

  integer(name: string, size: 1 | 2 | 4, words?: (value: number) => string): number {
    const start = this.at;
    const { reader } = this;
    const value = size === 1 ? reader.uint8() : size === 2 ? reader.uint16() : reader.uint32();
    const said = words?.(value) ?? '';
    this.add(name, start, `:${size}`, said === '' ? `${value}` : `${value} ${said}`);
    return value;
  }

  raw(name: string, size: number): void {
    const start = this.at;
    this.add(name, start, `:${size}`, hexOf(this.reader.raw(size)));
  }

  text(name: string): void {
    const start = this.at;
    const length = this.reader.uint8();
    const valueStart = this.at;
    this.add(name, start, '~1', bytesText(this.reader.raw(length)), valueStart);
  }

  chunk(name: string): Chunk {
    const start = this.at;
    const length = this.reader.uint16();
    const chunk = { start: this.at, bytes: this.reader.raw(length) };
    this.add(name, start, '~2', name === 'arg3' ? '' : bytesText(chunk.bytes), chunk.start);
    return chunk;
  }

  private add(name: string, start: number, type: string, value: string, valueStart = start): void {
    const at = { start, end: this.at, ...(valueStart > start && { valueStart }) };
    this.list.add({ name, ...at, type, ...(value !== '' && { value }) });
  }
}

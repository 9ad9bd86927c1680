import { readFileSync } from 'node:fs';
import thrift from 'thrift';

// Structs of protos/jaeger.thrift, read and written with npm's thrift: its protocols, and the file's fields. Nothing of our
// own tables or readers is in it.

const FILE = readFileSync(new URL('../../../../protos/jaeger.thrift', import.meta.url), 'utf8');

type FieldType =
  | 'string'
  | 'binary'
  | 'bool'
  | 'double'
  | 'i32'
  | 'i64'
  | { readonly struct: string }
  | { readonly list: FieldType };

interface Field {
  readonly id: number;
  readonly name: string;
  readonly type: FieldType;
}

/** A struct by its fields' names; an i64 is a bigint. What is `undefined` is not there. */
export type Struct = { readonly [name: string]: unknown };

const STRUCTS = new Map(
  Array.from(FILE.matchAll(/^struct (\w+) \{\n([^}]*)\}/gm), ([, name = '', body = '']) => [
    name,
    Array.from(
      body.matchAll(/^\s*(\d+):\s+(?:required|optional)\s+(\S+)\s+(\w+)/gm),
      ([, id, type = '', field = '']): Field => ({
        id: Number(id),
        name: field,
        type: typeOf(type),
      }),
    ),
  ]),
);

function typeOf(text: string): FieldType {
  const item = /^list<(\w+)>$/.exec(text)?.[1];
  if (item !== undefined) return { list: typeOf(item) };
  if (/^(string|binary|bool|double|i32|i64)$/.test(text)) return text as FieldType;
  return new RegExp(`^enum ${text} `, 'm').test(FILE) ? 'i32' : { struct: text };
}

/** npm's thrift in one of its two protocols. */
export interface NpmThrift {
  readonly name: string;
  write(struct: string, value: Struct): Uint8Array;
  read(struct: string, bytes: Uint8Array): Struct;
}

export const NPM_THRIFT: readonly NpmThrift[] = [
  { name: 'compact', ...inProtocol(thrift.TCompactProtocol) },
  { name: 'binary', ...inProtocol(thrift.TBinaryProtocol) },
];

type Protocol = InstanceType<typeof thrift.TCompactProtocol | typeof thrift.TBinaryProtocol>;

function inProtocol(
  Protocol: typeof thrift.TCompactProtocol | typeof thrift.TBinaryProtocol,
): Omit<NpmThrift, 'name'> {
  return {
    write(struct, value) {
      let written = Buffer.alloc(0);
      const transport = new thrift.TBufferedTransport(undefined, (bytes) => {
        written = Buffer.from(bytes as Buffer);
      });
      const protocol = new Protocol(transport);
      writeStruct(protocol, struct, value);
      protocol.flush();
      return written;
    },
    read(struct, bytes) {
      return readStruct(new Protocol(new thrift.TFramedTransport(Buffer.from(bytes))), struct);
    },
  };
}

const { Type } = thrift.Thrift;

function wireType(type: FieldType): number {
  if (typeof type === 'object') return 'list' in type ? Type.LIST : Type.STRUCT;
  const types = {
    string: Type.STRING,
    binary: Type.STRING,
    bool: Type.BOOL,
    double: Type.DOUBLE,
    i32: Type.I32,
    i64: Type.I64,
  };
  return types[type];
}

function writeStruct(protocol: Protocol, struct: string, value: Struct): void {
  protocol.writeStructBegin(struct);
  for (const { id, name, type } of STRUCTS.get(struct) ?? []) {
    const field = value[name];
    if (field === undefined) continue;
    protocol.writeFieldBegin(name, wireType(type), id);
    writeValue(protocol, type, field);
    protocol.writeFieldEnd();
  }
  protocol.writeFieldStop();
  protocol.writeStructEnd();
}

function writeValue(protocol: Protocol, type: FieldType, value: unknown): void {
  if (typeof type === 'object' && 'list' in type) {
    const items = value as readonly unknown[];
    protocol.writeListBegin(wireType(type.list), items.length);
    for (const item of items) writeValue(protocol, type.list, item);
    protocol.writeListEnd();
  } else if (typeof type === 'object') writeStruct(protocol, type.struct, value as Struct);
  else if (type === 'string') protocol.writeString(value as string);
  else if (type === 'binary') protocol.writeBinary(Buffer.from(value as Uint8Array));
  else if (type === 'bool') protocol.writeBool(value as boolean);
  else if (type === 'double') protocol.writeDouble(value as number);
  else if (type === 'i32') protocol.writeI32(value as number);
  else {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64BE(value as bigint);
    protocol.writeI64(new thrift.Int64(bytes));
  }
}

function readStruct(protocol: Protocol, struct: string): Struct {
  const value: Record<string, unknown> = {};
  protocol.readStructBegin();
  for (;;) {
    const { fid, ftype } = protocol.readFieldBegin();
    if (ftype === Type.STOP) break;
    const field = STRUCTS.get(struct)?.find(({ id }) => id === fid);
    if (field === undefined) throw new Error(`${struct} has no field ${fid}`);
    if (ftype !== wireType(field.type)) throw new Error(`${field.name} is of type ${ftype}`);
    value[field.name] = readValue(protocol, field.type);
    protocol.readFieldEnd();
  }
  protocol.readStructEnd();
  return value;
}

function readValue(protocol: Protocol, type: FieldType): unknown {
  if (typeof type === 'object' && 'list' in type) {
    const { size } = protocol.readListBegin();
    const items = Array.from({ length: size }, () => readValue(protocol, type.list));
    protocol.readListEnd();
    return items;
  }
  if (typeof type === 'object') return readStruct(protocol, type.struct);
  if (type === 'string') return protocol.readString();
  if (type === 'binary') return Uint8Array.from(protocol.readBinary());
  if (type === 'bool') return Boolean(protocol.readBool());
  if (type === 'double') return protocol.readDouble();
  if (type === 'i32') return protocol.readI32();
  const { buffer, offset } = protocol.readI64() as unknown as { buffer: Buffer; offset: number };
  return buffer.readBigInt64BE(offset);
}

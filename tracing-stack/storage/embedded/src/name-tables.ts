import { createHash } from 'node:crypto';
import type { Operation } from '@spoor/storage-api';
import type { Tables } from './tables.ts';

/*
 * Names may be longer than a key of LMDB, so they are found by a digest. Service ids count from 1 within a bucket.
 */
const DIGEST_LENGTH = 16;
const ID_LENGTH = 4;

export function serviceKey(name: string): Buffer {
  return digest(name);
}

export function serviceValue(id: number, name: string): Buffer {
  const value = Buffer.alloc(ID_LENGTH + Buffer.byteLength(name));
  value.writeUInt32BE(id, 0);
  value.write(name, ID_LENGTH, 'utf8');
  return value;
}

/** Every service of the bucket with its id. */
export function readServices({ services }: Tables): Map<string, number> {
  const ids = new Map<string, number>();
  for (const { value } of services.getRange()) {
    ids.set(value.toString('utf8', ID_LENGTH), value.readUInt32BE(0));
  }
  return ids;
}

export function* serviceNames({ services }: Tables): Generator<string> {
  for (const { value } of services.getRange()) yield value.toString('utf8', ID_LENGTH);
}

/** How many there are; ids count from 1, so that it is the last one, too. */
export function serviceCount({ services }: Tables): number {
  return (services.getStats() as { entryCount: number }).entryCount;
}

export function readServiceIds({ services }: Tables): number[] {
  return Array.from(services.getRange(), ({ value }) => value.readUInt32BE(0));
}

export function readServiceId({ services }: Tables, name: string): number | undefined {
  return services.get(serviceKey(name))?.readUInt32BE(0);
}

export function operationKey(serviceId: number, kind: string, name: string): Buffer {
  return Buffer.concat([operationBound(serviceId), digest(operationText(kind, name))]);
}

export function operationValue(kind: string, name: string): Buffer {
  return Buffer.from(operationText(kind, name), 'utf8');
}

export function* readOperations({ operations }: Tables, serviceId: number): Generator<Operation> {
  const range = { start: operationBound(serviceId), end: operationBound(serviceId + 1) };
  for (const { value } of operations.getRange(range)) {
    const text = value.toString('utf8');
    const end = text.indexOf('\0');
    yield { spanKind: text.slice(0, end), name: text.slice(end + 1) };
  }
}

function operationBound(serviceId: number): Buffer {
  const bound = Buffer.alloc(ID_LENGTH);
  bound.writeUInt32BE(serviceId, 0);
  return bound;
}

/** A kind with a zero byte in it is none that anybody asks for; it would end the kind early. */
function operationText(kind: string, name: string): string {
  return `${kind.replaceAll('\0', '')}\0${name}`;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest().subarray(0, DIGEST_LENGTH);
}

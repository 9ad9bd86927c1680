import { createHash } from 'node:crypto';

const OFFSET_BASIS = 0xcbf29ce484222325n;
const PRIME = 0x100000001b3n;

/** The id of Jaeger's document for a service's operation: FNV-1a of both in 64 bits, as hex without leading zeros. */
export function serviceDocumentId(serviceName: string, operationName: string): string {
  let hash = OFFSET_BASIS;
  for (const byte of Buffer.from(serviceName + operationName)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * PRIME);
  }
  return hash.toString(16);
}

/** A document of `jaeger-service-…`. */
export interface ServiceDocument {
  readonly serviceName: string;
  readonly operationName: string;
}

/** A document of our own index, which knows kinds, and names of any length. */
export interface OperationDocument extends ServiceDocument {
  readonly spanKind: string;
  /** When it was written, in milliseconds since 1970. */
  readonly seen: number;
}

/** Different for all that differ: the names stand apart, and a short hash would not do for names that anybody can choose. */
export function operationDocumentId(name: Omit<OperationDocument, 'seen'>): string {
  const key = JSON.stringify([name.serviceName, name.operationName, name.spanKind]);
  return createHash('sha256').update(key).digest('base64url');
}

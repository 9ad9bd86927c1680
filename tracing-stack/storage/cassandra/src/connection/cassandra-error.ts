import { tlsAdvice } from '@spoor/platform';
import { StorageError, type StorageErrorCode } from '@spoor/storage-api';
import { errors, types } from 'cassandra-driver';

/** A statement that will be refused every time: too large, or not what this server understands. */
const NEVER: readonly number[] = [types.responseErrorCodes.syntaxError];

/** What the driver said, for who uses the store. */
export function storageError(error: unknown): StorageError {
  if (error instanceof StorageError) return error;
  const code: StorageErrorCode = isFinal(error) ? 'unsupported' : 'unavailable';
  return new StorageError(code, `[cassandra] ${reasonOf(error)}`, { cause: error });
}

function isFinal(error: unknown): boolean {
  if (!(error instanceof errors.ResponseError)) return false;
  return (
    NEVER.includes(error.code) || /larger than|too large|exceeds the maximum/i.test(error.message)
  );
}

function reasonOf(error: unknown): string {
  if (error instanceof errors.NoHostAvailableError) {
    const inner = Object.entries(error.innerErrors ?? {}).map(
      ([host, reason]) => `${host}: ${tlsAdvice(messageOf(reason), 'cassandra.tls')}`,
    );
    return inner.length === 0 ? error.message : `no server answers (${inner.join('; ')})`;
  }
  if (
    error instanceof errors.ResponseError &&
    /(keyspace|table) .*does not exist/i.test(error.message)
  ) {
    return `${error.message}: make it with --cassandra.create-schema, or with Jaeger's own job`;
  }
  return messageOf(error);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

import { type ServiceError, status } from '@grpc/grpc-js';
import { isTooLarge } from '@spoor/platform/grpc';
import { StorageError, type StorageErrorCode } from '@spoor/storage-api';

/** Any other status means that the same call may go well later. */
const CODES: Readonly<Partial<Record<status, StorageErrorCode>>> = {
  [status.RESOURCE_EXHAUSTED]: 'full',
  [status.INVALID_ARGUMENT]: 'corrupt',
  [status.DATA_LOSS]: 'corrupt',
  [status.UNIMPLEMENTED]: 'unsupported',
};

/** What a server's answer means for who uses the store. `server` is its address. */
export function answerError(server: string, error: ServiceError): StorageError {
  const { code, details } = error;
  const meaning = isTooLarge(details) ? 'unsupported' : (CODES[code] ?? 'unavailable');
  // grpc-js says where a name led to, also where it has nothing to say of that.
  const told = details.replace(/\.? Resolution note: $/, '');
  const text = `[grpc] ${server} answered ${status[code] ?? code}: ${told}`;
  return new StorageError(meaning, text, { cause: error });
}

/** The status that an error was made from. */
export function statusOf(error: unknown): status | undefined {
  const cause =
    error instanceof StorageError ? (error.cause as ServiceError | undefined) : undefined;
  return cause?.code;
}

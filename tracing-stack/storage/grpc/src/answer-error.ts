import { type ServiceError, status } from '@grpc/grpc-js';
import { StorageError, type StorageErrorCode } from '@spoor/storage-api';

/** Any other status means that the same call may go well later. */
const CODES: Readonly<Partial<Record<status, StorageErrorCode>>> = {
  [status.RESOURCE_EXHAUSTED]: 'full',
  [status.INVALID_ARGUMENT]: 'corrupt',
  [status.DATA_LOSS]: 'corrupt',
  [status.UNIMPLEMENTED]: 'unsupported',
};

/** How grpc-js and grpc-go word RESOURCE_EXHAUSTED for a message that will be too large every time. */
const TOO_LARGE = /message larger than max/i;

/** What a server's answer means for who uses the store. `server` is its address. */
export function answerError(server: string, error: ServiceError): StorageError {
  const { code, details } = error;
  const meaning = TOO_LARGE.test(details) ? 'unsupported' : (CODES[code] ?? 'unavailable');
  const text = `[grpc] ${server} answered ${status[code] ?? code}: ${details}`;
  return new StorageError(meaning, text, { cause: error });
}

/** The status that an error was made from. */
export function statusOf(error: unknown): status | undefined {
  const cause =
    error instanceof StorageError ? (error.cause as ServiceError | undefined) : undefined;
  return cause?.code;
}

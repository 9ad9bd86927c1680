import { errors } from '@elastic/elasticsearch';
import { tlsAdvice } from '@spoor/platform';
import { StorageError, type StorageErrorCode } from '@spoor/storage-api';

/** Any other status means that the same request will fail again. */
const CODES: Readonly<Record<number, StorageErrorCode>> = {
  401: 'unavailable',
  403: 'unavailable',
  // An index that nobody has made yet, such as the first behind an alias.
  404: 'unavailable',
  408: 'unavailable',
  429: 'full',
  500: 'unavailable',
  502: 'unavailable',
  503: 'unavailable',
  504: 'unavailable',
};

/** What a status in an answer, or of one document in it, means for who uses the store. */
export function codeOfStatus(status: number, type?: string): StorageErrorCode {
  // What Elasticsearch calls it when it may not make one more index.
  if (type === 'validation_exception') return 'full';
  // The disk's flood stage comes as 429 since 7.x and as 403 before.
  if (type === 'cluster_block_exception') return status === 429 ? 'full' : 'unavailable';
  return CODES[status] ?? 'unsupported';
}

/** What the client threw, as the error of a store. */
export function answerError(error: unknown): StorageError {
  if (error instanceof StorageError) return error;
  if (error instanceof errors.ResponseError) {
    const { type, reason } = causeOf(error.body);
    const status = error.statusCode ?? 0;
    const text = `answered ${status}${type ? ` ${type}: ${reason ?? ''}` : ''}`;
    return storageError(codeOfStatus(status, type), text, error);
  }
  if (error instanceof errors.ProductNotSupportedError) {
    return storageError('unsupported', 'the server is no Elasticsearch 7.14 or later', error);
  }
  if (error instanceof errors.TimeoutError) {
    return storageError('unavailable', `no answer in time from ${addressOf(error)}`, error);
  }
  if (error instanceof errors.DeserializationError) {
    const text = `what ${addressOf(error)} answered is no JSON: ${error.message}`;
    return storageError('unavailable', text, error);
  }
  if (error instanceof errors.ElasticsearchClientError) {
    const text = `cannot reach ${addressOf(error)}: ${tlsAdvice(error.message, 'es.tls')}`;
    return storageError('unavailable', text, error);
  }
  const text = error instanceof Error ? error.message : String(error);
  return storageError('unavailable', `a request failed: ${text}`, error);
}

const NOBODY = /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH/;

/** Whether no server took the request. */
export function isUnreachable({ cause }: StorageError): boolean {
  if (cause instanceof errors.NoLivingConnectionsError) return true;
  return cause instanceof errors.ConnectionError && NOBODY.test(cause.message);
}

/** Whether the request may have been carried out although there was no answer. */
export function isDoubtful(error: unknown): boolean {
  if (!(error instanceof StorageError)) return true;
  return !(error.cause instanceof errors.ResponseError) && !isUnreachable(error);
}

/** Whether a server answered that it cannot answer now. */
export function isMomentary(error: unknown): boolean {
  if (!(error instanceof StorageError) || error.code !== 'unavailable') return false;
  return error.cause === undefined || statusOf(error) === 503;
}

/** The status of the answer that the error was made from. */
export function statusOf(error: unknown): number | undefined {
  const cause = error instanceof StorageError ? error.cause : undefined;
  return cause instanceof errors.ResponseError ? cause.statusCode : undefined;
}

export function storageError(code: StorageErrorCode, text: string, cause?: unknown): StorageError {
  return new StorageError(code, `[elasticsearch] ${text}`, { cause });
}

export function closedError(): StorageError {
  return storageError('closed', 'the store is closed');
}

/** Whom we spoke to. What the client tells of it is no URL any more, but a text. */
function addressOf(error: Error): string {
  const { meta } = error as { meta?: { meta?: { connection?: { url?: unknown } | null } } };
  const url = String(meta?.meta?.connection?.url ?? '');
  return URL.canParse(url) ? new URL(url).host : 'the server';
}

function causeOf(body: unknown): { type?: string; reason?: string } {
  const error = (body as { error?: unknown } | undefined)?.error;
  if (typeof error !== 'object' || error === null) return {};
  const { type, reason, root_cause } = error as {
    type?: string;
    reason?: string;
    root_cause?: { reason?: string }[];
  };
  // What failed on a shard says more than that all shards failed.
  return {
    ...(type !== undefined && { type }),
    reason: root_cause?.[0]?.reason ?? reason ?? '',
  };
}

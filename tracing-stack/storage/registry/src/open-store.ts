import { DATA_DIRECTORY, type Logger, type Metrics, UserError } from '@spoor/platform';
import type { SpanStore } from '@spoor/storage-api';
import { type EmbeddedStoreOptions, openEmbeddedStore } from '@spoor/storage-embedded';

/** What SPAN_STORAGE_TYPE may say. */
export const STORAGE_TYPES = ['embedded'] as const;
export type StorageType = (typeof STORAGE_TYPES)[number];

export const DEFAULT_TYPE: StorageType = 'embedded';

export interface StoreOptions {
  /** One of `STORAGE_TYPES`, as a user wrote it. `DEFAULT_TYPE` unless given. */
  readonly type?: string;
  /** For a program that never writes. */
  readonly readOnly?: boolean;
  readonly embedded?: Omit<EmbeddedStoreOptions, 'readOnly' | 'logger' | 'metrics'>;
  readonly logger?: Logger;
  readonly metrics?: Metrics;
}

/** Opens the span store that `type` names. Throws `UserError` with one line that lists the types for any other. */
export async function openStore(options: StoreOptions): Promise<SpanStore> {
  const { type = DEFAULT_TYPE, readOnly = false, logger, metrics } = options;
  if (type !== 'embedded') {
    const known = STORAGE_TYPES.join(', ');
    throw new UserError(
      'bad-flag',
      `[storage] unknown SPAN_STORAGE_TYPE "${type}": known are ${known}`,
    );
  }
  return openEmbeddedStore({
    directory: DATA_DIRECTORY,
    ...options.embedded,
    readOnly,
    ...(logger && { logger }),
    ...(metrics && { metrics }),
  });
}

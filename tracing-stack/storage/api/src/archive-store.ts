import type { SpanReader, SpanWriter } from './span-store.ts';

/**
 * Where traces go that somebody wants to keep, apart from all others.
 *
 * - MUST 15: what `writer` was given, `reader` gives by MUST 1 to 4 and 6, and the store's own reader never does; of
 *   spans that are equal it may give one.
 * - MUST 16: nothing in it expires or makes room for something else, whatever its age. When it cannot take more, `write`
 *   rejects with `StorageError` code `full`; in a process that can only read, with `unsupported`.
 */
export interface ArchiveStore {
  readonly writer: SpanWriter;
  readonly reader: Pick<SpanReader, 'trace'>;
}

import type { SpanReader, SpanWriter } from './span-store.ts';

/**
 * Where traces go that somebody wants to keep, apart from all others.
 *
 * - MUST 15: what `writer` was given, `reader` gives by MUST 1, 2, 4 and 6, but in any order, and of equal spans perhaps
 *   one; the store's own reader never does. A write that rejects may have stored a part, and can be made again.
 * - MUST 16: nothing in it expires or makes room for something else, whatever its age. When it cannot take more, `write`
 *   rejects with `StorageError` code `full`; in a process that can only read, with `unsupported`.
 */
export interface ArchiveStore {
  /** Whether this process is known to be one that can only read. */
  readonly isReadOnly?: boolean;
  readonly writer: SpanWriter;
  readonly reader: Pick<SpanReader, 'trace'>;
}

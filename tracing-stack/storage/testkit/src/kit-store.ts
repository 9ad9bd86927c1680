import type { SpanReader, SpanStore } from '@spoor/storage-api';

/** What a backend gives the kit for one test. */
export interface KitStore {
  /** Empty, and nobody else's. */
  readonly store: SpanStore;
  /** Waits until what was written can be read, in a store that reads late. */
  settle?(): Promise<void>;
  /** A reader apart from the writer, as another process has it. */
  readonly otherReader?: SpanReader;
  /** Closes the store and opens it again on the same data; afterwards `store` and `otherReader` are of no use. */
  reopen?(): Promise<SpanStore>;
  /** Makes the record that was written last unreadable. */
  spoilLastRecord?(): Promise<void>;
  /** How often a record could not be read, in a store that keeps batches as they came. */
  unreadableRecords?(): number;
  /** Ends everything, also what `reopen` gave. */
  close(): Promise<void>;
}

/** Opens an empty store for one test. */
export type OpenKitStore = () => Promise<KitStore>;

/** A hook of `KitStore`, or a part of its store (`calls` is one of `dependencies`), that a backend does not have, and why. */
export interface KitSkip {
  readonly hook:
    | 'otherReader'
    | 'reopen'
    | 'spoilLastRecord'
    | 'unreadableRecords'
    | 'sampling'
    | 'archive'
    | 'dependencies'
    | 'calls';
  readonly reason: string;
}

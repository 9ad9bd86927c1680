/** Archived traces, laid out as a bucket is. */
export const ARCHIVE_FOLDER = 'archive';
/** Who called whom: rows as JSON (call-ledger.ts). */
export const DEPENDENCIES_FOLDER = 'dependencies';
/** What adaptive sampling needs: rows as JSON (embedded-sampling.ts). */
export const SAMPLING_FOLDER = 'sampling';

/** What a store has beside its buckets, each an LMDB environment that is made when it is first needed. */
export const BESIDE_BUCKETS = [DEPENDENCIES_FOLDER, SAMPLING_FOLDER, ARCHIVE_FOLDER] as const;

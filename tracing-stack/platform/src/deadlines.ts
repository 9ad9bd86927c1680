/*
 * Who waits for whom, and how long. Each waits longer than whom it asks may take: who gives up sooner sends again what
 * is still on its way, and it is stored twice.
 */

/**
 * What a store may take for a batch. Later it is refused, and what is there of it is taken back. The largest batch takes a
 * busy machine more than a minute, and one that takes longer than this would never be stored.
 */
export const WRITE_WITHIN_MS = 300_000;
/** For the answer of a store in another process. */
export const REMOTE_WRITE_WITHIN_MS = 310_000;
/** For the answer of a collector. Whether it is there at all is known by pings, and sooner. */
export const COLLECTOR_WITHIN_MS = 330_000;

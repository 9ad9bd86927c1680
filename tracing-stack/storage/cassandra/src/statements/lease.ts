import type { Select } from './statement.ts';

/** Whether a condition held; if not, what stood there. */
export interface LeaseAnswer {
  readonly '[applied]': boolean;
  readonly holder?: string | null;
  readonly until?: bigint | null;
}

interface LeaseRow {
  readonly name: string;
  readonly holder: string;
  readonly until: bigint;
}

/** Takes a lease that nobody had: the servers agree on one of many who try. */
export const TAKE_FREE_LEASE: Select<LeaseRow, LeaseAnswer> = {
  cql: 'INSERT INTO spoor_leases (name, holder, until) VALUES (:name, :holder, :until) IF NOT EXISTS',
};

/** Takes one from whom had it, if it is still as it was seen. */
export const TAKE_LEASE_OVER: Select<
  LeaseRow & { readonly seen_holder: string; readonly seen_until: bigint },
  LeaseAnswer
> = {
  cql: `UPDATE spoor_leases SET holder = :holder, until = :until WHERE name = :name
        IF holder = :seen_holder AND until = :seen_until`,
};

/** What is wrong in an environment of the store, in words. */
export interface Findings {
  readonly records: number;
  readonly problems: readonly string[];
}

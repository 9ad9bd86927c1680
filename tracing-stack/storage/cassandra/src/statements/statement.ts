/** A statement that reads: its named parameters, and a row of its answer. */
export interface Select<P extends object, R extends object> {
  readonly cql: string;
  /** For the compiler alone. */
  readonly shape?: { readonly params: P; readonly row: R };
}

/** A statement that writes one row. Rows of one partition go to the server together, as one mutation. */
export interface Write<P extends object> {
  readonly cql: string;
  /** The columns that say in which partition the row lies. */
  readonly partition: readonly (keyof P & string)[];
  /** The columns that tell it from the others there. */
  readonly clustering: readonly (keyof P & string)[];
}

/** Bytes as the driver takes and gives them. */
export type Blob = Buffer;

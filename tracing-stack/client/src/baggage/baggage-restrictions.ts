/** Which baggage a service may set. */
export interface BaggageRestrictions {
  /** Bytes of a value of `key`, which is in lower case, beyond which it is cut; `undefined` if it may not be set. */
  maxLengthOf(key: string): number | undefined;
  close(): Promise<void>;
}

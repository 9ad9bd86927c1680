/** Brings packets to where spans go. */
export interface Sender {
  /**
   * Resolves when the packet was taken; rejects when that failed, with the code `EMSGSIZE` if it is too large for the
   * way or for the receiver. One at a time.
   */
  send(packet: Uint8Array): Promise<void>;
  /** Gives up what is still under way; its `send` then rejects, as do later ones. Never rejects itself. */
  close(): Promise<void>;
}

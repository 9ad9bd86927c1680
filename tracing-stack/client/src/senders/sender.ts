/** Brings datagrams to where spans go. */
export interface Sender {
  /** Resolves when the datagram was handed over; rejects, with the system's `code`, when that failed. One at a time. */
  send(datagram: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/** Flags, of which 1 says that the message is compressed, and the length of the message that follows. */
const PREFIX_BYTES = 5;

/** The lengths of a call's messages, as HTTP/2 brings them: each behind its prefix, cut anywhere. */
export class MessageLengths {
  private readonly prefix = Buffer.alloc(PREFIX_BYTES);
  private prefixBytes = 0;
  private left = 0;

  /** Goes on with `chunk`, and gives the lengths of those compressed messages that it makes whole. */
  *compressed(chunk: Buffer): Generator<number> {
    let at = 0;
    while (at < chunk.length) {
      if (this.prefixBytes < PREFIX_BYTES) {
        this.prefix[this.prefixBytes++] = chunk[at++] as number;
        if (this.prefixBytes < PREFIX_BYTES) continue;
        this.left = this.prefix.readUInt32BE(1);
      } else {
        const bytes = Math.min(this.left, chunk.length - at);
        at += bytes;
        this.left -= bytes;
      }
      if (this.left > 0) continue;
      this.prefixBytes = 0;
      if (this.prefix[0] === 1) yield this.prefix.readUInt32BE(1);
    }
  }
}

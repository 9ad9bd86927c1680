import { checkedFrameSize, decodeFrame, type Frame } from './frame.ts';

/** Cuts what a connection brings into frames, wherever the pieces end. Holds one unfinished frame at most. */
export class FrameSplitter {
  /** The first byte of a size of which the second has not come. */
  private first: number | undefined;
  /** A frame that has begun, as long as it will be. */
  private partial: Buffer | undefined;
  private filled = 0;

  /** Whether a frame has begun that is not whole. */
  get hasPartial(): boolean {
    return this.partial !== undefined || this.first !== undefined;
  }

  /** The frames that are whole with `chunk`. Throws `DecodeError` at a size that cannot be, behind those before it. */
  *split(chunk: Buffer): Generator<Frame, void, undefined> {
    let at = 0;
    while (at < chunk.length) {
      if (this.partial === undefined) {
        const size = this.sizeAt(chunk, at);
        if (size === undefined) {
          this.first = chunk[at];
          return;
        }
        if (this.first === undefined && chunk.length - at >= size) {
          yield decodeFrame(chunk.subarray(at, at + size));
          at += size;
          continue;
        }
        this.begin(size);
      }
      at += this.fill(chunk, at);
      const frame = this.finished();
      if (frame !== undefined) yield frame;
    }
  }

  /** The size of the frame that begins here, or began a byte before; `undefined` if it needs another byte. */
  private sizeAt(chunk: Buffer, at: number): number | undefined {
    if (this.first !== undefined)
      return checkedFrameSize((this.first << 8) | (chunk[at] as number));
    return chunk.length - at < 2 ? undefined : checkedFrameSize(chunk.readUInt16BE(at));
  }

  private begin(size: number): void {
    this.partial = Buffer.allocUnsafe(size);
    this.filled = 0;
    if (this.first !== undefined) this.partial[this.filled++] = this.first;
    this.first = undefined;
  }

  /** How many bytes of `chunk` belonged to the frame. */
  private fill(chunk: Buffer, at: number): number {
    const { partial } = this;
    if (partial === undefined) return 0;
    const taken = chunk.copy(partial, this.filled, at);
    this.filled += taken;
    return taken;
  }

  private finished(): Frame | undefined {
    const { partial } = this;
    if (partial === undefined || this.filled < partial.length) return undefined;
    this.partial = undefined;
    return decodeFrame(partial);
  }
}

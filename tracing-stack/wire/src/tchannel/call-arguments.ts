import { DecodeError } from '../decode-error.ts';
import { nextChecksum } from './checksum.ts';
import type { Fragment } from './fragment.ts';

/** The three arguments of a call, or of its answer. */
export type CallArguments = readonly [arg1: Buffer, arg2: Buffer, arg3: Buffer];

/** Joins a call's fragments to its three arguments. */
export class ArgumentJoiner {
  private readonly maxBytes: number;
  private readonly chunks: Buffer[][] = [[]];
  private checksumType: number | undefined;
  private checksum = 0;
  /** Of all arguments so far. */
  bytes = 0;

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes;
  }

  /** Returns the arguments with the last fragment, `undefined` before. Throws `DecodeError`. */
  add(fragment: Fragment): CallArguments | undefined {
    const { chunks, hasMore } = fragment;
    if (chunks.length === 0) throw bad('a fragment without arguments');
    for (const [i, chunk] of chunks.entries()) {
      if (i > 0) this.chunks.push([]);
      this.chunks.at(-1)?.push(chunk);
      this.bytes += chunk.length;
    }
    if (this.chunks.length > 3) throw bad('more than three arguments');
    if (this.bytes > this.maxBytes) {
      throw new DecodeError('too-large', 0, `arguments of more than ${this.maxBytes} bytes`);
    }
    this.verify(fragment);
    if (hasMore) return undefined;
    const [arg1, arg2, arg3] = this.chunks.map(joined);
    if (arg1 === undefined || arg2 === undefined || arg3 === undefined) {
      throw bad(`${this.chunks.length} of three arguments`);
    }
    return [arg1, arg2, arg3];
  }

  private verify({ checksumType, checksum, chunks }: Fragment): void {
    this.checksumType ??= checksumType;
    if (checksumType !== this.checksumType) throw bad('two types of checksum in one call');
    for (const chunk of chunks) {
      const next = nextChecksum(checksumType, this.checksum, chunk);
      if (next === undefined) return;
      this.checksum = next;
    }
    if (checksum !== this.checksum) {
      const words = `checksum ${hex(checksum)} over bytes of ${hex(this.checksum)}`;
      throw new DecodeError('bad-checksum', 0, words);
    }
  }
}

function bad(message: string): DecodeError {
  return new DecodeError('bad-message', 0, message);
}

function joined(chunks: readonly Buffer[]): Buffer {
  return chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
}

function hex(sum: number): string {
  return sum.toString(16).padStart(8, '0');
}

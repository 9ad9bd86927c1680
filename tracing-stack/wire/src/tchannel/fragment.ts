import { DecodeError } from '../decode-error.ts';
import { ChecksumType, isChecksumType } from './checksum.ts';
import type { PayloadReader } from './payload-reader.ts';

/** What one frame brings of a call's three arguments. */
export interface Fragment {
  /** Whether another frame goes on with them. */
  readonly hasMore: boolean;
  /** A `ChecksumType`. */
  readonly checksumType: number;
  /** Over all arguments up to here; 0 without one. */
  readonly checksum: number;
  /**
   * The first goes on with the argument in which the frame before ended, each further one begins the next argument. So an
   * argument that ended with its frame has an empty one at the start of the next.
   */
  readonly chunks: readonly Buffer[];
}

/** Bit 0 of a call's flags. */
export const MORE_FRAGMENTS = 0x01;

/** csumtype:1 (csum:4){0,1} (chunk~2)*, up to the end of the payload; `flags` stand at its start. */
export function readFragment(reader: PayloadReader, flags: number): Fragment {
  const at = reader.offset;
  const checksumType = reader.uint8();
  if (!isChecksumType(checksumType)) {
    throw new DecodeError('bad-value', at, `checksum type ${checksumType}`);
  }
  const checksum = checksumType === ChecksumType.none ? 0 : reader.uint32();
  const chunks: Buffer[] = [];
  while (reader.left > 0) chunks.push(reader.raw(reader.uint16()));
  return { hasMore: (flags & MORE_FRAGMENTS) !== 0, checksumType, checksum, chunks };
}

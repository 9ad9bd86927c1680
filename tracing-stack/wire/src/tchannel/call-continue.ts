import { type Fragment, readFragment } from './fragment.ts';
import type { Frame } from './frame.ts';
import { PayloadReader } from './payload-reader.ts';

/** call req continue and call res continue: flags:1 csumtype:1 (csum:4){0,1} (chunk~2)* */
export function decodeCallContinue({ payload }: Frame): Fragment {
  const reader = new PayloadReader(payload);
  return readFragment(reader, reader.uint8());
}

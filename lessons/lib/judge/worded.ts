import { withLateWrites } from './late-writes.ts';
import { withMiswritten } from './miswritten.ts';
import { withParentReasons } from './parent-reasons.ts';
import type { Run } from './run.ts';
import { withSplitReasons } from './split-reasons.ts';
import type { Finding } from './verdict.ts';

/** Findings of a trace's shape, worded by what the tap saw in the programs that left it. */
export function worded<F extends Finding>(findings: readonly F[], runs: readonly Run[]): F[] {
  const written = withMiswritten(withLateWrites(findings, runs), runs);
  return withParentReasons(withSplitReasons(written, runs), runs);
}

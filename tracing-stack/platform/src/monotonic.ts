/** Milliseconds since the process began: for lengths of time, which a clock that is set would stretch. */
export function monotonic(): number {
  return performance.now();
}

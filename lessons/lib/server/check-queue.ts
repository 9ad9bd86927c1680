/**
 * Of what is asked for a lesson one runs and one waits. Who asks while one waits gets that one, with what was asked for
 * last: a page whose button is pressed ten times has its programs run once more, and not ten times.
 */
export function checkQueue<What>(
  /** Never rejects. */
  run: (lesson: number, what: What) => Promise<unknown>,
): (lesson: number, what: What) => void {
  const running = new Map<number, { next?: { readonly what: What } }>();

  async function work(lesson: number, what: What): Promise<void> {
    const lane: { next?: { readonly what: What } } = {};
    running.set(lesson, lane);
    await run(lesson, what);
    running.delete(lesson);
    if (lane.next) await work(lesson, lane.next.what);
  }

  return (lesson, what) => {
    const lane = running.get(lesson);
    if (lane) lane.next = { what };
    else void work(lesson, what);
  };
}

/** What is counted of a span. Microseconds. */
export interface SpanMeasures {
  readonly duration: number;
  readonly selfTime: number;
  readonly hasError: boolean;
}

/** What spans of one group have in common, and what they come to. Microseconds. */
export interface SpanStatistics {
  /** What the group is called; empty for spans that lack what is grouped by. */
  readonly names: readonly string[];
  readonly count: number;
  readonly errorCount: number;
  /** Of the durations. Spans that run side by side count twice. */
  readonly total: number;
  readonly average: number;
  readonly min: number;
  readonly max: number;
  readonly selfTime: number;
}

/**
 * Groups spans and sums each group up, in the order in which the groups first appear.
 * @param namesOf of a span by its position; equal names make a group
 */
export function spanStatistics(
  spans: readonly SpanMeasures[],
  namesOf: (position: number) => readonly string[],
): SpanStatistics[] {
  const groups = new Map<string, { -readonly [K in keyof SpanStatistics]: SpanStatistics[K] }>();
  for (const [position, { duration, selfTime, hasError }] of spans.entries()) {
    const names = namesOf(position);
    const key = JSON.stringify(names);
    let group = groups.get(key);
    if (!group) {
      group = {
        names,
        count: 0,
        errorCount: 0,
        total: 0,
        average: 0,
        min: Number.POSITIVE_INFINITY,
        max: 0,
        selfTime: 0,
      };
      groups.set(key, group);
    }
    group.count++;
    if (hasError) group.errorCount++;
    group.total += duration;
    group.min = Math.min(group.min, duration);
    group.max = Math.max(group.max, duration);
    group.selfTime += selfTime;
  }
  for (const group of groups.values()) group.average = group.total / group.count;
  return [...groups.values()];
}

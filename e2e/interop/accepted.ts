/** What differs and may, and why. One that is met nowhere in a run in which it could be has to go. */
export interface Accepted {
  /** Part of the name of the mix, as the test tells it. */
  readonly mix: RegExp;
  /** A line of `differences`, or `NAME: …` of a call or a sampling question. */
  readonly line: RegExp;
  readonly reason: string;
  /** Whether it is met in some runs only. */
  readonly sometimes?: true;
}

export const ACCEPTED: readonly Accepted[] = [
  {
    mix: /^calls: /,
    line: /^dependencies\./,
    reason:
      'The recorded answer to `dependencies` holds links that were put into the store by hand; here they come from the spans, or from nowhere until the dependencies job has run.',
  },
  {
    mix: /^calls: .*remote-storage/,
    line: /^(find_regex_tag|operations|operations_kind)\./,
    reason:
      'The answers recorded are those over Elasticsearch, which takes the value of a tag for a regular expression and keeps no kinds of spans beside operations; the memory behind a remote storage compares texts, and knows the kinds.',
  },
  {
    mix: /^calls: .*Elasticsearch.*query Spoor/,
    line: /^(operations|operations_kind)\./,
    reason:
      "Elasticsearch's documents of operations hold no kind: Jaeger's query service answers with an empty one and passes over the kind that is asked for, ours says `unspecified` and finds only what is known to be of it.",
  },
  {
    mix: /^calls: .*Cassandra.*query Spoor/,
    line: /^find_duration_and_tags\./,
    reason:
      "Asked for a duration and tags together, Jaeger's query service answers 500 over Cassandra, ours finds them.",
  },
  {
    mix: /^calls: .*Cassandra/,
    line: /^find_limit1\./,
    reason:
      "With a limit of 1 Jaeger's query service takes any trace from Cassandra, ours the newest.",
    sometimes: true,
  },
  {
    mix: /^sampling from collector v1\.17/,
    line: /service=(bank|mail)\.operationSampling\./,
    reason:
      "Jaeger 1.17 gives a service for which no operations are listed those of the default strategy, with the default's own probability, also beside a rate limit; 1.62 does neither.",
  },
  {
    mix: /^sampling .*(agent v1\.17\.\d+$|collector v1\.17)/,
    line: /\.defaultUpperBoundTracesPerSecond: expected "#0" got none$/,
    reason:
      'An upper bound of traces a second that nobody set is left out by Jaeger 1.17 and over Thrift, and is 0 in 1.62 over gRPC.',
  },
  {
    mix: /^calls: .*query v1\.17/,
    line: /: expected "9007199254740993" got "#9007199254740993"$/,
    reason:
      'Jaeger 1.17 writes an integer beyond 2^53 as a JSON number, which JavaScript rounds; 1.62 as a text.',
  },
  {
    mix: /^calls: .*Elasticsearch.*query v1\.17/,
    line: /^find_regex_tag\./,
    reason:
      'Jaeger 1.17 takes the value of a tag for a text; 1.62, over Elasticsearch, for a regular expression.',
  },
  {
    mix: /^calls: collector v1\.17.*Cassandra/,
    line: /\.warnings(\.\d)?: /,
    reason: 'Jaeger 1.17 keeps no warnings in Cassandra.',
  },
  {
    mix: /^calls: collector v1\.17.*Cassandra.*query v1\.17/,
    line: /^operations\.data\.\d\.spanKind: expected "unspecified" got ""$/,
    reason:
      'Jaeger 1.17 says nothing of the kind of an operation that has none; 1.62 says `unspecified`.',
  },
  {
    mix: /^calls: collector Spoor.*Cassandra.*query v1\.17/,
    line: /^(trace64|find_ids|find_no_limit|find_process_tag|find_service)\.data\.\d\.spans\.0\.(tags\.\d\.\w+|warnings(\.\d)?): /,
    reason:
      'Warnings are kept in Cassandra as 1.62 keeps them, as tags; Jaeger 1.17 does not know that and shows the tags.',
  },
];

/** Which accepted differences could be met in a run, and which were. */
export interface Met {
  readonly possible: Set<Accepted>;
  readonly seen: Set<Accepted>;
}

/** Parts the lines into those that may be and the others; for the first it gives the reasons. */
export function judge(
  mix: string,
  lines: readonly string[],
  met: Met,
): { readonly unaccepted: readonly string[]; readonly reasons: readonly string[] } {
  const here = ACCEPTED.filter((each) => each.mix.test(mix));
  for (const accepted of here) met.possible.add(accepted);
  const unaccepted: string[] = [];
  const reasons = new Set<string>();
  for (const line of lines) {
    const found = here.filter((each) => each.line.test(line));
    if (found.length === 0) unaccepted.push(line);
    for (const accepted of found) {
      met.seen.add(accepted);
      reasons.add(accepted.reason);
    }
  }
  return { unaccepted, reasons: [...reasons] };
}

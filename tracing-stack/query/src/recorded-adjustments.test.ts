import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { adjust, standardAdjusters } from '@spoor/analysis';
import { corpusDirectory, exchange } from '@spoor/fixtures';
import type { Trace } from '@spoor/model';
import { describe, expect, test } from 'vitest';
import { tracesFromJson } from './testing/trace-from-json.ts';

/** Spans in the order of their ids: Jaeger's own order changes between two calls. */
function byId(trace: Trace | undefined): Trace['spans'] | undefined {
  return trace?.spans.toSorted((a, b) => (a.spanId < b.spanId ? -1 : 1));
}

function adjusted(json: string, maxClockSkew = 0): Trace['spans'] | undefined {
  const [trace] = tracesFromJson(json);
  return trace && byId(adjust(trace, standardAdjusters(maxClockSkew)));
}

/** The answers of one case, as text, so that no number is rounded on the way. */
const pairs = readdirSync(corpusDirectory, { withFileTypes: true })
  // Those of old agents were answered by Jaeger 1.17, which did not sort tags yet.
  .filter((entry) => entry.isDirectory() && !entry.name.startsWith('agent-old-'))
  .flatMap(({ name }) => {
    const text = readFileSync(join(corpusDirectory, name, 'expected.json'), 'utf8');
    const [answers = '', raw = ''] = text.slice(text.indexOf('"traces":')).split('"rawTraces":');
    if (!answers.includes('"spans":')) return [];
    const rawOnes = documents(raw);
    return documents(answers).map((answer, i) => ({ name, answer, raw: rawOnes[i] ?? '' }));
  });

/** The envelopes in `{"<trace id>":{"data":…},…}`. */
function documents(text: string): string[] {
  return Array.from(text.matchAll(/\{"data":.*?"errors":null\}/gs), ([envelope]) => envelope);
}

describe('the standard adjusters turn what a real Jaeger answers with raw=true into what it answers without', () => {
  test.each(pairs)('$name', ({ answer, raw }) => {
    expect(adjusted(raw)).toEqual(byId(tracesFromJson(answer)[0]));
  });

  test.each([
    ['skewed clocks', 'query/query-trace-skew-raw', 'query/query-trace-skew', 0],
    ['skewed clocks, mended', 'variant/skew-raw', 'variant/skew-adjusted', 5_000_000],
    ['a shared span id', 'query/query-trace-shared-raw', 'query/query-trace-shared', 0],
  ])('%s', (_what, raw, answer, maxClockSkew) => {
    expect(adjusted(exchange(raw).body, maxClockSkew)).toEqual(
      byId(tracesFromJson(exchange(answer).body)[0]),
    );
  });

  test('repeated, orphaned and badly referring spans; of the equal ones only one is left', () => {
    const answer = byId(tracesFromJson(exchange('query/query-trace-dup').body)[0]) ?? [];
    const resent = answer.findIndex((span) => span.operationName === 'dup' && span.warnings[0]);
    expect(adjusted(exchange('query/query-trace-dup-raw').body)).toEqual(
      answer.toSpliced(resent, 1),
    );
  });
});

import type { Stack } from './lesson-trace.ts';

const SERVICES = 12;
/** Of one request: the collector takes bodies of a few megabytes. */
const SPANS_A_REQUEST = 2_000;
const WITHIN_MS = 120_000;

const spanId = (i: number) => (i + 1).toString(16).padStart(16, '0');

/** Of each span but the first, by its number, that of its parent. */
const PARENTS = {
  /** One of the ten spans before it: 50,000 spans are ten thousand levels. */
  deep: (i: number) => i - 1 - ((i * 7) % Math.min(i, 10)),
  /** Each has five children: 50,000 spans are eight levels. */
  wide: (i: number) => Math.floor((i - 1) / 5),
} as const;
const text = (key: string, value: string) => ({ key, value: { stringValue: value } });

/**
 * Stores a trace of so many spans of twelve services, named `operation-0` and so on, each of which lies within its
 * parent. Answers with its id, once all of it can be read.
 */
export async function sendBigTrace(
  { otlpUrl, queryUrl }: Pick<Stack, 'otlpUrl' | 'queryUrl'>,
  count: number,
  shape: keyof typeof PARENTS = 'deep',
): Promise<string> {
  const traceId = crypto.randomUUID().replaceAll('-', '');
  const start = BigInt(Date.now() - 60_000) * 1_000_000n;
  const span = (i: number) => ({
    traceId,
    spanId: spanId(i),
    parentSpanId: i === 0 ? '' : spanId(PARENTS[shape](i)),
    name: `operation-${i}`,
    kind: 1,
    startTimeUnixNano: String(start + BigInt(i) * 1_000n),
    endTimeUnixNano: String(start + BigInt(count) * 1_000n),
    attributes: [{ key: 'number', value: { intValue: String(i) } }, text('kind', `of-${i % 7}`)],
    ...(i % 500 === 499 && { status: { code: 2 } }),
  });
  for (let from = 0; from < count; from += SPANS_A_REQUEST) {
    const to = Math.min(count, from + SPANS_A_REQUEST);
    const numbers = Array.from({ length: to - from }, (_, i) => from + i);
    const resourceSpans = Array.from({ length: SERVICES }, (_, service) => ({
      resource: { attributes: [text('service.name', `service-${service}`)] },
      scopeSpans: [{ spans: numbers.filter((i) => i % SERVICES === service).map(span) }],
    }));
    const answer = await fetch(`${otlpUrl}/v1/traces`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ resourceSpans }),
    });
    if (!answer.ok) throw new Error(`HTTP ${answer.status}: ${await answer.text()}`);
  }
  await arrived(`${queryUrl}/api/traces/${traceId}`, count);
  return traceId;
}

async function arrived(url: string, count: number): Promise<void> {
  const deadline = performance.now() + WITHIN_MS;
  while (performance.now() < deadline) {
    const answer = await fetch(url);
    if (answer.ok) {
      const { data } = (await answer.json()) as { data: [{ spans: unknown[] }] };
      if (data[0].spans.length === count) return;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`a trace of ${count} spans did not arrive`);
}

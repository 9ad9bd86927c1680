import type { Stack } from './lesson-trace.ts';

/** A call of a made-up shop. Milliseconds. */
export interface Call {
  readonly service: string;
  readonly name: string;
  /** 16 hex digits; any unless given. */
  readonly spanId?: string;
  readonly kind?: 'server' | 'client';
  /** After the start of the trace. */
  readonly at: number;
  readonly lasts: number;
  readonly fails?: boolean;
  /** Its span does not arrive; those beneath it do. */
  readonly isLost?: boolean;
  readonly tags?: Readonly<Record<string, string | number>>;
  readonly logs?: readonly (readonly [
    at: number,
    event: string,
    fields?: Record<string, string>,
  ])[];
  readonly calls?: readonly Call[];
}

const redis = (at: number): Call => ({
  service: 'cart',
  name: 'redis GET',
  kind: 'client',
  at,
  lasts: 10,
  tags: { 'db.system': 'redis' },
});

const cart = (reads: readonly Call[]): Call => ({
  service: 'frontend',
  name: 'cart.GetCart',
  kind: 'client',
  at: 30,
  lasts: 60,
  calls: [
    { service: 'cart', name: 'cart.GetCart', kind: 'server', at: 34, lasts: 52, calls: reads },
  ],
});

const gateway = (at: number, lasts: number, fails: boolean): Call => ({
  service: 'payment',
  name: 'POST card-gateway',
  kind: 'client',
  at,
  lasts,
  fails,
  tags: { 'http.status_code': fails ? 503 : 200 },
  logs: fails
    ? [[at + lasts - 1, 'error', { message: 'the gateway is busy', 'retry.after': '50ms' }]]
    : [[at + lasts - 1, 'charged', { amount: '49.90' }]],
});

const payment = (lasts: number, gateways: readonly Call[]): Call => ({
  service: 'frontend',
  name: 'payment.Charge',
  kind: 'client',
  at: 100,
  lasts: lasts + 8,
  calls: [
    {
      service: 'payment',
      name: 'payment.Charge',
      kind: 'server',
      at: 104,
      lasts,
      logs: [[110, 'card checked', { brand: 'visa' }]],
      calls: gateways,
    },
  ],
});

const shipping = (lasts: number): Call => ({
  service: 'frontend',
  name: 'shipping.Quote',
  kind: 'client',
  at: 105,
  lasts: lasts + 8,
  calls: [{ service: 'shipping', name: 'shipping.Quote', kind: 'server', at: 109, lasts }],
});

const checkout = (lasts: number, calls: readonly Call[]): Call => ({
  service: 'frontend',
  name: 'GET /checkout',
  kind: 'server',
  at: 0,
  lasts,
  tags: { 'http.method': 'GET', 'http.status_code': 200 },
  logs: [[2, 'session found', { user: 'ada' }]],
  calls,
});

/** As it should be: twelve spans. */
export const GOOD = checkout(330, [
  { service: 'frontend', name: 'auth.verify', at: 5, lasts: 18 },
  cart([redis(40), redis(56)]),
  payment(172, [gateway(120, 140, false)]),
  shipping(62),
  { service: 'frontend', name: 'render', at: 290, lasts: 30 },
]);

/** The gateway fails once and is slow then; one read of the cart is saved; shipping answers faster. */
export const SLOW = checkout(720, [
  { service: 'frontend', name: 'auth.verify', at: 5, lasts: 18 },
  cart([redis(40)]),
  payment(560, [gateway(120, 180, true), gateway(350, 300, false)]),
  shipping(22),
  { service: 'frontend', name: 'render', at: 680, lasts: 30 },
]);

/** Sends a trace that began `ago` milliseconds ago, and waits until it can be read. Answers with its id. */
export function sendShopTrace(stack: Stack, root: Call, ago = 5_000): Promise<string> {
  return sendTraceOf(stack, root, Date.now() - ago);
}

/** The same for one that began at `start`, in milliseconds since 1970: two lie to each other as their calls do. */
export async function sendTraceOf(stack: Stack, root: Call, start: number): Promise<string> {
  const { traceId, early } = spansOf(root, start);
  await send(stack, traceId, early);
  return traceId;
}

/** Sends all spans but the lost ones, and gives what sends these. */
export async function sendLostLater(
  stack: Stack,
  root: Call,
  start: number,
  id = randomHex(16),
): Promise<{ readonly traceId: string; readonly sendLost: () => Promise<void> }> {
  const { traceId, early, lost } = spansOf(root, start, id);
  await send(stack, traceId, early);
  return { traceId, sendLost: () => send(stack, traceId, lost, early.length + lost.length) };
}

interface SentSpan {
  readonly service: string;
  readonly span: object;
}

function spansOf(root: Call, start: number, traceId = randomHex(16)) {
  const early: SentSpan[] = [];
  const lost: SentSpan[] = [];
  const add = (call: Call, parentSpanId: string) => {
    const { service, isLost, calls = [], spanId = randomHex(8) } = call;
    const span = otlpSpan(call, { traceId, spanId, parentSpanId }, start);
    (isLost ? lost : early).push({ service, span });
    for (const beneath of calls) add(beneath, spanId);
  };
  add(root, '');
  return { traceId, early, lost };
}

/** @param count of the trace's spans once these have arrived */
async function send(
  stack: Stack,
  traceId: string,
  spans: readonly SentSpan[],
  count = spans.length,
): Promise<void> {
  const resourceSpans = [...new Set(spans.map(({ service }) => service))].map((name) => ({
    resource: { attributes: attributes({ 'service.name': name, zone: 'eu-1' }) },
    scopeSpans: [
      {
        scope: { name: 'shop' },
        spans: spans.filter(({ service }) => service === name).map(({ span }) => span),
      },
    ],
  }));
  const answer = await fetch(`${stack.otlpUrl}/v1/traces`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ resourceSpans }),
  });
  if (!answer.ok) throw new Error(`HTTP ${answer.status}: ${await answer.text()}`);
  await arrived(stack, traceId, count);
}

function otlpSpan(
  call: Call,
  ids: { traceId: string; spanId: string; parentSpanId: string },
  start: number,
): object {
  const { name, kind, at, lasts, fails = false, tags = {}, logs = [] } = call;
  return {
    ...ids,
    name,
    kind: { server: 2, client: 3, internal: 1 }[kind ?? 'internal'],
    startTimeUnixNano: nanos(start + at),
    endTimeUnixNano: nanos(start + at + lasts),
    attributes: attributes(tags),
    events: logs.map(([time, event, fields = {}]) => ({
      timeUnixNano: nanos(start + time),
      name: event,
      attributes: attributes(fields),
    })),
    status: fails ? { code: 2, message: 'unavailable' } : {},
  };
}

const nanos = (ms: number) => `${BigInt(Math.round(ms * 1e3)) * 1000n}`;

const attributes = (pairs: Readonly<Record<string, string | number>>) =>
  Object.entries(pairs).map(([key, value]) => ({
    key,
    value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: value },
  }));

function randomHex(bytes: number): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(bytes))).toString('hex');
}

async function arrived({ queryUrl }: Stack, traceId: string, count: number): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (performance.now() < deadline) {
    const answer = await fetch(`${queryUrl}/api/traces/${traceId}`);
    if (answer.ok) {
      const { data } = (await answer.json()) as { data: { spans: unknown[] }[] };
      if (data[0]?.spans.length === count) return;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`the trace ${traceId} did not arrive`);
}

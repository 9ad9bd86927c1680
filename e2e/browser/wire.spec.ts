import { createSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { Client, credentials } from '@grpc/grpc-js';
import type { Page } from '@playwright/test';
import { axeFindings } from './axe-findings.ts';
import { expectWithin, inEachLook } from './each-look.ts';
import type { Stack } from './lesson-trace.ts';
import { expect, test } from './test.ts';

/** As a real client sent it. */
const captured = (file: string) =>
  readFileSync(new URL(`../../fixtures/corpus/${file}`, import.meta.url));

async function sendUdp(port: number, ...packets: Buffer[]): Promise<void> {
  const socket = createSocket('udp4');
  for (const packet of packets)
    await new Promise<void>((resolve, reject) =>
      socket.send(packet, port, '127.0.0.1', (error) => (error ? reject(error) : resolve())),
    );
  socket.close();
}

async function post(url: string, type: string, body: Buffer | string): Promise<void> {
  const answer = await fetch(url, { method: 'POST', headers: { 'Content-Type': type }, body });
  expect(answer.ok, `${url} answers ${answer.status}`).toBe(true);
}

async function callGrpc(port: number, path: string, message: Buffer): Promise<void> {
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure());
  const asIs = (bytes: Buffer) => bytes;
  await new Promise<void>((resolve, reject) =>
    client.makeUnaryRequest(path, asIs, asIs, message, (error) =>
      error ? reject(error) : resolve(),
    ),
  );
  client.close();
}

/** A whole connection, as an agent of 1.17 had it. */
async function sendTchannel(port: number, stream: Buffer): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  socket.write(stream);
  await new Promise((resolve, reject) => {
    socket.once('data', resolve).once('error', reject);
  });
  socket.end();
}

/** Resolves when so many of its spans can be read. */
async function stored({ queryUrl }: Stack, traceId: string, spans: number): Promise<void> {
  await expect
    .poll(
      async () => {
        const answer = await fetch(`${queryUrl}/api/traces/${traceId}`);
        const { data } = (await answer.json()) as { data: { spans: unknown[] }[] | null };
        return data?.[0]?.spans.length;
      },
      { timeout: 20_000 },
    )
    .toBe(spans);
}

const piece = (page: Page, name: string) => page.getByRole('button', { name, exact: false });
/** The bytes of values that are looked at, in hex. */
const lookedAt = async (page: Page) =>
  (await page.locator('.octets .looked:not(.leads)').allInnerTexts()).join('');
const told = (page: Page) => page.locator('.wire-told');

interface Way {
  readonly name: string;
  readonly send: (stack: Stack) => Promise<void>;
  readonly traceId: string;
  readonly spans: number;
  readonly port: (ports: Stack['ports']) => number;
  /** What the page says of how it came. */
  readonly came: string;
  readonly layout: string;
  /** A header as it was injected. */
  readonly header: string;
  /** Of the span id's value as it stands in the bytes, in hex. */
  readonly spanIdBytes: string;
  /** Some part that only this way has, as the tree shows it. */
  readonly part: string;
}

const WAYS: readonly Way[] = [
  {
    name: 'UDP 6831',
    send: ({ ports }) =>
      sendUdp(
        ports.agentCompact,
        captured('go-seed-inner-udp/001-udp-6831.bin'),
        captured('go-seed-inner-udp/002-udp-6831.bin'),
      ),
    traceId: '7f59d62bb390d34d',
    spans: 4,
    port: (ports) => ports.agentCompact,
    came: 'UDP datagram to port',
    layout: 'Thrift call, compact protocol',
    header: 'uber-trace-id: 7f59d62bb390d34d:0ce3d89fb247d562:5a5bb5787d9c03d4:1',
    // Zigzag: the digits of the id do not stand in its bytes.
    spanIdBytes: 'c4d5bea4f6a7ece319',
    part: 'method string emitBatch',
  },
  {
    name: 'UDP 6832',
    send: ({ ports }) =>
      sendUdp(
        ports.agentBinary,
        captured('node-seed-http-udp/001-udp-6832.bin'),
        captured('node-seed-http-udp/002-udp-6832.bin'),
      ),
    traceId: '01da0ad60e574b6e',
    spans: 3,
    port: (ports) => ports.agentBinary,
    came: 'UDP datagram to port',
    layout: 'Thrift call, binary protocol',
    header: 'uber-trace-id: 01da0ad60e574b6e:58b355005c2b85bb:01da0ad60e574b6e:1',
    spanIdBytes: '58b355005c2b85bb',
    part: 'version and type i32 0x80010004 ONEWAY',
  },
  {
    name: 'HTTP 14268',
    send: ({ ports }) =>
      post(
        `http://127.0.0.1:${ports.collectorHttp}/api/traces`,
        'application/x-thrift',
        captured('go-seed-grpc-http/001-http-14268.bin'),
      ),
    traceId: '1db3be76c741f5f4',
    spans: 1,
    port: (ports) => ports.collectorHttp,
    came: 'Body of an HTTP request to port',
    layout: 'jaeger.thrift Batch, binary protocol',
    header: 'uber-trace-id: 1db3be76c741f5f4:1db3be76c741f5f4:0000000000000000:1',
    spanIdBytes: '1db3be76c741f5f4',
    part: '1 process Process',
  },
  {
    name: 'gRPC 14250',
    send: async ({ ports }) => {
      for (const file of ['001', '002'])
        await callGrpc(
          ports.collectorGrpc,
          '/jaeger.api_v2.CollectorService/PostSpans',
          captured(`agent-new-go-inner/${file}-grpc-14250.bin`),
        );
    },
    traceId: '6e27f6fd2ac4d814',
    spans: 4,
    port: (ports) => ports.collectorGrpc,
    came: 'gRPC message to port',
    layout: 'jaeger.api_v2, protobuf over gRPC',
    header: 'uber-trace-id: 6e27f6fd2ac4d814:238fb67507fad6ad:2a003156bf9569fa:1',
    spanIdBytes: '238fb67507fad6ad',
    part: 'gRPC prefix 5 bytes',
  },
  {
    name: 'TChannel 14267',
    send: ({ ports }) =>
      sendTchannel(ports.collectorTchannel, captured('agent-old-go-inner/001-tchannel-14267.bin')),
    traceId: '4aa4e14224295ae6',
    spans: 4,
    port: (ports) => ports.collectorTchannel,
    came: 'Frames of a TChannel call to port',
    layout: 'TChannel call, binary Thrift within',
    header: 'uber-trace-id: 4aa4e14224295ae6:16ed4c9a1118b082:2d312cc9aef6ff72:1',
    spanIdBytes: '16ed4c9a1118b082',
    part: 'tracing 25 bytes',
  },
  {
    name: 'Zipkin 9411',
    send: ({ ports }) =>
      post(
        `http://127.0.0.1:${ports.collectorZipkin}/api/v2/spans`,
        'application/json',
        captured('zipkingo-json/001-http-9411.bin'),
      ),
    traceId: '52af3b6d632010e3',
    spans: 5,
    port: (ports) => ports.collectorZipkin ?? 0,
    came: 'Body of an HTTP request to port',
    layout: 'Zipkin v2, JSON',
    header: 'b3: 52af3b6d632010e3-44e3fa4f05694c11-1-52af3b6d632010e3',
    spanIdBytes: Buffer.from('"44e3fa4f05694c11"').toString('hex'),
    part: 'kind string SERVER',
  },
];

for (const way of WAYS)
  test(`the bytes that came by ${way.name}, beside what they say`, async ({ page, stack }) => {
    await way.send(stack);
    await stored(stack, way.traceId, way.spans);
    await page.goto(`trace/${way.traceId}`);
    await page.getByRole('tab', { name: 'Wire' }).click();
    await expect(page).toHaveURL(/uiView=wire/);
    const facts = page.locator('.wire-facts');
    await expect(facts).toContainText(`${way.came} ${way.port(stack.ports)}`);
    await expect(facts).toContainText(way.layout);
    await expect(facts).toContainText('from 127.0.0.1:');

    // The header, and the bytes that hold its parts.
    const header = page.locator('.wire-injected');
    await expect(header).toContainText(/^uber-trace-id: |^b3: /);
    const codes = await header.locator('code').allInnerTexts();
    expect(codes.join('').replace(':', ': ').replace(':  ', ': ')).toBe(way.header);
    await piece(page, 'span id').hover();
    expect(await lookedAt(page)).toBe(way.spanIdBytes);
    await expect(told(page)).toContainText('span id');
    await piece(page, 'span id').click();

    // A row of the tree, and its bytes.
    const tree = page.getByRole('tree', { name: 'What the bytes say' });
    await tree.focus();
    await page.keyboard.press('Home');
    await page.mouse.move(0, 0);
    await expect(tree.getByRole('treeitem').first()).toHaveAttribute('aria-selected', 'true');
    await expect(tree.getByText(/\S/).first()).toBeVisible();
    const row = tree.getByRole('treeitem').filter({ hasText: way.part.split(' ')[0] as string });
    await row.first().hover();
    await expect(told(page)).toContainText(/^Bytes? \d/);
    const texts = await tree.getByRole('treeitem').allInnerTexts();
    expect(texts.map((text) => text.replace(/\s+/g, ' ').trim())).toContain(way.part);
  });

test.describe('with the datagram of a Go client', () => {
  const way = WAYS[0] as Way;
  test.beforeEach(async ({ page, stack }) => {
    await way.send(stack);
    await stored(stack, way.traceId, way.spans);
    await page.goto(`trace/${way.traceId}?uiView=wire`);
    await expect(page.locator('.octets').first()).toBeVisible();
  });

  test('a byte points at its field and at the span, and opens it', async ({ page }) => {
    const hex = page.getByRole('group', { name: 'Bytes' });
    await hex.locator('.octets [data-at="139"]').hover();
    await expect(told(page)).toContainText('Bytes 139–148 (10)');
    await expect(told(page)).toContainText('field 3 spanId');
    await expect(told(page)).toContainText('0ce3d89fb247d562');
    await expect(told(page)).toContainText('Zigzag varint');
    await expect(told(page)).toContainText('inner Service2Opname');
    await expect(page.locator('.wire-part.looked')).toContainText('spanId');
    // What leads to the value is told from it.
    await expect(hex.locator('.octets .looked.leads')).toHaveText('16');

    await hex.locator('.octets [data-at="139"]').click();
    await expect(page).toHaveURL(/span=0ce3d89fb247d562/);
    await page.getByRole('link', { name: 'Show in the timeline' }).click();
    await expect(page.getByRole('complementary', { name: 'Span details' })).toContainText(
      'Service2Opname',
    );
  });

  test('the keyboard goes from byte to byte and from field to field', async ({ page }) => {
    const hex = page.getByRole('group', { name: 'Bytes' });
    await hex.focus();
    await page.keyboard.press('Home');
    await expect(told(page)).toContainText('protocol id');
    await page.keyboard.press('ArrowRight');
    await expect(told(page)).toContainText('type and version');
    await page.keyboard.press('ArrowDown');
    await expect(told(page)).toContainText('Byte');

    const tree = page.getByRole('tree', { name: 'What the bytes say' });
    await tree.focus();
    await page.keyboard.press('Home');
    for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowDown');
    const args = tree.getByRole('treeitem', { name: /^arguments/ });
    await expect(args).toHaveAttribute('aria-expanded', 'true');
    await page.keyboard.press('ArrowLeft');
    await expect(args).toHaveAttribute('aria-expanded', 'false');
    await expect(tree.getByRole('treeitem')).toHaveCount(5);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await expect(told(page)).toContainText('field 1 batch');
  });

  test('another message, and another span, can be chosen', async ({ page }) => {
    const messages = page.getByRole('navigation', { name: 'Messages that carried this trace' });
    await messages.getByRole('button').nth(1).click();
    await expect(messages.getByRole('button').nth(1)).toHaveAttribute('aria-current', 'true');
    await expect(page.locator('.wire-span')).toContainText(
      /Service1Opname|RootSpanOpname|Service2/,
    );
    // The root came in the second one.
    await page.goto(`trace/${way.traceId}?uiView=wire&span=7f59d62bb390d34d`);
    await expect(page.locator('.wire-span')).toContainText('RootSpanOpname');
    await expect(page.locator('.wire-injected')).toContainText('0000000000000000');
  });
});

test('markup in a span is text here, too', async ({ page, stack }) => {
  const traceId = 'ab'.repeat(16);
  const name = '<img src=x onerror=alert(1)>';
  const span = { traceId, spanId: 'cd'.repeat(8), name, startTimeUnixNano: `${Date.now()}000000` };
  const request = { resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] };
  await post(`${stack.otlpUrl}/v1/traces`, 'application/json', JSON.stringify(request));
  await stored(stack, traceId, 1);
  await page.goto(`trace/${traceId}?uiView=wire`);
  await expect(page.locator('.wire-injected')).toContainText('traceparent');
  await expect(page.getByRole('tree')).toContainText(name);
  await expect(page.locator('.wire img')).toHaveCount(0);
});

test('when its bytes had to go for others, the page says so, and since when all are kept', async ({
  page,
  stack,
}) => {
  const way = WAYS[2] as Way;
  await way.send(stack);
  await stored(stack, way.traceId, way.spans);
  // A little less than a quarter of what is kept, five times.
  const text = 'x'.repeat(1_000_000);
  for (let i = 1; i <= 5; i++) {
    const span = {
      traceId: `${i}`.repeat(32),
      spanId: `${i}`.repeat(16),
      name: 'large',
      attributes: [{ key: 'text', value: { stringValue: text } }],
    };
    const request = { resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] };
    await post(`${stack.otlpUrl}/v1/traces`, 'application/json', JSON.stringify(request));
  }
  await page.goto(`trace/${way.traceId}?uiView=wire`);
  await expect(
    page.getByRole('heading', { name: 'The bytes of this trace are not here' }),
  ).toBeVisible();
  await expect(
    page.getByText(/keeps the last 4 MiB of messages, which go back to \d/),
  ).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
});

inEachLook(() => {
  test('in the bytes and their parts', async ({ page, stack }) => {
    const way = WAYS[4] as Way;
    await way.send(stack);
    await stored(stack, way.traceId, way.spans);
    for (const width of [1440, 1024, 390]) {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(`trace/${way.traceId}?uiView=wire`);
      await expect(page.locator('.octets').first()).toBeVisible();
      expect(await axeFindings(page)).toEqual([]);
      await expectWithin(page, width);
    }
  });
}, ', axe-core finds nothing');

/**
 * What the UI costs a browser: the first load, and traces of 1,000, 10,000 and 50,000 spans, painted and scrolled; and,
 * in the same rounds, what another UI costs with the same traces. `npm run bench:ui -- --help`
 */
import {
  createServer,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadavg } from 'node:os';
import { gzipSync } from 'node:zlib';
import { type Browser, chromium, type Page } from '@playwright/test';
import { scriptArgs } from '@spoor/platform';
import { sendBigTrace } from './big-trace.ts';
import buildUi from './build-ui.ts';
import { CHROMIUM_ARGS, chromiumPath, NO_CHROMIUM } from './chromium.ts';
import type { Stack } from './lesson-trace.ts';
import { startProgram } from './program.ts';

const { values } = scriptArgs(
  {
    script: 'bench:ui',
    takes: '[--against URL] [--spans 1000,10000,50000] [--rounds 3]',
    summary:
      'Measures the UI in a Chromium: bytes of the first load, time and CPU until a trace is painted, frames while scrolling, DOM and heap.\n--against: where another UI is served; it is given the same traces, in the same rounds.',
  },
  {
    options: {
      against: { type: 'string', multiple: true, default: [] },
      spans: { type: 'string', default: '1000,10000,50000' },
      rounds: { type: 'string', default: '3' },
    },
  },
);
const sizes = values.spans.split(',').map(Number);
const rounds = Number(values.rounds);
const executablePath = chromiumPath();
if (!executablePath) throw new Error(`[bench:ui] ${NO_CHROMIUM}`);

/** So many frames, each a step further down. */
const SCROLL_FRAMES = 60;
/** A UI that has not painted a trace by then is given up. */
const WITHIN_MS = 120_000;
/** Of the third span: it stands in the list of spans and nowhere else. */
const PAINTED = 'operation-2';

/** In the page: notes when the text is there, and painted. Text and no function, which the loader would have changed. */
const MARK_PAINT = `{
  const isThere = () =>
    document.evaluate("boolean(//*[text()='${PAINTED}'])", document, null, XPathResult.BOOLEAN_TYPE).booleanValue;
  // A task after the frame: by then it is painted.
  const mark = () => setTimeout(() => { window.paintedAt = performance.now(); });
  const look = () => requestAnimationFrame(isThere() ? mark : look);
  requestAnimationFrame(look);
}`;

/** In the page: scrolls what can be scrolled furthest to its end, and gives the milliseconds of each frame. */
const SCROLL_DOWN = `new Promise((resolve) => {
  const far = (element) => element.scrollHeight - element.clientHeight;
  const [furthest] = [...document.querySelectorAll('*')].sort((a, b) => far(b) - far(a));
  const took = [];
  let last;
  const frame = (time) => {
    if (last !== undefined) took.push(time - last);
    last = time;
    if (took.length === ${SCROLL_FRAMES}) return resolve(took);
    furthest.scrollTop = (far(furthest) * (took.length + 1)) / ${SCROLL_FRAMES};
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
})`;

interface Cost {
  /** Milliseconds from the end of the API's answer until the spans are painted. */
  readonly painted: number;
  /** Milliseconds of CPU that the renderer's process took until then. */
  readonly cpu: number;
  readonly frameMean: number;
  readonly frameP95: number;
  readonly nodes: number;
  readonly heapMb: number;
}

buildUi();
const load = loadavg()[0] ?? 0;
await using program = await startProgram('e2e/browser/stack.ts', /^{.*}$/m);
const stack = JSON.parse(program.ready[0]) as Stack;
const traceIds = new Map<number, string>();
for (const count of sizes) traceIds.set(count, await sendBigTrace(stack, count));
// Each by a proxy of the same kind, which answers the API from the one stack.
const contestants = await Promise.all(
  [stack.queryUrl, ...values.against].map(async (url) => ({ url, proxy: await proxyTo(url) })),
);
const browser = await chromium.launch({
  executablePath,
  args: [...CHROMIUM_ARGS, '--enable-precise-memory-info'],
});
console.log(`${rounds} rounds, medians; load before: ${load.toFixed(1)}; ${browser.version()}`);
for (const { url, proxy } of contestants)
  console.log(
    `first load of /search, gzipped: ${await firstLoad(browser, proxy.url)} bytes  ${url}`,
  );
const costs = new Map<string, Cost[]>();
for (let round = 0; round < rounds; round++)
  for (const count of sizes)
    for (const { url, proxy } of contestants) {
      const key = `${count} ${url}`;
      const cost = await costOf(`${proxy.url}/trace/${traceIds.get(count)}`);
      costs.set(key, [...(costs.get(key) ?? []), cost]);
    }
await browser.close();
console.table(
  Object.fromEntries([...costs].map(([key, measured]) => [key, medians(measured)] as const)),
);
for (const { proxy } of contestants) proxy.server.close();

function medians(measured: readonly Cost[]): Record<string, number> {
  const keys = Object.keys(measured[0] ?? {}) as (keyof Cost)[];
  return Object.fromEntries(
    keys.map((key) => {
      const sorted = measured.map((cost) => cost[key]).sort((a, b) => a - b);
      return [key, Math.round(10 * (sorted[Math.floor(sorted.length / 2)] ?? Number.NaN)) / 10];
    }),
  );
}

/** All that is not the API's, each body as gzip makes it. */
async function firstLoad(browser: Browser, url: string): Promise<number> {
  const page = await browser.newPage();
  const bodies: Promise<number>[] = [];
  page.on('response', (response) => {
    if (new URL(response.url()).pathname.startsWith('/api/') || response.status() !== 200) return;
    bodies.push(response.body().then((body) => gzipSync(body, { level: 6 }).length));
  });
  await page.goto(`${url}/search?service=nobody`);
  await page.waitForLoadState('networkidle');
  const sum = (await Promise.all(bodies)).reduce((a, b) => a + b, 0);
  await page.close();
  return sum;
}

/** In a renderer of its own, which has loaded nothing yet. */
async function costOf(address: string): Promise<Cost> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(MARK_PAINT);
  const before = await rendererCpu();
  await page.goto(address, { waitUntil: 'commit' });
  await isPainted(page);
  const cpu = (await rendererCpu()) - before;
  const painted = await page.evaluate<number>(`(() => {
    const answer = performance.getEntriesByType('resource').find(({ name }) => /\\/api\\/.*trace/.test(name));
    return window.paintedAt - answer.responseEnd;
  })()`);
  const frames = await page.evaluate<number[]>(SCROLL_DOWN);
  const nodes = await page.evaluate<number>("document.querySelectorAll('*').length");
  const heapMb = await heapOf(page);
  await context.close();
  const sorted = frames.toSorted((a, b) => a - b);
  return {
    painted,
    cpu,
    frameMean: frames.reduce((a, b) => a + b, 0) / frames.length,
    frameP95: sorted[Math.ceil(0.95 * sorted.length) - 1] ?? Number.NaN,
    nodes,
    heapMb,
  };
}

/** Asked from outside: the page's Content-Security-Policy lets nobody evaluate text in it. */
async function isPainted(page: Page): Promise<void> {
  const deadline = performance.now() + WITHIN_MS;
  while (!(await page.evaluate<boolean>("'paintedAt' in window"))) {
    if (performance.now() > deadline) throw new Error(`[bench:ui] ${page.url()} was not painted`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Milliseconds that all renderers took so far. One that has ended is no longer counted, so none may end in between. */
async function rendererCpu(): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo
    .filter(({ type }) => type === 'renderer')
    .reduce((sum, { cpuTime }) => sum + 1_000 * cpuTime, 0);
}

async function heapOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize / 1e6;
}

/** Serves the API from our stack, and all else from `url`. */
async function proxyTo(url: string): Promise<{ readonly url: string; readonly server: Server }> {
  const server = createServer((asked, answer) => {
    const { pathname } = new URL(asked.url ?? '/', url);
    forward(pathname.startsWith('/api/') ? stack.queryUrl : url, asked, answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

function forward(to: string, asked: IncomingMessage, answer: ServerResponse): void {
  const { host } = new URL(to);
  const { method = 'GET', headers } = asked;
  const forwarded = request(new URL(asked.url ?? '/', to), {
    method,
    headers: { ...headers, host },
  });
  forwarded.on('response', (response) => {
    answer.writeHead(response.statusCode ?? 502, response.headers);
    response.pipe(answer);
  });
  forwarded.on('error', (error) => answer.writeHead(502).end(error.message));
  asked.pipe(forwarded);
}

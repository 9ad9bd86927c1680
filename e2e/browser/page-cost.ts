import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Browser, Page, Response } from '@playwright/test';

/** What a trace costs the browser that shows it. Times and CPU in milliseconds. */
export interface PageCost {
  /** From the end of the API's answer until the spans are painted. */
  readonly painted: number;
  /** Of the renderer's process, from its being asked for the page until then. */
  readonly cpu: number;
  /** Of frames while scrolling far: each goes a sixtieth of the way on. */
  readonly frameMean: number;
  readonly frameP95: number;
  /** Elements of the page, before it is scrolled. */
  readonly nodes: number;
  /** Megabytes of JavaScript's heap, with what typed arrays hold, after garbage was collected. */
  readonly heapMb: number;
}

/** So many frames, each a step further down; fewer of a UI that takes longer than that for them. */
const SCROLL_FRAMES = 60;
const SCROLL_MS = 20_000;
/** A UI that has not painted a trace by then is given up. */
const WITHIN_MS = 120_000;
/** Of the second row of what `sendBigTrace` sends: it stands in the list of spans and nowhere else. */
const PAINTED = 'operation-1';

/** In the page: tells when the text is there, and painted. Text and no function, which the loader would have changed. */
const TELL_PAINT = `{
  const isThere = () =>
    document.evaluate("boolean(//*[text()='${PAINTED}'])", document, null, XPathResult.BOOLEAN_TYPE).booleanValue;
  const seen = new MutationObserver(() => {
    if (!isThere()) return;
    seen.disconnect();
    // A task after the frame: by then it is painted.
    requestAnimationFrame(() => setTimeout(() => tellPainted(performance.now())));
  });
  seen.observe(document, { childList: true, characterData: true, subtree: true });
}`;

/** In the page: when the first answer with spans had come. */
const ANSWERED = `performance.getEntriesByType('resource').find(({ name }) => /\\/api\\/.*trace/.test(name)).responseEnd`;

/** In the page: scrolls what can be scrolled furthest towards its end, and gives the milliseconds of each frame. */
const SCROLL_DOWN = `new Promise((resolve, reject) => {
  const far = (element) => element.scrollHeight - element.clientHeight;
  const canScroll = (element) =>
    element === document.documentElement || /auto|scroll/.test(getComputedStyle(element).overflowY);
  const [furthest] = [...document.querySelectorAll('*')].filter(canScroll).sort((a, b) => far(b) - far(a));
  const took = [];
  const start = performance.now();
  let last;
  const frame = (time) => {
    if (last !== undefined) took.push(time - last);
    last = time;
    if (took.length === ${SCROLL_FRAMES} || (took.length > 0 && time - start > ${SCROLL_MS}))
      return furthest.scrollTop > 0 ? resolve(took) : reject(new Error('nothing was scrolled'));
    furthest.scrollTop = (far(furthest) * (took.length + 1)) / ${SCROLL_FRAMES};
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
})`;

/**
 * Shows a trace that `sendBigTrace` sent in a renderer of its own, which has started and loaded nothing of the UI. No
 * other may run. `undefined` if it was not painted.
 */
export async function pageCost(browser: Browser, address: string): Promise<PageCost | undefined> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  const page = await context.newPage();
  let tellPainted: (at: number) => void = () => {};
  const isPainted = new Promise<number>((resolve) => {
    tellPainted = resolve;
  });
  // No wait for a function: the page's Content-Security-Policy lets nobody evaluate text in it.
  await page.exposeBinding('tellPainted', (_source, at: number) => tellPainted(at));
  // Of the same server, so that the same process goes on: its own start would be some hundred milliseconds, or none.
  await page.goto(new URL('/api/services', address).href);
  await page.addInitScript(TELL_PAINT);
  const before = await rendererCpu(browser);
  await page.goto(address, { waitUntil: 'commit' });
  const paintedAt = await within(isPainted);
  if (paintedAt === undefined) {
    await context.close();
    return undefined;
  }
  const cpu = mostBetween(before, await rendererCpu(browser));
  const painted = paintedAt - (await page.evaluate<number>(ANSWERED));
  const nodes = await page.evaluate<number>("document.querySelectorAll('*').length");
  const heapMb = await heapOf(page);
  const frames = await page.evaluate<number[]>(SCROLL_DOWN);
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

/** Bytes, each body as gzip makes it, of all that a page loads by itself beside the API's answers. */
export async function firstLoad(browser: Browser, address: string): Promise<number> {
  const page = await browser.newPage();
  const responses: Response[] = [];
  page.on('response', (response) => {
    const isApi = new URL(response.url()).pathname.startsWith('/api/');
    if (!isApi && response.status() === 200) responses.push(response);
  });
  await page.goto(address);
  await page.waitForLoadState('networkidle');
  // What comes later than that counts no more.
  const bodies = await Promise.all(responses.map((response) => response.body()));
  await page.close();
  return bodies.reduce((sum, body) => sum + gzipSync(body, { level: 6 }).length, 0);
}

async function within<T>(wanted: Promise<T>): Promise<T | undefined> {
  const late = new AbortController();
  const none = sleep(WITHIN_MS, undefined, { signal: late.signal }).catch(() => undefined);
  const first = await Promise.race([wanted, none]);
  late.abort();
  return first;
}

/** Milliseconds that each renderer took so far, by its process. */
async function rendererCpu(browser: Browser): Promise<ReadonlyMap<number, number>> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const renderers = processInfo.filter(({ type }) => type === 'renderer');
  return new Map(renderers.map(({ id, cpuTime }) => [id, 1_000 * cpuTime]));
}

/** Of the renderer that took most meanwhile; one that has started since waits for another page. */
function mostBetween(
  before: ReadonlyMap<number, number>,
  after: ReadonlyMap<number, number>,
): number {
  return Math.max(...[...before].map(([id, cpu]) => (after.get(id) ?? 0) - cpu));
}

async function heapOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize, backingStorageSize } = await session.send('Runtime.getHeapUsage');
  return (usedSize + backingStorageSize) / 1e6;
}

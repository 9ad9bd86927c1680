/**
 * What the UI costs a browser: the first load, and traces of 1,000, 10,000 and 50,000 spans, painted and scrolled; and,
 * in the same rounds, what another UI costs with the same traces. `npm run bench:ui -- --help`
 */
import { loadavg } from 'node:os';
import { chromium } from '@playwright/test';
import { scriptArgs } from '@spoor/platform';
import { startApiProxy } from './api-proxy.ts';
import { sendBigTrace } from './big-trace.ts';
import buildUi from './build-ui.ts';
import { CHROMIUM_ARGS, chromiumPath, NO_CHROMIUM } from './chromium.ts';
import type { Stack } from './lesson-trace.ts';
import { firstLoad, type PageCost, pageCost } from './page-cost.ts';
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
const sizes = values.spans.split(',').map((text) => count('spans', text));
const rounds = count('rounds', values.rounds);
for (const url of values.against)
  if (!URL.canParse(url)) throw new Error(`[bench:ui] --against ${url} is no URL`);
const executablePath = chromiumPath();
if (!executablePath) throw new Error(`[bench:ui] ${NO_CHROMIUM}`);

buildUi();
await using program = await startProgram('e2e/browser/stack.ts', /^{.*}$/m);
const stack = JSON.parse(program.ready[0]) as Stack;
const traceIds = new Map<number, string>();
for (const spans of sizes) traceIds.set(spans, await sendBigTrace(stack, spans, 'wide'));
// Each by a proxy of the same kind, which answers the API from the one stack.
const uis = new Map([['Spoor', await startApiProxy(stack.queryUrl, stack.queryUrl)]]);
for (const url of values.against) uis.set(url, await startApiProxy(stack.queryUrl, url));
await using browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGS });
const load = () => (loadavg()[0] ?? 0).toFixed(1);
console.log(`Chromium ${browser.version()}, ${rounds} rounds; load before: ${load()}; times in ms`);
for (const [name, url] of uis) {
  const search = await firstLoad(browser, `${url}/search?service=nobody`);
  const trace = await firstLoad(browser, `${url}/trace/${traceIds.get(sizes[0] ?? 0)}`);
  console.log(`first load, gzip: ${kb(search)} a search, ${kb(trace)} a trace  ${name}`);
}

const shown = ({ painted, cpu, frameMean, frameP95, nodes, heapMb }: PageCost) => ({
  painted: Math.round(painted),
  CPU: Math.round(cpu),
  'frame mean': Math.round(frameMean),
  'frame p95': Math.round(frameP95),
  'DOM nodes': nodes,
  'heap MB': Math.round(10 * heapMb) / 10,
});
const measured = new Map<string, PageCost[]>();
for (let round = 0; round < rounds; round++)
  // In turns, so that a busy machine is busy for all.
  for (const spans of sizes)
    for (const [name, url] of uis) {
      const cost = await pageCost(browser, `${url}/trace/${traceIds.get(spans)}`);
      const key = `${String(spans).padStart(6)} ${name}`;
      console.log(key, cost ? JSON.stringify(shown(cost)) : 'was not painted');
      if (cost) measured.set(key, [...(measured.get(key) ?? []), cost]);
    }
console.log(`load after: ${load()}; medians, times in ms:`);
console.table(
  Object.fromEntries([...measured].map(([key, costs]) => [key, shown(medians(costs))])),
);

function medians(costs: readonly PageCost[]): PageCost {
  const median = (figure: keyof PageCost) =>
    costs.map((cost) => cost[figure]).sort((a, b) => a - b)[Math.floor(costs.length / 2)] ?? NaN;
  return {
    painted: median('painted'),
    cpu: median('cpu'),
    frameMean: median('frameMean'),
    frameP95: median('frameP95'),
    nodes: median('nodes'),
    heapMb: median('heapMb'),
  };
}

function count(option: string, text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new Error(`[bench:ui] --${option}: ${text} is not a whole number above 0`);
}

function kb(bytes: number): string {
  return `${(bytes / 1_000).toFixed(1)} kB`;
}

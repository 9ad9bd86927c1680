import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type AllInOne, type AllInOnePorts, FREE_PORTS, startAllInOne } from '@spoor/all-in-one';
import { DEFAULT_SAMPLING } from '@spoor/collector';
import { createLogger } from '@spoor/platform';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { CHECKOUT } from './network-namespace.ts';

// What docs/dropin.md says is set, and real clients for Node report by it.

const run = promisify(execFile);

/** The ports that the page names, as ours are called here. */
const PORTS: Readonly<Record<string, keyof AllInOnePorts>> = {
  4317: 'collectorOtlpGrpc',
  4318: 'collectorOtlpHttp',
  5778: 'agentHttp',
  6831: 'agentCompact',
  6832: 'agentBinary',
  9411: 'collectorZipkin',
  14268: 'collectorHttp',
};

let directory: string;
let stack: AllInOne;
let page: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'spoor-dropin-'));
  const location = join(directory, 'strategies.json');
  // A client that was not told so would keep one in a thousand.
  const everything = { default_strategy: { type: 'probabilistic', param: 1 } };
  await writeFile(location, JSON.stringify(everything));
  stack = await startAllInOne({
    ports: { ...FREE_PORTS, collectorZipkin: 0 },
    storage: { type: 'memory' },
    collector: {
      sampling: { ...DEFAULT_SAMPLING, file: { ...DEFAULT_SAMPLING.file, location } },
    },
    logger: createLogger({ name: 'all-in-one', level: 'silent' }),
  });
  page = await readFile(join(CHECKOUT, 'docs', 'dropin.md'), 'utf8');
});
afterAll(async () => {
  await stack?.close();
  await rm(directory, { recursive: true });
});

/** What a section's block of code exports. */
function block(section: string): string {
  const [, text = ''] = page.split(`\n## ${section}\n`);
  return /```sh\n([^`]*)```/.exec(text)?.[1] ?? '';
}

/** What a line of the page exports for one variable, and then for a port of a collector. */
function line(section: string, variable: string, port: number): string {
  const [, text = ''] = page.split(`\n## ${section}\n`);
  const pattern = `\`(export ${variable}=http://COLLECTOR:${port}[^\`]*)\``;
  return new RegExp(pattern).exec(text)?.[1] ?? '';
}

/** As a shell would set them, with our ports in place of those that are named. */
function environment(exports: string): Record<string, string> {
  const here = exports
    .replaceAll(/#.*$/gm, '')
    .replaceAll(/AGENT(?=[:\s])|COLLECTOR(?=:)/g, '127.0.0.1')
    .replaceAll(/(?<=:|_PORT=)\d+/g, (port) => String(stack.ports[PORTS[port] ?? 'queryHttp']));
  return Object.fromEntries(
    [...here.matchAll(/([A-Z_]+)=(\S+)/g)].map(([, name = '', value = '']) => [name, value]),
  );
}

const NODE = 'Node: jaeger-client';
const OTEL = "OpenTelemetry's SDKs";

test.each([
  ['jaeger-client', 'by its agent', () => block(NODE)],
  ['jaeger-client', 'without an agent', () => block(NODE) + line(NODE, 'JAEGER_ENDPOINT', 14268)],
  ['exporter-jaeger', 'by its agent', () => block(OTEL)],
  ['exporter-jaeger', 'without an agent', () => line(OTEL, 'OTEL_EXPORTER_JAEGER_ENDPOINT', 14268)],
  ['exporter-zipkin', '', () => line(OTEL, 'OTEL_EXPORTER_ZIPKIN_ENDPOINT', 9411)],
  ['exporter-trace-otlp-http', '', () => line(OTEL, 'OTEL_EXPORTER_OTLP_ENDPOINT', 4318)],
  ['exporter-trace-otlp-proto', '', () => line(OTEL, 'OTEL_EXPORTER_OTLP_ENDPOINT', 4318)],
  [
    'exporter-trace-otlp-grpc',
    '',
    () => line(OTEL, 'OTEL_EXPORTER_OTLP_ENDPOINT', 4318).replace('4318', '4317'),
  ],
])('%s %s', { timeout: 120_000 }, async (client, way, exports) => {
  const set = environment(exports());
  expect(Object.keys(set)).not.toEqual([]);
  const service = `${client} ${way}`;
  const program = join(CHECKOUT, 'e2e', 'dropin-client.mjs');
  await run(process.execPath, [program, client, service], {
    timeout: 60_000,
    // Else it may be a minute until it asks how to sample.
    env: { PATH: process.env['PATH'], JAEGER_SAMPLER_REFRESH_INTERVAL: '200', ...set },
  });
  const found = `${stack.queryUrl}/api/traces?${new URLSearchParams({ service })}`;
  await vi.waitFor(
    async () => {
      const { data } = (await (await fetch(found)).json()) as { data: unknown[] };
      expect(data).toHaveLength(1);
    },
    { timeout: 30_000, interval: 100 },
  );
});

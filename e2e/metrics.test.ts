import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { contractDirectory } from '@spoor/fixtures';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startProgram } from './program.ts';

/** Milliseconds: for programs on a busy machine. */
const timeout = 120_000;

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const COMPONENTS = ['agent', 'collector', 'query'] as const;
type Component = (typeof COMPONENTS)[number];

/** A metric, as `# TYPE` and its series show it. */
interface Family {
  readonly type: string;
  readonly labels: readonly string[];
  /** Of a histogram. */
  readonly buckets: readonly string[];
}

let directory: string;
const shown = new Map<Component | 'all-in-one', Map<string, Family>>();
/** What a real Jaeger v1.62 shows, by component and name. */
const recorded = new Map<Component, Map<string, Family>>();
let page: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'spoor-metrics-'));
  const text = await readFile(join(contractDirectory, 'metrics.tsv'), 'utf8');
  for (const row of text.trimEnd().split('\n').slice(1)) {
    const [component, name = '', type = '', labels = '', buckets = ''] = row.split('\t');
    const families = recorded.get(component as Component) ?? new Map<string, Family>();
    recorded.set(component as Component, families);
    families.set(name, { type, labels: words(labels), buckets: words(buckets) });
  }
  page = await readFile(join(ROOT, 'docs/metrics.md'), 'utf8');
  const running = [
    ['collector', COLLECTOR_DOORS],
    ['agent', AGENT_DOORS],
    ['query', QUERY_DOORS],
    [
      'all-in-one',
      [
        ...[...COLLECTOR_DOORS, ...AGENT_DOORS, ...QUERY_DOORS],
        ...['agent.admin.http.host-port', 'query.admin.http.host-port'],
      ],
    ],
  ] as const;
  for (const [name, doors] of running) {
    const flags = [...new Set([...doors, 'admin.http.host-port'])].map(
      (flag) => `--${flag}=127.0.0.1:0`,
    );
    const store =
      name === 'agent'
        ? [`--reporter.queue.directory=${join(directory, 'queue')}`]
        : [`--embedded.directory=${join(directory, name)}`];
    await using program = await startProgram(name, READY[name], ...flags, ...store);
    const port = program.logged(name === 'all-in-one' ? 'collectorAdmin' : 'adminPort');
    const answer = await fetch(`http://127.0.0.1:${port}/metrics`);
    shown.set(name, familiesOf(await answer.text()));
  }
}, timeout);

afterAll(() => rm(directory, { recursive: true }));

const COLLECTOR_DOORS = [
  'collector.grpc-server.host-port',
  'collector.http-server.host-port',
  'collector.port',
  'collector.otlp.grpc.host-port',
  'collector.otlp.http.host-port',
];
const AGENT_DOORS = [
  'processor.jaeger-compact.server-host-port',
  'processor.jaeger-binary.server-host-port',
  'processor.zipkin-compact.server-host-port',
  'http-server.host-port',
];
const QUERY_DOORS = ['query.http-server.host-port', 'query.grpc-server.host-port'];
/** What each logs when it has started. */
const READY = {
  collector: 'grpcPort',
  agent: 'compactPort',
  query: 'port',
  'all-in-one': 'collectorAdmin',
};

function words(text: string): string[] {
  return text.split(' ').filter((word) => word !== '');
}

function familiesOf(text: string): Map<string, Family> {
  const families = new Map<string, Family>();
  for (const [, name = '', type = ''] of text.matchAll(/^# TYPE (jaeger_\S+) (\S+)$/gm)) {
    const series = new RegExp(`^${name}(?:_bucket|_sum|_count)?\\{(.*)\\} `, 'gm');
    const labels = new Set<string>();
    const buckets = new Set<string>();
    for (const [, inside = ''] of text.matchAll(series)) {
      for (const [, label = '', value = ''] of inside.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)) {
        if (label === 'le') buckets.add(value);
        else labels.add(label);
      }
    }
    families.set(name, { type, labels: [...labels].sort(), buckets: [...buckets] });
  }
  return families;
}

/** The names that begin the rows of the table below a heading. */
function documented(heading: string): string[] {
  const section = page.split(/^## /m).find((text) => text.startsWith(heading)) ?? '';
  return Array.from(section.matchAll(/^\| `(jaeger_\w+)`/gm), ([, name = '']) => name);
}

describe.each(COMPONENTS)('the %s', (component) => {
  test("shows Jaeger's metrics with its types, labels and buckets", () => {
    const ours = Object.fromEntries(shown.get(component) ?? []);
    expect(ours).toMatchObject(Object.fromEntries(recorded.get(component) ?? []));
  });

  test('has its metrics on the page, and no others', () => {
    const names = [...(shown.get(component)?.keys() ?? [])];
    expect(documented(component).sort()).toEqual(names.sort());
  });
});

test('all-in-one shows what its components do, and whose version it is', () => {
  const parts = COMPONENTS.flatMap((component) => [...(shown.get(component)?.keys() ?? [])])
    // Between its components there is no connection.
    .filter((name) => !/_build_info$|_connection_status_/.test(name))
    .concat('jaeger_build_info');
  const names = [...(shown.get('all-in-one')?.keys() ?? [])];
  expect(names.sort()).toEqual([...new Set(parts)].sort());
});

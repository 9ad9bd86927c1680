import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { corpusDirectory } from '@spoor/fixtures';
import { FORMAT_BINARY, FORMAT_HTTP_HEADERS, FORMAT_TEXT_MAP } from 'opentracing';
import { describe, expect, test } from 'vitest';
import { noopReporter } from '../reporters/noop-reporter.ts';
import { constSampler } from '../samplers/const-sampler.ts';
import { Tracer } from '../tracer.ts';
import { PROPAGATIONS, type Propagation } from './propagators.ts';

/** What a real client wrote into a carrier. */
interface Injected {
  /** The case, and the kind of carrier. */
  readonly name: string;
  readonly carrier: Readonly<Record<string, string>>;
}

function injected(): Injected[] {
  return readdirSync(corpusDirectory).flatMap((name) => {
    const path = join(corpusDirectory, name, 'case.json');
    if (!existsSync(path)) return [];
    const { injected: found = {} } = JSON.parse(readFileSync(path, 'utf8')) as {
      injected?: Record<string, Record<string, unknown>>;
    };
    return Object.values(found).flatMap((carriers) => carriersIn(name, carriers));
  });
}

/** Each kind of carrier has a name and an object; the demo services noted their headers alone. */
function carriersIn(name: string, carriers: Readonly<Record<string, unknown>>): Injected[] {
  const named = Object.entries(carriers).flatMap(([kind, carrier]): Injected[] =>
    typeof carrier === 'object' && !Array.isArray(carrier)
      ? [{ name: `${name}: ${kind}`, carrier: textsOf(carrier as Record<string, unknown>) }]
      : [],
  );
  return named.length > 0 ? named : [{ name: `${name}: headers`, carrier: textsOf(carriers) }];
}

/** Go notes a list of values for each header. */
function textsOf(carrier: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(carrier).map(([key, value]) => [key, String([value].flat()[0])]),
  );
}

function tracerOf(propagation: readonly Propagation[]): Tracer {
  const parts = { sampler: constSampler(true), reporter: noopReporter, propagation };
  return new Tracer({ serviceName: 'here', ...parts, logger: { info() {}, error() {} } });
}

/** What the headers say, read in another way than ours: by the place of each part. */
function saidBy(carrier: Readonly<Record<string, string>>) {
  const get = (name: string) =>
    Object.entries(carrier).find(([key]) => key.toLowerCase() === name)?.[1];
  const identity = (traceId = '', spanId = '', flags = 0) => ({
    traceId: traceId.padStart(traceId.length > 16 ? 32 : 16, '0'),
    spanId: spanId.padStart(16, '0'),
    flags,
  });
  const jaeger = get('uber-trace-id')?.split(':');
  if (jaeger) return identity(jaeger[0], jaeger[1], Number.parseInt(jaeger[3] ?? '', 16));
  const w3c = get('traceparent')?.split('-');
  if (w3c) return identity(w3c[1], w3c[2], Number(w3c[3]));
  const single = get('b3')?.split('-');
  if (single) return identity(single[0], single[1], Number(single[2]));
  const traceId = get('x-b3-traceid');
  if (traceId === undefined) return undefined;
  const isDebug = get('x-b3-flags') === '1';
  return identity(traceId, get('x-b3-spanid'), isDebug ? 3 : Number(get('x-b3-sampled')));
}

/** The items that the programs set, by their names. */
const BAGGAGE: Readonly<Record<string, string>> = {
  user: 'bob 鲍勃',
  'key with space & = ;': 'value=1, other;2 %41',
  'child-only': 'yes',
  k2: 'a=b,c;d',
  baggage: '123456789',
  baggage1: '12345',
};
/** Of the demos with a debug header and over gRPC. */
const OTHER_BAGGAGE: Readonly<Record<string, string>> = {
  tier: 'gold',
  user: 'alice',
  baggage: 'gRPC-Baggage',
};

function propagationOf(carrier: Readonly<Record<string, string>>): Propagation {
  const keys = Object.keys(carrier).map((key) => key.toLowerCase());
  if (keys.includes('uber-trace-id')) return 'jaeger';
  if (keys.includes('b3')) return 'b3-single';
  return keys.includes('traceparent') || keys.includes('baggage') ? 'w3c' : 'b3';
}

const CARRIERS = injected();

describe('what a real client injected is extracted', () => {
  test('there are carriers of every propagation', () => {
    const found = new Set(CARRIERS.map(({ carrier }) => propagationOf(carrier)));
    expect([...found].sort()).toEqual([...PROPAGATIONS].sort());
    expect(CARRIERS.length).toBeGreaterThan(40);
  });

  describe.each(CARRIERS)('$name', ({ name, carrier }) => {
    const format = name.includes('text_map') ? FORMAT_TEXT_MAP : FORMAT_HTTP_HEADERS;
    const own = propagationOf(carrier);

    test.each([
      ['alone', [own]],
      ['among all others', PROPAGATIONS],
      ['among all others, the other way round', [...PROPAGATIONS].reverse()],
    ] as const)('by its propagation %s', (_, propagation) => {
      const tracer = tracerOf(propagation);
      const context = tracer.extract(format, carrier);
      const said = saidBy(carrier);
      if (said) expect(context).toMatchObject(said);
      for (const [key, value] of context?.baggage ?? []) {
        expect([BAGGAGE[key], OTHER_BAGGAGE[key]]).toContain(value);
      }
      const items = Object.keys(carrier).filter((key) => /^uberctx-/i.test(key));
      if (own === 'jaeger') expect(context?.baggage.size).toBe(items.length);
      if ('baggage' in carrier) expect(context?.baggage.size).toBe(2);
      expect(tracer.counters.extractErrors).toBe(0);
    });
  });
});

describe('a binary carrier of a real client is extracted', () => {
  const binaries = readdirSync(corpusDirectory).flatMap((name) => {
    const path = join(corpusDirectory, name, 'case.json');
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    const hex = /"binary\(child\) hex": ?"([0-9a-f]+)"/.exec(text)?.[1];
    return hex === undefined ? [] : [{ name, hex }];
  });

  test.each(binaries)('$name', ({ name, hex }) => {
    const tracer = tracerOf(['jaeger']);
    const context = tracer.extract(FORMAT_BINARY, { buffer: Buffer.from(hex, 'hex') });
    expect(context?.spanId).toBe(hex.slice(32, 48));
    expect(context?.traceId.padStart(32, '0')).toBe(hex.slice(0, 32));
    expect(context?.baggage.get('child-only')).toBe('yes');
    // Java writes as many bytes as the text has characters, and so cuts it.
    const user = name.startsWith('java-') ? 'bob \ufffd' : BAGGAGE['user'];
    expect(context?.baggage.get('user')).toBe(user);
  });
});

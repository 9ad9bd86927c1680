import type { Micros, TraceId } from '@spoor/model';
import { binary, bool, float, int, type SampleBatch, text } from './sample-batch.ts';

/** The traces that the searches look through. Two have the same low 64 bits. */
export const TRACES = {
  checkout: '00000000000000c1',
  browse: '00000000000000b2',
  wide: 'f000000000000003000000000000000d',
  narrow: '000000000000000d',
  oddities: '00000000000000e5',
  ancient: '00000000000000a6',
  unicode: '0000000000000017',
  nameless: '0000000000000033',
  odd: '0000000000000058',
} as const satisfies Record<string, TraceId>;

export type TraceName = keyof typeof TRACES;

const YEAR: Micros = 365 * 86_400_000_000;
export const LONG_AGO: Micros = -9 * YEAR;

/** Longer than any index keeps; what is compared differs only behind it. */
export const HUGE = 'x'.repeat(40_000);

/** A service that no store may have a row for. */
export const LONGER_THAN_A_KEY = 'x'.repeat(70_000);

/** Starts are microseconds after the samples' noon. */
export const SEARCHED: readonly SampleBatch[] = [
  {
    service: 'frontend',
    processTags: [text('hostname', 'web-1'), int('cores', 8n)],
    addedTags: [text('datacenter', 'eu')],
    spans: [
      {
        traceId: TRACES.checkout,
        operation: 'POST /checkout',
        start: 1000,
        duration: 500,
        tags: [text('span.kind', 'server'), int('http.status_code', 200n), bool('error', false)],
      },
      {
        traceId: TRACES.browse,
        operation: 'GET /items',
        start: 2000,
        duration: 50,
        tags: [text('span.kind', 'server'), int('http.status_code', 404n), bool('error', true)],
      },
    ],
  },
  {
    service: 'backend',
    format: 'proto',
    processTags: [text('hostname', 'db-1')],
    spans: [
      {
        traceId: TRACES.checkout,
        operation: 'charge',
        start: 1100,
        duration: 300,
        tags: [float('amount', 12.5), text('currency', 'EUR')],
        logs: [{ timestamp: 1, fields: [text('event', 'retry'), int('attempt', 2n)] }],
      },
      {
        traceId: TRACES.checkout,
        operation: 'receipt',
        start: 9000,
        duration: 30,
        tags: [text('currency', 'none'), text('channel', 'mail')],
      },
    ],
  },
  {
    service: 'frontend',
    processTags: [text('hostname', 'web-2')],
    spans: [
      { traceId: TRACES.wide, operation: 'GET /items', start: 3000, duration: 5000 },
      { traceId: TRACES.narrow, operation: 'GET /items', start: 4000, duration: 5001 },
    ],
  },
  {
    service: 'oddities',
    format: 'zipkin',
    spans: [
      {
        traceId: TRACES.oddities,
        operation: '',
        start: 5000,
        duration: 0,
        tags: [
          float('nan', Number.NaN),
          float('infinite', Number.NEGATIVE_INFINITY),
          float('tenth', 0.1),
          float('large', 1e21),
          int('least', -(2n ** 63n)),
          binary('bytes', [0, 255, 16]),
          text('empty', ''),
          text('', 'no key'),
          text('twice', 'one'),
          text('twice', 'two'),
          text('huge', `${HUGE}1`),
        ],
      },
    ],
  },
  {
    service: 'frontend',
    spans: [
      { traceId: TRACES.ancient, operation: 'GET /items', start: LONG_AGO, duration: 10 },
      { traceId: TRACES.browse, operation: 'late', start: 2500, duration: 10 },
    ],
  },
  {
    service: '商店/shop "ü"',
    spans: [
      {
        traceId: TRACES.unicode,
        operation: '支付 💳',
        start: 6000,
        duration: 10,
        tags: [text('城市', '北京\u0000\n'), text('emoji', '🦡')],
      },
    ],
  },
  {
    service: '',
    addedTags: [text('datacenter', 'us')],
    spans: [{ traceId: TRACES.nameless, operation: `${HUGE}1`, start: 4500, duration: 20 }],
  },
  {
    service: `${HUGE}1`,
    spans: [
      {
        traceId: TRACES.odd,
        operation: '{"json": ["in", "a.name"]}',
        start: 5500,
        duration: -20,
        tags: [text('http.path', '/a'), text('http.path.more', '/b'), text('error', 'false')],
      },
    ],
  },
];

import type { TraceQuery } from '@spoor/storage-api';
import { HUGE, LONG_AGO, LONGER_THAN_A_KEY, type TraceName } from './searched-traces.ts';

/** A search through the searched traces; times are microseconds after the samples' noon. */
export interface Search {
  readonly name: string;
  readonly query: Partial<Omit<TraceQuery, 'tags'>> & { readonly tags?: Record<string, string> };
  /** What it finds, in this order. */
  readonly finds: readonly TraceName[];
}

/** When nothing else is asked for: everything from `LONG_AGO` on. */
export const WIDE_OPEN = { startTimeMin: LONG_AGO, startTimeMax: 10_000, limit: 100 };

const backend = { serviceName: 'backend' };
const frontend = { serviceName: 'frontend' };
const oddities = { serviceName: 'oddities' };

export const SEARCHES: readonly Search[] = [
  {
    name: 'by service: newest match first, each trace once',
    query: frontend,
    finds: ['narrow', 'wide', 'browse', 'checkout', 'ancient'],
  },
  {
    name: 'without a service: across all, ranked by the newest span of any',
    query: {},
    finds: [
      'checkout',
      'unicode',
      'odd',
      'oddities',
      'nameless',
      'narrow',
      'wide',
      'browse',
      'ancient',
    ],
  },
  { name: 'by a service that is not there', query: { serviceName: 'front' }, finds: [] },
  {
    name: 'by a service in other letters, as it is spelt',
    query: { serviceName: '商店/shop "ü"' },
    finds: ['unicode'],
  },
  {
    name: 'by the name that a service without one is given',
    query: { serviceName: 'empty-service-name' },
    finds: ['nameless'],
  },
  { name: 'by an empty service', query: { serviceName: '' }, finds: [] },
  { name: 'by a huge service', query: { serviceName: `${HUGE}1` }, finds: ['odd'] },
  {
    name: 'by a huge service that differs at its end',
    query: { serviceName: `${HUGE}2` },
    finds: [],
  },
  {
    name: 'by a service longer than any key, and a tag',
    query: { serviceName: LONGER_THAN_A_KEY, tags: { currency: 'EUR' } },
    finds: [],
  },
  {
    name: 'by operation',
    query: { ...frontend, operationName: 'GET /items' },
    finds: ['narrow', 'wide', 'browse', 'ancient'],
  },
  {
    name: 'by operation across services',
    query: { operationName: 'charge' },
    finds: ['checkout'],
  },
  {
    name: 'by an operation that only another service has',
    query: { ...frontend, operationName: 'charge' },
    finds: [],
  },
  { name: 'by an empty operation', query: { operationName: '' }, finds: ['oddities'] },
  {
    name: 'by an operation in other letters',
    query: { operationName: '支付 💳' },
    finds: ['unicode'],
  },
  { name: 'by a huge operation', query: { operationName: `${HUGE}1` }, finds: ['nameless'] },
  {
    name: 'by a huge operation that differs at its end',
    query: { operationName: `${HUGE}2` },
    finds: [],
  },
  {
    name: 'by an operation that looks like JSON',
    query: { operationName: '{"json": ["in", "a.name"]}' },
    finds: ['odd'],
  },

  {
    name: 'the limit takes the newest',
    query: { ...frontend, limit: 2 },
    finds: ['narrow', 'wide'],
  },
  {
    name: 'the limit counts traces, not spans',
    query: { ...backend, limit: 1 },
    finds: ['checkout'],
  },
  { name: 'the limit across services', query: { limit: 2 }, finds: ['checkout', 'unicode'] },
  { name: 'a limit of none', query: { limit: 0 }, finds: [] },
  {
    name: 'no limit',
    query: { ...frontend, limit: Number.POSITIVE_INFINITY },
    finds: ['narrow', 'wide', 'browse', 'checkout', 'ancient'],
  },
  {
    name: 'a newer span that does not match lifts no trace',
    query: { durationMin: 300, limit: 1 },
    finds: ['narrow'],
  },

  {
    name: 'the window has both its ends in it',
    query: { ...frontend, startTimeMin: 2000, startTimeMax: 3000 },
    finds: ['wide', 'browse'],
  },
  {
    name: 'a window that ends before a span leaves it out',
    query: { ...frontend, startTimeMin: 1001, startTimeMax: 2999 },
    finds: ['browse'],
  },
  {
    name: 'a window of one microsecond',
    query: { startTimeMin: 4000, startTimeMax: 4000 },
    finds: ['narrow'],
  },
  { name: 'a window upside down', query: { startTimeMin: 3000, startTimeMax: 2000 }, finds: [] },
  {
    name: 'a window years ago',
    query: { startTimeMin: LONG_AGO, startTimeMax: LONG_AGO },
    finds: ['ancient'],
  },
  {
    name: 'the window is about the matching span, not about its trace',
    query: { ...backend, operationName: 'charge', startTimeMin: 2000 },
    finds: [],
  },

  {
    name: 'at least this long',
    query: { ...frontend, durationMin: 500 },
    finds: ['narrow', 'wide', 'checkout'],
  },
  {
    name: 'at most this long',
    query: { ...frontend, durationMax: 50 },
    finds: ['browse', 'ancient'],
  },
  {
    name: 'from this long to that long, both included',
    query: { durationMin: 5000, durationMax: 5001 },
    finds: ['narrow', 'wide'],
  },
  { name: 'just too short', query: { durationMin: 5002 }, finds: [] },
  { name: 'no time at all', query: { durationMin: 0, durationMax: 0 }, finds: ['oddities'] },
  { name: 'less than no time', query: { durationMax: -1 }, finds: ['odd'] },

  { name: 'a text tag', query: { tags: { currency: 'EUR' } }, finds: ['checkout'] },
  { name: 'an integer tag', query: { tags: { 'http.status_code': '404' } }, finds: ['browse'] },
  {
    name: 'a boolean tag, and a text of the same letters',
    query: { tags: { error: 'false' } },
    finds: ['odd', 'checkout'],
  },
  { name: 'a floating tag', query: { tags: { amount: '12.5' } }, finds: ['checkout'] },
  { name: 'a binary tag, as hex', query: { tags: { bytes: '00ff10' } }, finds: ['oddities'] },
  { name: 'not a number', query: { ...oddities, tags: { nan: 'NaN' } }, finds: ['oddities'] },
  { name: 'minus infinity', query: { tags: { infinite: '-Inf' } }, finds: ['oddities'] },
  { name: 'a tenth', query: { tags: { tenth: '0.1' } }, finds: ['oddities'] },
  {
    name: 'a large number, as Go prints it',
    query: { tags: { large: '1e+21' } },
    finds: ['oddities'],
  },
  {
    name: 'the least integer',
    query: { tags: { least: '-9223372036854775808' } },
    finds: ['oddities'],
  },
  { name: 'an empty value', query: { tags: { empty: '' } }, finds: ['oddities'] },
  { name: 'an empty key', query: { tags: { '': 'no key' } }, finds: ['oddities'] },
  {
    name: 'a key that stands twice, its second value',
    query: { tags: { twice: 'two' } },
    finds: ['oddities'],
  },
  { name: 'a huge value', query: { tags: { huge: `${HUGE}1` } }, finds: ['oddities'] },
  {
    name: 'a huge value that differs at its end',
    query: { tags: { huge: `${HUGE}2` } },
    finds: [],
  },
  { name: 'a tag in other letters', query: { tags: { 城市: '北京\u0000\n' } }, finds: ['unicode'] },
  { name: 'a value is compared whole', query: { tags: { currency: 'EU' } }, finds: [] },
  { name: 'key and value cannot be mixed up', query: { tags: { curren: 'cyEUR' } }, finds: [] },
  { name: 'a key with dots', query: { tags: { 'http.path.more': '/b' } }, finds: ['odd'] },
  { name: 'a key that another one begins with', query: { tags: { 'http.path': '/b' } }, finds: [] },
  {
    name: 'a kind',
    query: { tags: { 'span.kind': 'server' } },
    finds: ['browse', 'checkout'],
  },
  { name: 'a value of another key', query: { tags: { channel: 'EUR' } }, finds: [] },
  {
    name: 'a process tag',
    query: { tags: { hostname: 'web-2' } },
    finds: ['narrow', 'wide'],
  },
  {
    name: 'an integer process tag',
    query: { tags: { cores: '8' } },
    finds: ['browse', 'checkout'],
  },
  { name: 'a log field', query: { tags: { event: 'retry' } }, finds: ['checkout'] },
  { name: 'an integer log field', query: { tags: { attempt: '2' } }, finds: ['checkout'] },
  { name: 'an added tag', query: { tags: { datacenter: 'eu' } }, finds: ['browse', 'checkout'] },
  {
    name: 'an added tag of another batch',
    query: { ...frontend, tags: { datacenter: 'us' } },
    finds: [],
  },
  {
    name: 'an added tag and a tag of the span',
    query: { tags: { datacenter: 'eu', 'http.status_code': '404' } },
    finds: ['browse'],
  },
  {
    name: 'the format tag',
    query: { tags: { 'internal.span.format': 'zipkin' } },
    finds: ['oddities'],
  },
  {
    name: 'all tags on one span, wherever they are: span, process, log, format',
    query: {
      tags: {
        currency: 'EUR',
        hostname: 'db-1',
        event: 'retry',
        'internal.span.format': 'proto',
      },
    },
    finds: ['checkout'],
  },
  {
    name: 'two tags on different spans of a batch do not match',
    query: { ...backend, tags: { currency: 'EUR', channel: 'mail' } },
    finds: [],
  },
  {
    name: 'two tags on spans of different services do not match',
    query: { tags: { currency: 'EUR', 'http.status_code': '200' } },
    finds: [],
  },
  {
    name: 'an operation and the tag of another span do not match',
    query: { ...backend, operationName: 'receipt', tags: { currency: 'EUR' } },
    finds: [],
  },
  {
    name: 'a duration and the tag of another span do not match',
    query: { ...backend, durationMax: 30, tags: { currency: 'EUR' } },
    finds: [],
  },
  {
    name: 'the longest first',
    query: { ...frontend, order: 'longest-first' },
    finds: ['narrow', 'wide', 'checkout', 'browse', 'ancient'],
  },
  {
    name: 'the limit takes the longest',
    query: { ...frontend, startTimeMax: 2999, order: 'longest-first', limit: 1 },
    finds: ['checkout'],
  },
  {
    name: 'the longest across services',
    query: { startTimeMax: 4000, order: 'longest-first', limit: 3 },
    finds: ['narrow', 'wide', 'checkout'],
  },
  {
    name: 'the longest of an operation',
    query: { operationName: 'GET /items', startTimeMax: 3999, order: 'longest-first', limit: 2 },
    finds: ['wide', 'browse'],
  },
  {
    name: 'the longest with a tag',
    query: { tags: { 'span.kind': 'server' }, order: 'longest-first', limit: 1 },
    finds: ['checkout'],
  },
  {
    name: 'the longest match counts, not what else is in its trace',
    query: { tags: { datacenter: 'eu' }, durationMax: 400, order: 'longest-first', limit: 1 },
    finds: ['browse'],
  },
  {
    name: 'the longest from this long to that long',
    query: { ...frontend, durationMin: 40, durationMax: 5000, order: 'longest-first', limit: 2 },
    finds: ['wide', 'checkout'],
  },
  {
    name: 'everything at once',
    query: {
      serviceName: 'frontend',
      operationName: 'GET /items',
      tags: { 'http.status_code': '404', error: 'true', hostname: 'web-1' },
      startTimeMin: 2000,
      startTimeMax: 2000,
      durationMin: 50,
      durationMax: 50,
      limit: 1,
    },
    finds: ['browse'],
  },
];

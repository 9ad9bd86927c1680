import type { ObservedSpan } from '@spoor/analysis';
import { describe, expect, test } from 'vitest';
import { speaker } from './i18n/messages.ts';
import { columns, type Paint } from './terminal-text.ts';
import { tracePicture } from './trace-picture.ts';

const plain: Paint = (_colour, text) => text;
const START = 1_795_370_337_330_000;

function span(more: Partial<ObservedSpan>): ObservedSpan {
  return {
    spanId: '1',
    parentId: undefined,
    operationName: 'root',
    serviceName: 'web',
    startTime: START,
    duration: 3_000_000,
    hasError: false,
    tags: {},
    logs: [],
    processTags: {},
    ...more,
  };
}

const root = span({
  tags: { httpKey: 'httpValue', 'sampler.type': 'const', 'internal.span.format': 'proto' },
  logs: [
    { timestamp: START + 2000, fields: { event: 'late' } },
    { timestamp: START + 10, fields: { funcName: 'F', response: 'R' } },
  ],
});
const child = span({
  spanId: '2',
  parentId: '1',
  operationName: 'child',
  serviceName: 'db',
  startTime: START + 1_000_000,
  duration: 1_000_000,
});

function picture(spans: ObservedSpan[], width = 60, say = speaker('en')): string[] {
  return tracePicture({ traceId: 'abc', spans }, { say, paint: plain, width }).split('\n');
}

test('a bar stands where its span stands in time, tags and logs beneath in order of time', () => {
  expect(picture([child, root])).toEqual([
    '  Trace abc · 2 spans · 2 services · 3.00 s',
    '',
    `  root     ${'█'.repeat(39)}    3.00 s`,
    '    web',
    '    httpKey=httpValue',
    '    +10 µs  funcName=F response=R',
    '    +2.00 ms  event=late',
    `  └ child  ${' '.repeat(13)}${'█'.repeat(13)}${' '.repeat(13)}    1.00 s`,
    '      db',
  ]);
});

test('a trace in Chinese', () => {
  expect(picture([root], 60, speaker('zh-CN'))[0]).toBe(
    '  Trace abc · 1 个 span · 1 个服务 · 3.00 s',
  );
});

describe('no line is wider than the terminal', () => {
  const wide = span({
    operationName: '一个名字非常非常长的操作'.repeat(4),
    tags: { 长: '值'.repeat(200), long: 'x'.repeat(200) },
  });
  test.each([40, 60, 80, 200])('of %i columns', (width) => {
    const lines = picture([root, child, wide], width);
    expect(Math.max(...lines.map(columns))).toBeLessThanOrEqual(width);
  });
});

test.each<[string, ObservedSpan]>([
  ['no duration', span({ duration: 0 })],
  ['a negative duration', span({ duration: -5 })],
])('a span with %s still has a bar', (_what, alone) => {
  expect(picture([alone])[2]).toContain('█');
});

test('many tags are spread over lines', () => {
  const [, , , , ...lines] = picture([span({ tags: { a: 1, b: '2'.repeat(48), c: 3 } })]);
  expect(lines).toEqual([`    a=1 · b=${'2'.repeat(48)}`, '    c=3']);
});

test('what the tracer sets by itself is shown where a lesson is about it', () => {
  const [tags, processTags] = [new Set(['sampler.type']), new Set(['ip'])];
  const spans = [{ ...root, logs: [], processTags: { ip: '10.0.0.1', hostname: 'h' } }];
  const options = { say: speaker('en'), paint: plain, width: 60, tags, processTags };
  const lines = tracePicture({ traceId: 'abc', spans }, options).split('\n');
  expect(lines.slice(4)).toEqual([
    '    httpKey=httpValue · sampler.type=const',
    '    process: ip=10.0.0.1',
  ]);
});

test('an orphan is marked, and control characters do not reach the terminal', () => {
  const [, , line] = picture([span({ parentId: 'gone', operationName: 'a\x1b[2Jb' })]);
  expect(line).toContain('? a\\x1b[2Jb');
});

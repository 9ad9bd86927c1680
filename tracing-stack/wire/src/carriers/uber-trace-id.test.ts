import { expect, test } from 'vitest';
import { formatUberTraceId, parseUberTraceId, type TraceContext } from './uber-trace-id.ts';

const root: TraceContext = {
  traceId: '01da0ad60e574b6e',
  spanId: '01da0ad60e574b6e',
  parentId: '0000000000000000',
  flags: 1,
};
const child: TraceContext = {
  traceId: '00000000000000ff6d4d950dcadece48',
  spanId: '4c9da616d3b4428d',
  parentId: '6d4d950dcadece48',
  flags: 3,
};
const unsampled: TraceContext = { ...root, flags: 0 };
const firehose: TraceContext = { ...root, flags: 0x1b };

test.each([
  ['01da0ad60e574b6e:01da0ad60e574b6e:0000000000000000:1', root],
  ['00000000000000ff6d4d950dcadece48:4c9da616d3b4428d:6d4d950dcadece48:3', child],
  ['01da0ad60e574b6e:01da0ad60e574b6e:0000000000000000:0', unsampled],
  ['01da0ad60e574b6e:01da0ad60e574b6e:0000000000000000:1b', firehose],
])('%s is written and read back', (text, context) => {
  expect(formatUberTraceId(context)).toBe(text);
  expect(parseUberTraceId(text)).toEqual(context);
});

test.each([
  ['of npm jaeger-client, without padding', '1da0ad60e574b6e:1da0ad60e574b6e:0:1', root],
  ['in upper case', '1DA0AD60E574B6E:1DA0AD60E574B6E:0:1', root],
  ['with encoded colons', '1da0ad60e574b6e%3A1da0ad60e574b6e%3A0%3A1', root],
  ['padded to 32 digits', `${'0'.repeat(17)}1da0ad60e574b6e:1da0ad60e574b6e:0:01`, root],
  ['with spaces around it', ' 1da0ad60e574b6e:1da0ad60e574b6e:0:1 ', root],
  ['of 128 bits, short', 'ff6d4d950dcadece48:4c9da616d3b4428d:6d4d950dcadece48:3', child],
])('a header %s is read', (_, text, context) => {
  expect(parseUberTraceId(text)).toEqual(context);
});

test.each([
  ['empty', ''],
  ['three fields', '1:2:0'],
  ['five fields', '1:2:0:1:1'],
  ['an empty trace id', ':2:0:1'],
  ['no hex in the trace id', 'xyz:2:0:1'],
  ['no hex in the span id', '1:0x2:0:1'],
  ['a negative parent', '1:2:-3:1'],
  ['no flags', '1:2:0:'],
  ['flags of more than a byte', '1:2:0:100'],
  ['no hex in the flags', '1:2:0:g'],
  ['a trace id of 33 digits', `${'1'.repeat(33)}:2:0:1`],
  ['a span id of 17 digits', `1:${'2'.repeat(17)}:0:1`],
  ['the zero trace', '0:2:0:1'],
  ['the zero trace in 32 digits', `${'0'.repeat(32)}:2:0:1`],
  ['the zero span', '1:0:0:1'],
  ['a broken encoding', '1%3:2:0:1'],
])('a header with %s is refused', (_, text) => {
  expect(parseUberTraceId(text)).toBeUndefined();
});

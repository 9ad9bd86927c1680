import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EnvelopeJson, TraceJson } from '@spoor/analysis';
import { corpusDirectory } from '@spoor/fixtures';
import { expect, test } from 'vitest';
import { traceModel } from '../trace-model.ts';
import { carriedSpans } from './carried-spans.ts';
import type { ListedMessage } from './wire-client.ts';

/** What a real Jaeger answered of spans in which client and server share an id. */
const text = readFileSync(join(corpusDirectory, 'zipkingo-json', 'expected.json'), 'utf8');
const { traces } = JSON.parse(text) as { traces: Record<string, EnvelopeJson<TraceJson[]>> };
const model = traceModel(Object.values(traces)[0]?.data?.[0] as TraceJson);

const carrying = (...spanIds: string[]) => ({
  sources: [],
  messages: [{ spanIds } as unknown as ListedMessage],
  more: 0,
});

const SENT = [
  '44e3fa4f05694c11',
  '44e3fa4f05694c11',
  '3b7a22aed28c4bd9',
  '73b141a50c9f4b05',
  '52af3b6d632010e3',
];

test('a span that was given another id is found under the one that it came with', () => {
  const { idOf, missing } = carriedSpans(model, carrying(...SENT));
  const rows = Array.from({ length: model.rowCount }, (_, row) => row);
  const renamed = rows.filter((row) => !SENT.includes(model.span(row).spanID));
  expect(renamed.map(idOf)).toEqual(['44e3fa4f05694c11']);
  expect(missing).toBe(0);
});

test('spans of which the message is gone are counted', () => {
  const { idOf, missing } = carriedSpans(model, carrying(SENT[0] as string));
  expect(missing).toBe(4);
  const root = model.rowOfSpan('52af3b6d632010e3') as number;
  expect(idOf(root)).toBeUndefined();
});

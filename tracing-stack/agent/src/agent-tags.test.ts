import { decodeEmitBatch, encodeEmitBatch } from '@spoor/wire';
import { seededRandom, usualSpans } from '@spoor/wire/testkit';
import { expect, test } from 'vitest';
import { withAgentTags } from './agent-tags.ts';

const spans = usualSpans(seededRandom(1), 3, 'a');
const process = spans[0]?.process ?? { serviceName: '', tags: [] };
const batch = decodeEmitBatch(encodeEmitBatch(process, spans, 1));

test('tags stand behind those of the process, and nothing else changes', () => {
  const tags = [{ key: 'zone', type: 'string', value: 'eu' }] as const;
  const tagged = withAgentTags(batch, tags).spans();
  expect(tagged.map((span) => span.process.tags)).toEqual(
    spans.map(() => [...process.tags, ...tags]),
  );
  expect(tagged.map((span) => ({ ...span, process }))).toEqual(batch.spans());
});

test('without tags the batch stays as it came', () => {
  expect(withAgentTags(batch, [])).toBe(batch);
});

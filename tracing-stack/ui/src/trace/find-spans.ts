import type { KeyValueJson, SpanJson } from '@spoor/analysis';
import type { TraceModel } from './trace-model.ts';

/**
 * The rows, in order, whose span matches every word of `text`: in its service, operation, span id, tags or log fields,
 * upper or lower case. `key=value` asks for that tag or field. Words that are all ids of spans name just these, as in
 * the links that Jaeger's UI makes.
 */
export function findSpans(model: TraceModel, text: string): number[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const found: number[] = [];
  if (words.length === 0) return found;
  const areIds = words.every((word) => model.rowOfSpan(word) !== undefined);
  for (let row = 0; row < model.rowCount; row++) {
    const span = model.span(row);
    if (areIds) {
      if (words.includes(span.spanID)) found.push(row);
      continue;
    }
    const names = [model.serviceName(row), span.operationName, span.spanID];
    if (words.every((word) => names.some((name) => has(name, word)) || hasPair(span, word)))
      found.push(row);
  }
  return found;
}

/** The match after the row, or before it; beyond the last comes the first. `undefined` if there is none. */
export function nextMatch(matches: readonly number[], row: number, step: 1 | -1) {
  const next =
    step === 1 ? matches.find((match) => match > row) : matches.findLast((match) => match < row);
  return next ?? matches.at(step === 1 ? 0 : -1);
}

function hasPair(span: SpanJson, word: string): boolean {
  const matches = (pair: KeyValueJson) => pairMatches(pair, word);
  return (
    (span.tags?.some(matches) ?? false) ||
    (span.logs?.some(({ fields }) => fields?.some(matches)) ?? false)
  );
}

/** Whether a tag or log field is what a word, in lower case, asks for. */
export function pairMatches(pair: KeyValueJson, word: string): boolean {
  const [key = '', value] = word.split(/=(.*)/s);
  return value === undefined
    ? has(pair.key, word) || has(String(pair.value), word)
    : pair.key.toLowerCase() === key && has(String(pair.value), value);
}

/** Whether a text holds a word, which is in lower case. */
export const has = (text: string, word: string) => text.toLowerCase().includes(word);

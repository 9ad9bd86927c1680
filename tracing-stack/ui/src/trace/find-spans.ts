import type { KeyValueJson, SpanJson } from '../api/jaeger-json.ts';
import type { TraceModel } from './trace-model.ts';

/**
 * The rows, in order, whose span matches every word of `text`: in its service, operation, span id, tags or log fields,
 * upper or lower case. `key=value` asks for that tag or field.
 */
export function findSpans(model: TraceModel, text: string): number[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const found: number[] = [];
  if (words.length === 0) return found;
  for (let row = 0; row < model.rowCount; row++) {
    const span = model.span(row);
    const names = [model.serviceName(row), span.operationName, span.spanID];
    if (words.every((word) => names.some((name) => has(name, word)) || hasPair(span, word)))
      found.push(row);
  }
  return found;
}

function hasPair(span: SpanJson, word: string): boolean {
  const [key = '', value] = word.split(/=(.*)/s);
  const matches = (pair: KeyValueJson) =>
    value === undefined
      ? has(pair.key, word) || has(String(pair.value), word)
      : pair.key.toLowerCase() === key && has(String(pair.value), value);
  return (
    (span.tags?.some(matches) ?? false) ||
    (span.logs?.some(({ fields }) => fields?.some(matches)) ?? false)
  );
}

const has = (text: string, word: string) => text.toLowerCase().includes(word);

// What lesson 0 asks about a trace, and what the trace says to it. Nothing here knows how the trace was made.

import { endTime, type ObservedSpan, type ObservedTrace } from '@spoor/analysis';

/** In the order in which they are asked; also the keys of `answers.json`. */
export const QUESTIONS = ['spans', 'root', 'longest', 'tag', 'baggage', 'services'] as const;
export type Question = (typeof QUESTIONS)[number];

export function isQuestion(value: unknown): value is Question {
  return QUESTIONS.some((question) => question === value);
}

export interface AskedOf {
  readonly answers: Readonly<Record<Question, string>>;
  /** Where half of a `key=value` is asked for, the whole: it says the same, and is what the UI shows. */
  readonly pairs: Readonly<Partial<Record<Question, string>>>;
  /** Named in the question for the tag: which tag of `parent` has its `child` not? */
  readonly parent: string;
  readonly child: string;
  /** Named in the question for baggage: what did `reader` read, in another service? */
  readonly reader: string;
}

/** Reads the right answers off a trace. Throws a `RangeError` if it is none that these questions can be asked of. */
export function answersOf({ spans }: ObservedTrace): AskedOf {
  const root = one(spans.filter(({ parentId }) => parentId === undefined));
  const longest = one(mostBy(spans, (span) => ownTime(span, spans)));
  // Put there by whatever stands between a tracer and the store.
  const isEverywhere = (key: string) => spans.every(({ tags }) => key in tags);
  const { parent, child, key } = one(
    spans.flatMap((parent) =>
      childrenOf(parent, spans).flatMap((child) => {
        const own = Object.keys(parent.tags).filter((key) => !isEverywhere(key));
        const left = own.filter((key) => !(key in child.tags));
        const kept = own.filter((key) => key in child.tags);
        const [key] = left;
        return key && left.length === 1 && kept.length === 1 ? [{ parent, child, key }] : [];
      }),
    ),
  );
  const { fields } = one(root.logs.filter(({ fields }) => fields['event'] === 'baggage'));
  const item = String(fields['key']);
  const value = String(fields['value']);
  const reader = one(spans.filter(({ tags }) => String(tags[item]) === value));
  return {
    answers: {
      spans: String(spans.length),
      root: root.operationName,
      longest: longest.operationName,
      tag: key,
      baggage: value,
      services: String(new Set(spans.map(({ serviceName }) => serviceName)).size),
    },
    pairs: { tag: `${key}=${parent.tags[key]}`, baggage: `${item}=${value}` },
    parent: parent.operationName,
    child: child.operationName,
    reader: reader.operationName,
  };
}

/** Blanks, quotes and upper case make no difference, nor whether a pair is written `key=value` or `key: value`. */
export function isRight(
  given: string,
  question: Question,
  { answers, pairs }: Pick<AskedOf, 'answers' | 'pairs'>,
): boolean {
  const pair = pairs[question];
  return (
    plain(given) === plain(answers[question]) ||
    (pair !== undefined && plainPair(given) === plainPair(pair))
  );
}

function plainPair(text: string): string {
  const [, key = '', value = ''] = /^(.*?)[=:：](.*)$/.exec(plain(text)) ?? [];
  return `${plain(key)}=${plain(value)}`;
}

function plain(text: string): string {
  return text
    .trim()
    .replace(/^[`'"“‘]+|[`'"”’]+$/g, '')
    .toLowerCase();
}

/** What a span took beside its children, which run one after the other; µs. */
function ownTime(span: ObservedSpan, spans: readonly ObservedSpan[]): number {
  const below = childrenOf(span, spans).map(
    (child) => Math.min(endTime(child), endTime(span)) - Math.max(child.startTime, span.startTime),
  );
  return span.duration - below.reduce((sum, duration) => sum + duration, 0);
}

function childrenOf({ spanId }: ObservedSpan, spans: readonly ObservedSpan[]): ObservedSpan[] {
  return spans.filter(({ parentId }) => parentId === spanId);
}

function mostBy<Item>(items: readonly Item[], value: (item: Item) => number): Item[] {
  const most = Math.max(...items.map(value));
  return items.filter((item) => value(item) === most);
}

function one<Item>(items: readonly Item[]): Item {
  const [item] = items;
  if (item === undefined || items.length > 1)
    throw new RangeError(`${items.length} of what there is one of in a trace of lesson 0`);
  return item;
}

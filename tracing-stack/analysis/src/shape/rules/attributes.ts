import type { JsonValue } from '../../jaeger-json/observed-trace.ts';
import { isNear, isSameValue } from '../likeness.ts';
import { at, type Pair, type Shape } from '../shape.ts';
import type { ShapeFinding } from '../shape-finding.ts';
import { fieldsNotLogged, hasTag, tagOf } from '../written.ts';
import { exchangedWith, holderOfLog, holderOfTag } from './misplaced.ts';
import { isCutOff, NOTHING } from './place.ts';

/** What is written on the spans: name, service, kind, tags and logs. More of each than expected is welcome. */
export function attributes(shape: Shape): ShapeFinding[] {
  return [
    ...shape.pairs.flatMap(nameFinding),
    ...serviceFindings(shape),
    ...shape.pairs.flatMap((pair) => kindFindings(shape, pair)),
    ...shape.pairs.flatMap((pair) => writtenFindings(shape, pair)),
    ...shape.pairs.flatMap(processTagFindings),
  ];
}

/** Tags and logs. A span on which its function wrote nothing at all is one mistake. */
function writtenFindings(shape: Shape, pair: Pair): ShapeFinding[] {
  const { wanted } = pair;
  const [tags, logs] = [tagFindings(shape, pair), logFindings(shape, pair)];
  const [[tag], [log]] = [tags, logs];
  const own = Object.keys(wanted.tags).filter((key) => key !== KIND);
  const isBare =
    wanted.tagSteps === undefined &&
    tags.length === own.length &&
    logs.length === wanted.logs.length &&
    [...tags, ...logs].every(({ variant }) => variant === 'MISSING');
  if (!isBare || !tag || !log) return [...tags, ...logs];
  const params = { ...tag.params, actual: String(log.params['expected']) };
  return [{ ...tag, variant: 'BARE', params }];
}

function nameFinding(pair: Pair): ShapeFinding[] {
  const [expected, actual] = [pair.wanted.name, pair.span.operationName];
  if (expected === actual) return [];
  return [{ rule: 'A-NAME', params: { span: expected, expected, actual }, ...at(pair) }];
}

/** A service that is misnamed is misnamed on all its spans, and told once. */
function serviceFindings(shape: Shape): ShapeFinding[] {
  const told = new Set<string>();
  return shape.pairs.flatMap((pair): ShapeFinding[] => {
    const [expected, actual] = [pair.wanted.service, pair.span.serviceName];
    const names = `${expected}\n${actual}`;
    if (expected === actual || told.has(names)) return [];
    told.add(names);
    return [
      { rule: 'A-SERVICE', params: { span: pair.wanted.name, expected, actual }, ...at(pair) },
    ];
  });
}

export const KIND = 'span.kind';

function kindFindings(shape: Shape, pair: Pair): ShapeFinding[] {
  const expected = pair.wanted.tags[KIND];
  const actual = pair.span.tags[KIND];
  if (expected === undefined || hasTag(shape, pair.span, KIND, expected)) return [];
  const params = { span: pair.wanted.name, expected: String(expected) };
  const told = (actual: JsonValue, variant?: string, more = {}): ShapeFinding[] => [
    {
      rule: 'A-KIND',
      ...(variant && { variant }),
      params: { ...params, actual: String(actual), ...more },
      ...at(pair),
    },
  ];
  const holder = holderOfTag(shape, pair, KIND, expected);
  if (actual !== undefined) {
    const isExchanged = holder && shape.pairOf(holder)?.wanted.tags[KIND] === actual;
    return isExchanged ? told(actual, 'EXCHANGED', { parent: holder.operationName }) : told(actual);
  }
  const near = nearKey(pair, KIND) ?? ('kind' in pair.span.tags ? 'kind' : undefined);
  if (near !== undefined) return told(near, 'NEAR');
  return holder ? told(holder.operationName, 'ELSEWHERE') : told(NOTHING, 'MISSING');
}

function tagFindings(shape: Shape, pair: Pair): ShapeFinding[] {
  return Object.entries(pair.wanted.tags).flatMap(([key, expected]): ShapeFinding[] => {
    if (key === KIND || hasTag(shape, pair.span, key, expected)) return [];
    const actual = tagOf(shape, pair.span, key);
    const params = { span: pair.wanted.name, key, expected: String(expected) };
    const near = actual === undefined ? nearKey(pair, key) : undefined;
    if (near !== undefined)
      return [{ rule: 'A-TAG', variant: 'NEAR', params: { ...params, actual: near }, ...at(pair) }];
    // Baggage does not come along where no context came along.
    if (isCutOff(shape, pair) && isFromOtherService(shape, pair)) return [];
    if (actual === undefined && isLogged(pair, key, expected))
      return [{ rule: 'A-TAG', variant: 'LOGGED', params, ...at(pair) }];
    if (actual === undefined) {
      const holder = holderOfTag(shape, pair, key, expected);
      const [variant, more] = holder
        ? ['ELSEWHERE', { actual: holder.operationName }]
        : ['MISSING', {}];
      return [{ rule: 'A-TAG', variant, params: { ...params, ...more }, ...at(pair) }];
    }
    return [{ rule: 'A-TAG', params: { ...params, actual: String(actual) }, ...at(pair) }];
  });
}

function isLogged({ span }: Pair, key: string, expected: JsonValue): boolean {
  return span.logs.some(({ fields }) => isSameValue(expected, fields[key]));
}

function nearKey({ wanted, span }: Pair, key: string): string | undefined {
  return Object.keys(span.tags).find((other) => !(other in wanted.tags) && isNear(key, other));
}

function isFromOtherService(shape: Shape, { wanted }: Pair): boolean {
  return shape.wanted(wanted.parent)?.service !== wanted.service;
}

function processTagFindings(pair: Pair): ShapeFinding[] {
  return (pair.wanted.processTags ?? [])
    .filter((key) => !(key in pair.span.processTags))
    .map((key) => ({
      rule: 'A-TAG',
      variant: 'MISSING',
      params: { span: pair.wanted.name, key, expected: '…' },
      ...at(pair),
    }));
}

function logFindings(shape: Shape, pair: Pair): ShapeFinding[] {
  const { wanted, span } = pair;
  const logged = span.logs.flatMap(({ fields }) => Object.entries(fields));
  return wanted.logs.flatMap((fields): ShapeFinding[] => {
    const entries = Object.entries(fields);
    const missing = fieldsNotLogged(span, fields);
    if (missing.length === 0) return [];
    const params = { span: wanted.name, expected: fieldsText(entries) };
    const other = exchangedWith(shape, pair, fields);
    if (other) {
      const under = ({ wanted: { parent } }: Pair) => shape.wanted(parent)?.name ?? NOTHING;
      const more = { parent: under(pair), actual: under(other) };
      return [{ rule: 'A-LOG', variant: 'EXCHANGED', params: { ...params, ...more }, ...at(pair) }];
    }
    const near = missing
      .map(([key, value]) => nearField(key, value, logged) ?? otherValue(key, logged))
      .filter((field) => field !== undefined);
    if (near.length > 0) {
      const actual = fieldsText(near);
      return [{ rule: 'A-LOG', variant: 'NEAR', params: { ...params, actual }, ...at(pair) }];
    }
    const isPart = missing.length < entries.length;
    if (!isPart && entries.every(([key, value]) => isSameValue(value, span.tags[key])))
      return [{ rule: 'A-LOG', variant: 'TAGGED', params, ...at(pair) }];
    const holder = isPart ? undefined : holderOfLog(shape, pair, fields);
    if (holder) {
      const more = { actual: holder.operationName };
      return [{ rule: 'A-LOG', variant: 'ELSEWHERE', params: { ...params, ...more }, ...at(pair) }];
    }
    return [{ rule: 'A-LOG', ...(!isPart && { variant: 'MISSING' }), params, ...at(pair) }];
  });
}

/** A field that was meant: its key or its value is the expected one, the other is near it. */
function nearField(
  key: string,
  value: JsonValue,
  logged: readonly [string, JsonValue][],
): [string, JsonValue] | undefined {
  return logged.find(
    ([other, actual]) =>
      (other === key && isNear(String(value), String(actual))) ||
      (isNear(key, other) && (isSameValue(value, actual) || isNear(String(value), String(actual)))),
  );
}

/** The field with another value, such as the promise of the right one. Every log may have an event: that says nothing. */
function otherValue(
  key: string,
  logged: readonly [string, JsonValue][],
): [string, JsonValue] | undefined {
  return key === 'event' ? undefined : logged.find(([other]) => other === key);
}

function fieldsText(fields: readonly (readonly [string, JsonValue])[]): string {
  return fields.map(([key, value]) => `${key}=${value}`).join(', ');
}

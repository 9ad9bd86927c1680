import type { Operation } from '@spoor/storage-api';
import { HttpError } from '../http/errors.ts';
import { listEnvelope } from '../json/envelope.ts';
import { SPAN_KINDS, UNSPECIFIED } from '../parameters/span-kinds.ts';
import type { Answer, Sources } from './answer.ts';

/** `/api/services` */
export function services({ reader }: Sources): Answer {
  return async () => {
    const names = await reader.services();
    return [listEnvelope(names.length === 0 ? null : names)];
  };
}

/** `/api/services/:service/operations`, as Jaeger's UI asks: names only, of every kind. */
export function operationNames({ reader }: Sources): Answer {
  return async ({ subject }) => {
    const operations = await reader.operations({ serviceName: unescaped(subject) });
    const names = [...new Set(operations.map(({ name }) => name))];
    return [listEnvelope(names.length === 0 ? null : names)];
  };
}

/** `/api/operations?service=…&spanKind=…` */
export function operations({ reader }: Sources): Answer {
  return async ({ parameters }) => {
    const serviceName = parameters.get('service') ?? '';
    if (serviceName === '') throw new HttpError(400, "parameter 'service' is required");
    const asked = parameters.get('spanKind') ?? '';
    const found = distinct(await reader.operations({ serviceName }));
    return [listEnvelope(found.filter(({ spanKind }) => asked === '' || spanKind === asked))];
  };
}

/** Two kinds that Jaeger does not know are one to it. */
function distinct(stored: readonly Operation[]): Operation[] {
  const byKey = new Map<string, Operation>();
  for (const { name, spanKind: kind } of stored) {
    const spanKind = SPAN_KINDS.has(kind) ? kind : UNSPECIFIED;
    byKey.set(`${spanKind} ${name}`, { name, spanKind });
  }
  return [...byKey.values()];
}

/** Jaeger reads this part of the path as it reads a query: a plus is a space. What is no UTF-8 names no service. */
function unescaped(subject: string): string {
  try {
    return decodeURIComponent(subject.replaceAll('+', ' '));
  } catch {
    return '';
  }
}

import { HttpError } from '../http/errors.ts';
import { listEnvelope } from '../json/envelope.ts';
import { knownKinds } from '../operation-kinds.ts';
import type { Sources } from '../sources.ts';
import type { Answer } from './answer.ts';

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
    return [listEnvelope(knownKinds(await reader.operations({ serviceName }), asked))];
  };
}

/** Jaeger reads this part of the path as it reads a query: a plus is a space. What is no UTF-8 names no service. */
function unescaped(subject: string): string {
  try {
    return decodeURIComponent(subject.replaceAll('+', ' '));
  } catch {
    return '';
  }
}

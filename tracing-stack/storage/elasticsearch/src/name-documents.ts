import { type Span, spanKind } from '@spoor/model';
import type { BulkDocument } from './bulk-request.ts';
import type { IndexNames } from './index-names.ts';
import type { KnownNames } from './known-names.ts';
import {
  type OperationDocument,
  operationDocumentId,
  type ServiceDocument,
  serviceDocumentId,
} from './service-document.ts';

/** A document for a name that was not written lately. */
export interface NewName {
  readonly key: string;
  readonly document: BulkDocument;
}

/** Which services and operations there are: Jaeger's documents, by the day of the span, and our own with the kind. */
export class NameDocuments {
  private readonly serviceIndices: IndexNames;
  private readonly operationIndex: string;
  private readonly known: KnownNames;
  private readonly clock: () => number;

  constructor(
    serviceIndices: IndexNames,
    operationIndex: string,
    known: KnownNames,
    clock: () => number,
  ) {
    this.serviceIndices = serviceIndices;
    this.operationIndex = operationIndex;
    this.known = known;
    this.clock = clock;
  }

  /** The documents that these spans need and that are not known to be there. */
  of(spans: readonly Span[]): NewName[] {
    const found = new Map<string, NewName>();
    for (const span of spans) {
      const names = { serviceName: span.process.serviceName, operationName: span.operationName };
      const index = this.serviceIndices.forWriting(span.startTime);
      const requireAlias = this.serviceIndices.areAliases;
      this.offer(found, { index, requireAlias }, names, () =>
        serviceDocumentId(names.serviceName, names.operationName),
      );
      const operation = { ...names, spanKind: spanKind(span) };
      this.offer(found, { index: this.operationIndex }, operation, () =>
        operationDocumentId(operation),
      );
    }
    return [...found.values()];
  }

  /** They are stored. */
  keep(names: readonly NewName[]): void {
    for (const { key } of names) this.known.add(key);
  }

  private offer(
    found: Map<string, NewName>,
    where: Pick<BulkDocument, 'index' | 'requireAlias'>,
    names: ServiceDocument | Omit<OperationDocument, 'seen'>,
    id: () => string,
  ): void {
    const key = JSON.stringify([where.index, names]);
    if (found.has(key) || this.known.has(key)) return;
    const document = 'spanKind' in names ? { ...names, seen: this.clock() } : names;
    found.set(key, {
      key,
      document: { ...where, id: id(), json: JSON.stringify(document) },
    });
  }
}

import type { Span } from '@spoor/model';
import type { Logger } from '@spoor/platform';
import { isSpanDocumentId } from './batch-id.ts';
import {
  headOfDocument,
  type SpanHead,
  spanOfDocument,
  UnreadableDocument,
} from './document-span.ts';
import type { Hit } from './search-request.ts';
import type { TagFields } from './tag-fields.ts';

/** Reads documents as spans. What cannot be read is counted, the first one is logged, and it is left out. */
export class SpanHits {
  private readonly fields: TagFields;
  private readonly logger: Logger;
  /** How often a document could not be read. */
  unreadable = 0;

  constructor(fields: TagFields, logger: Logger) {
    this.fields = fields;
    this.logger = logger;
  }

  span(hit: Hit): Span | undefined {
    return this.read(hit, (document) => spanOfDocument(document, this.fields));
  }

  head(hit: Hit): SpanHead | undefined {
    return this.read(hit, headOfDocument);
  }

  private read<T>({ _index, _id, _source }: Hit, reader: (document: unknown) => T): T | undefined {
    try {
      return reader(_source);
    } catch (error) {
      if (!(error instanceof UnreadableDocument)) throw error;
      if (this.unreadable++ === 0) {
        const message = 'a document cannot be read, left out (further ones are counted only)';
        this.logger.error({ err: error, index: _index, id: _id }, message);
      }
      return undefined;
    }
  }

  /** In the order of arrival; those of another writer, which have none, come first, in the order of the hits. */
  spans(hits: readonly Hit[]): Span[] {
    const others = hits.filter(({ _id }) => !isSpanDocumentId(_id));
    const ours = hits
      .filter(({ _id }) => isSpanDocumentId(_id))
      .sort((a, b) => (a._id < b._id ? -1 : 1));
    return [...others, ...ours].map((hit) => this.span(hit)).filter((span) => span !== undefined);
  }
}

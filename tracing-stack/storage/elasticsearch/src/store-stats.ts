import { type Metrics, showFigures } from '@spoor/platform';

/** What the store knows about itself; each is read when asked for. */
export interface ElasticsearchStats {
  /** How often a document could not be read. */
  readonly unreadableDocuments: number;
  /** Of refused batches, which could not be taken back. */
  readonly leftBehindDocuments: number;
}

const HELP: Record<keyof ElasticsearchStats, [name: string, help: string]> = {
  unreadableDocuments: [
    'spoor_elasticsearch_unreadable_documents',
    'Reads of documents that failed',
  ],
  leftBehindDocuments: [
    'spoor_elasticsearch_left_behind_documents',
    'Documents of refused batches that could not be taken back',
  ],
};

export function storeStats(
  hits: { readonly unreadable: number },
  rollback: { readonly leftBehind: number },
): ElasticsearchStats {
  return {
    get unreadableDocuments() {
      return hits.unreadable;
    },
    get leftBehindDocuments() {
      return rollback.leftBehind;
    },
  };
}

/** Shows the figures on `/metrics`. */
export function reportStats(stats: ElasticsearchStats, metrics: Metrics): void {
  showFigures(stats, HELP, metrics);
}

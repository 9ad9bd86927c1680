import type { Metrics } from '@spoor/platform';

/** What the store knows about itself; each is read when asked for. */
export interface ElasticsearchStats {
  /** How often a document could not be read. */
  readonly unreadableDocuments: number;
}

/** Shows the figures on `/metrics`. */
export function reportStats(stats: ElasticsearchStats, metrics: Metrics): void {
  const help = 'Reads of documents that failed';
  const gauge = metrics.gauge('spoor_elasticsearch_unreadable_documents', help);
  metrics.onRead(() => gauge.set(stats.unreadableDocuments));
}

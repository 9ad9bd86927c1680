import type { Span } from '@spoor/model';
import type { Reporter } from './reporter.ts';

/** Keeps the spans, for tests. */
export class InMemoryReporter implements Reporter {
  /** In the order in which they were finished. */
  readonly spans: Span[] = [];

  report(span: Span): void {
    this.spans.push(span);
  }

  async close(): Promise<void> {}
}

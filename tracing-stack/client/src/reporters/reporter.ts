import type { Span } from '@spoor/model';

/** Takes over finished, sampled spans. `report` never throws and never waits. */
export interface Reporter {
  report(span: Span): void;
  /** Resolves when everything reported before is where it should be. May be called again. */
  close(): Promise<void>;
}

import type { SamplingStrategy } from '@spoor/model';

/** Knows how each service shall sample. Every door of the collector asks here. */
export interface SamplingProvider {
  /** From memory, so that any number of clients may ask; the default for a service that is not known. */
  strategyOf(service: string): SamplingStrategy;
  close(): Promise<void>;
}

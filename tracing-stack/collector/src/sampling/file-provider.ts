import type { SamplingStrategy } from '@spoor/model';
import { type Logger, type Metrics, UserError } from '@spoor/platform';
import { type MergedStrategies, mergeStrategies, probabilistic } from './merge-strategies.ts';
import { readStrategies } from './read-strategies.ts';
import type { SamplingProvider } from './sampling-provider.ts';
import { parseStrategiesFile } from './strategies-file.ts';

export interface FileSamplingOptions {
  /** A path or a URL; empty for the default strategy alone. */
  readonly location: string;
  /** How often the file is looked at again; 0 for never. */
  readonly reloadIntervalMs: number;
  /** Share of services of which nothing is said. */
  readonly defaultProbability: number;
  readonly withDefaultOperations: boolean;
}

export interface FileProviderParts extends FileSamplingOptions {
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** Strategies from a file. Rejects with a `UserError` for one that cannot be read. */
export async function startFileProvider(parts: FileProviderParts): Promise<SamplingProvider> {
  const provider = new FileProvider(parts);
  await provider.start();
  return provider;
}

class FileProvider implements SamplingProvider {
  private readonly parts: FileProviderParts;
  private readonly reloads;
  private strategies: MergedStrategies;
  /** What `strategies` were made of. */
  private text: string | undefined;
  /** Told last; the same again is not. */
  private complaint = '';
  private timer: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(parts: FileProviderParts) {
    this.parts = parts;
    const defaultStrategy = probabilistic(parts.defaultProbability);
    this.strategies = { defaultStrategy, services: new Map() };
    this.reloads = parts.metrics.counter(
      'spoor_collector_sampling_reloads_total',
      'Sampling strategies files that were taken, and that were not and left the last good one in force',
      ['result'],
    );
    for (const result of ['ok', 'err']) this.reloads.inc({ result }, 0);
  }

  strategyOf(service: string): SamplingStrategy {
    return this.strategies.services.get(service) ?? this.strategies.defaultStrategy;
  }

  async start(): Promise<void> {
    const { location } = this.parts;
    if (location === '') return;
    try {
      await this.load();
    } catch (cause) {
      const message = `[collector] cannot read the sampling strategies of ${location}: ${reasonOf(cause)}`;
      throw new UserError('bad-config-file', message, { cause });
    }
    this.reloadLater();
  }

  private reloadLater(): void {
    const { reloadIntervalMs } = this.parts;
    if (reloadIntervalMs === 0 || this.closed) return;
    this.timer = setTimeout(
      () => void this.reload().then(() => this.reloadLater()),
      reloadIntervalMs,
    );
  }

  private async reload(): Promise<void> {
    try {
      if (await this.load()) this.reloads.inc({ result: 'ok' });
      this.complaint = '';
    } catch (error) {
      this.reloads.inc({ result: 'err' });
      const reason = reasonOf(error);
      if (reason === this.complaint) return;
      this.complaint = reason;
      const fields = { file: this.parts.location, reason };
      this.parts.logger.error(
        fields,
        'sampling strategies cannot be read, the last good ones stay',
      );
    }
  }

  /** False if there is nothing new. */
  private async load(): Promise<boolean> {
    const { location, logger, defaultProbability, withDefaultOperations } = this.parts;
    const text = await readStrategies(location);
    if (text === undefined) {
      logger.warn({ file: location }, 'sampling strategies are not available now');
      return false;
    }
    if (text === this.text || this.closed) return false;
    const warn = (message: string) => logger.warn({ file: location }, message);
    const options = { defaultProbability, withDefaultOperations, warn };
    this.strategies = mergeStrategies(parseStrategiesFile(text), options);
    this.text = text;
    const { size } = this.strategies.services;
    logger.info({ file: location, services: size }, 'sampling strategies were read');
    return true;
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

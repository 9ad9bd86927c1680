import type { Logger } from '@spoor/platform';
import { statusOf, storageError } from '../answer-error.ts';
import { Connection } from '../connection.ts';
import { type TemplateOptions, templateRequest } from '../templates.ts';
import { type JaegerIndex, jaegerIndices } from './jaeger-indices.ts';
import { type MaintenanceOptions, masterTimeout } from './maintenance-options.ts';
import { type RolloverKind, type RolloverScope, rolloverKinds } from './rollover-kinds.ts';

export interface InitOptions {
  readonly templates: Omit<TemplateOptions, 'prefix'>;
}

/** What decides when a new index begins, as Elasticsearch names it: `{"max_age": "2d"}`. */
export type RolloverConditions = Readonly<Record<string, unknown>>;

/** Takes care of the indices behind Jaeger's aliases. Every call may be made again. Rejects with `StorageError`. */
export class Rollover {
  private readonly connection: Connection;
  private readonly options: MaintenanceOptions;
  private readonly scope: RolloverScope;
  private readonly logger: Logger;

  private constructor(
    connection: Connection,
    options: MaintenanceOptions,
    scope: RolloverScope,
    logger: Logger,
  ) {
    this.connection = connection;
    this.options = options;
    this.scope = scope;
    this.logger = logger;
  }

  static async of(
    options: MaintenanceOptions,
    scope: RolloverScope,
    logger: Logger,
  ): Promise<Rollover> {
    return new Rollover(await Connection.of(options), options, scope, logger);
  }

  /** Makes the templates, the first index of each kind and its aliases, where they are missing. */
  async init({ templates }: InitOptions): Promise<void> {
    const major = await this.connection.majorVersion();
    if (templates.useIlm) await this.requirePolicy(templates.ilmPolicy);
    const { prefix } = this.scope;
    for (const kind of rolloverKinds(this.scope)) {
      await this.connection.request(
        templateRequest(kind.template, major, { ...templates, prefix }),
      );
      await this.makeIndex(kind.first);
      const indices = await this.indices();
      const missing = [kind.readAlias, kind.writeAlias].filter((alias) => !isThere(alias, indices));
      await this.changeAliases(
        missing.map((alias) => ({
          add: {
            index: kind.first,
            alias,
            ...(alias === kind.writeAlias && templates.useIlm && { is_write_index: true }),
          },
        })),
      );
      this.logger.info({ index: kind.first, aliases: missing }, 'index and aliases are there');
    }
  }

  /** Begins a new index of each kind for which a condition holds; what is in the old one can still be read. */
  async rollover(conditions: RolloverConditions): Promise<void> {
    for (const { readAlias, writeAlias } of rolloverKinds(this.scope)) {
      const { rolled_over, new_index } = await this.connection.request<{
        readonly rolled_over: boolean;
        readonly new_index: string;
      }>({
        method: 'POST',
        path: `/${encodeURIComponent(writeAlias)}/_rollover`,
        query: masterTimeout(this.options),
        body: { conditions },
      });
      const written = (await this.indices()).filter(({ aliases }) => aliases.includes(writeAlias));
      await this.changeAliases(
        written.map(({ name: index }) => ({ add: { index, alias: readAlias } })),
      );
      const text = rolled_over ? 'a new index has begun' : 'no condition holds yet';
      this.logger.info({ alias: writeAlias, index: new_index }, text);
    }
  }

  /** Takes indices made before a time (milliseconds since 1970) out of what is read, but not those that are written to. */
  async lookback(before: number): Promise<void> {
    for (const kind of rolloverKinds(this.scope)) {
      const old = (await this.indices()).filter((index) => isOld(index, kind, before));
      await this.changeAliases(
        old.map(({ name: index }) => ({ remove: { index, alias: kind.readAlias } })),
      );
      const indices = old.map(({ name }) => name);
      this.logger.info({ alias: kind.readAlias, indices }, 'taken out of what is read');
    }
  }

  close(): Promise<void> {
    return this.connection.close();
  }

  private indices(): Promise<JaegerIndex[]> {
    return jaegerIndices(this.connection, this.scope.prefix);
  }

  private async requirePolicy(name: string): Promise<void> {
    const path = `/_ilm/policy/${encodeURIComponent(name)}`;
    await this.connection.request({ method: 'GET', path }).catch((error: unknown) => {
      if (statusOf(error) !== 404) throw error;
      throw storageError('unsupported', `there is no ILM policy ${name}: make it first`, error);
    });
  }

  private async makeIndex(name: string): Promise<void> {
    const path = `/${encodeURIComponent(name)}`;
    await this.connection.request({ method: 'PUT', path }).catch((error: unknown) => {
      const text = (error as Error).message;
      if (statusOf(error) !== 400 || !text.includes('resource_already_exists')) throw error;
    });
  }

  private async changeAliases(actions: readonly object[]): Promise<void> {
    if (actions.length === 0) return;
    const query = masterTimeout(this.options);
    await this.connection.request({ method: 'POST', path: '/_aliases', query, body: { actions } });
  }
}

function isThere(alias: string, indices: readonly JaegerIndex[]): boolean {
  return indices.some(({ aliases }) => aliases.includes(alias));
}

function isOld({ created, aliases }: JaegerIndex, kind: RolloverKind, before: number): boolean {
  return created < before && aliases.includes(kind.readAlias) && !aliases.includes(kind.writeAlias);
}

import { statusOf } from './answer-error.ts';
import type { Connection, Request } from './connection.ts';
import { type TemplateKind, type TemplateOptions, templateRequest } from './templates.ts';

export interface SetupOptions {
  /** Which of Jaeger's templates are made. */
  readonly kinds: readonly TemplateKind[];
  readonly templates: TemplateOptions;
  /** Leave templates that are there as they are. */
  readonly keepsTemplates?: boolean;
  /** The requests that make indices of our own. */
  readonly indices?: readonly Request[];
  /** Called once all is there. */
  ready?(): void;
}

/** Templates and indices of our own, made before the first write: whenever a server is there, not when the program starts. */
export class Setup {
  private readonly connection: Connection;
  private readonly options: SetupOptions;
  private done: Promise<void> | undefined;

  constructor(connection: Connection, options: SetupOptions) {
    this.connection = connection;
    this.options = options;
  }

  /** Resolves once all is there. After a failure the next call tries again. */
  ready(): Promise<void> {
    this.done ??= this.make().catch((error: unknown) => {
      this.done = undefined;
      throw error;
    });
    return this.done;
  }

  private async make(): Promise<void> {
    const { kinds, templates, keepsTemplates = false, indices = [] } = this.options;
    if (kinds.length > 0) {
      const major = await this.connection.majorVersion();
      const requests = kinds.map((kind) => templateRequest(kind, major, templates));
      await Promise.all(
        requests.map((request) =>
          keepsTemplates
            ? this.makeUnlessThere({ ...request, query: { create: true } })
            : this.connection.request(request),
        ),
      );
    }
    await Promise.all(indices.map((request) => this.makeUnlessThere(request)));
    this.options.ready?.();
  }

  private async makeUnlessThere(request: Request): Promise<void> {
    await this.connection.request(request).catch((error: unknown) => {
      if (!isThere(error)) throw error;
    });
  }
}

function isThere(error: unknown): boolean {
  return statusOf(error) === 400 && /already exists/.test((error as Error).message);
}

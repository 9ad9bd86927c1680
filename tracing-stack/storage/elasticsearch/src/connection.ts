import { Client } from '@elastic/elasticsearch';
import { answerError, closedError, storageError } from './answer-error.ts';
import { Credentials } from './credentials.ts';
import { ExactSerializer } from './exact-json.ts';
import { DEFAULT_SERVER, type ElasticsearchStoreOptions } from './store-options.ts';
import { tlsOptions } from './tls-options.ts';

/** How long the question whether a server is there may take. */
const CHECK_TIMEOUT_MS = 5000;
/** What a timer holds at most. */
const NO_TIMEOUT_MS = 2 ** 31 - 1;

export interface Request {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'HEAD';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  readonly body?: object;
  /** Lines of a bulk or a multi-search: JSON texts, or what becomes one. */
  readonly lines?: readonly (string | object)[];
  /** Instead of the timeout of all requests. */
  readonly timeoutMs?: number;
}

/** The connection to a cluster, made with the first request. Requests reject with `StorageError`. */
export class Connection {
  private readonly client: Client;
  private readonly credentials: Credentials;
  private readonly options: ElasticsearchStoreOptions;
  private version: Promise<number> | undefined;
  private closed = false;

  private constructor(client: Client, options: ElasticsearchStoreOptions) {
    this.client = client;
    this.options = options;
    this.credentials = new Credentials(options);
  }

  static async of(options: ElasticsearchStoreOptions): Promise<Connection> {
    const nodes = [...(options.serverUrls ?? [DEFAULT_SERVER])];
    const client = new Client({
      nodes,
      Serializer: ExactSerializer,
      tls: await tlsOptions(options.tls),
      // One try with each; who waits for an answer decides whether to go on.
      maxRetries: nodes.length - 1,
      requestTimeout: options.timeoutMs || NO_TIMEOUT_MS,
      ...(options.sniffer && { sniffOnStart: true, sniffOnConnectionFault: true }),
    });
    return new Connection(client, options);
  }

  async request<T>(request: Request): Promise<T> {
    if (this.closed) throw closedError();
    try {
      return await this.send<T>(request);
    } catch (error) {
      throw this.closed ? closedError() : answerError(error);
    }
  }

  private async send<T>(request: Request, isSecondTry = false): Promise<T> {
    const { method, path, query, body, lines, timeoutMs } = request;
    const authorization = await this.credentials.header();
    try {
      const answer = await this.client.transport.request<T>(
        {
          method,
          path,
          ...(query && { querystring: query }),
          ...(body && { body }),
          ...(lines && { bulkBody: lines as (string | object)[] as string[] }),
        },
        {
          ...(authorization && { headers: { authorization } }),
          ...(timeoutMs !== undefined && { requestTimeout: timeoutMs }),
        },
      );
      return answer as T;
    } catch (error) {
      const refused = (error as { statusCode?: number }).statusCode === 401;
      if (!refused || isSecondTry || !this.credentials.areInFiles) throw error;
      this.credentials.forget();
      return this.send(request, true);
    }
  }

  /** Resolves while a server answers. */
  async check(): Promise<void> {
    await this.request({ method: 'GET', path: '/', timeoutMs: CHECK_TIMEOUT_MS });
  }

  /** The servers' major version. */
  majorVersion(): Promise<number> {
    if (this.options.version) return Promise.resolve(this.options.version);
    this.version ??= this.askVersion().catch((error: unknown) => {
      this.version = undefined;
      throw error;
    });
    return this.version;
  }

  private async askVersion(): Promise<number> {
    const { version } = await this.request<{ version: { number: string } }>({
      method: 'GET',
      path: '/',
      timeoutMs: CHECK_TIMEOUT_MS,
    });
    const major = Number.parseInt(version.number, 10);
    if (major >= 7) return major;
    throw storageError('unsupported', `the server is of version ${version.number}, before 7`);
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.client.close();
  }
}

/** Names of indices as a part of a path. */
export function pathOf(indices: readonly string[], action: string): string {
  return `/${indices.map(encodeURIComponent).join(',')}/${action}`;
}

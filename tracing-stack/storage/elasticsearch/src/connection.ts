import { Client, errors } from '@elastic/elasticsearch';
import { closeDeadline, endsBefore, tlsConnection } from '@spoor/platform';
import { answerError, closedError, storageError } from './answer-error.ts';
import { Credentials } from './credentials.ts';
import { ExactSerializer } from './exact-json.ts';
import {
  DEFAULT_SERVER,
  type ElasticsearchStoreOptions,
  REQUEST_TIMEOUT_MS,
} from './store-options.ts';

/** How long the question whether a server is there may take. */
const CHECK_TIMEOUT_MS = 5000;

/** Who is in the cluster, and where it takes requests. */
const NODES = '/_nodes/_all/http';

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
  /** One for each request: the client itself tells the signal of one whose time is over. */
  private readonly underWay = new Set<AbortController>();
  private closed = false;
  /** Whether we asked who else is in the cluster, since a server was lost last. */
  private hasSniffed = false;

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
      tls: (await tlsConnection('elasticsearch', 'es.tls', options.tls)) ?? {},
      // One try with each; who waits for an answer decides whether to go on.
      maxRetries: nodes.length - 1,
      requestTimeout: options.timeoutMs || REQUEST_TIMEOUT_MS,
    });
    return new Connection(client, options);
  }

  async request<T>(request: Request): Promise<T> {
    if (this.options.sniffer && !this.hasSniffed) void this.sniff();
    try {
      return await this.send<T>(request);
    } catch (error) {
      if (error instanceof errors.ConnectionError) this.hasSniffed = false;
      throw this.closed ? closedError() : answerError(error);
    }
  }

  /** Asks who else is in the cluster, to speak to them too. The client's own question would go without our credentials. */
  private async sniff(): Promise<void> {
    this.hasSniffed = true;
    const { serverUrls: [first = DEFAULT_SERVER] = [], logger } = this.options;
    try {
      const { nodes } = await this.send<{ nodes: object }>({ method: 'GET', path: NODES });
      const pool = this.client.connectionPool;
      const hosts = pool.nodesToHost(nodes, new URL(first).protocol);
      if (hosts.length > 0) pool.update(hosts);
    } catch (error) {
      if (this.closed) return;
      const message = 'cannot learn of other servers: requests go to those that are known';
      logger?.warn({ err: answerError(error) }, message);
    }
  }

  private async send<T>(request: Request, isSecondTry = false): Promise<T> {
    const { method, path, query, body, lines, timeoutMs } = request;
    const authorization = await this.credentials.header();
    if (this.closed) throw closedError();
    const call = new AbortController();
    this.underWay.add(call);
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
          signal: call.signal,
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
    } finally {
      this.underWay.delete(call);
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

  /** Requests under way reject. */
  async close(deadline = closeDeadline()): Promise<void> {
    this.closed = true;
    for (const call of this.underWay) call.abort();
    await endsBefore(deadline, this.client.close());
  }
}

/** Bytes of names in a path: a line of HTTP, with what else is in it, holds 4096. */
export const MOST_NAME_BYTES = 3500;

/** What a name takes in a path, with its comma. */
export function nameBytes(index: string): number {
  return encodeURIComponent(index).length + 1;
}

/** Names of indices as a part of a path. */
export function pathOf(indices: readonly string[], action: string): string {
  return `/${indices.map(encodeURIComponent).join(',')}/${action}`;
}

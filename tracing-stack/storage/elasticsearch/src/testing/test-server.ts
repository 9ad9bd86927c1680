import { randomBytes } from 'node:crypto';
import { describe, inject } from 'vitest';
import type { ElasticsearchStoreOptions } from '../store-options.ts';

const server = inject('elasticsearch');

/** Describes tests that need the server; without one they are skipped, and their title says why. */
export function describeWithServer(title: string, tests: () => void): void {
  if ('url' in server) describe(title, tests);
  else describe.skip(`${title} (skipped: ${server.missing})`, tests);
}

/** The address of the server that the project runs against. */
export function serverUrl(): string {
  if ('url' in server) return server.url;
  throw new Error(server.missing);
}

/** Asks the server as anybody could, without our client. */
export async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(serverUrl() + path, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status}: ${text}`);
  return JSON.parse(text) as T;
}

/** A prefix that no other test has. */
export function newPrefix(): string {
  return `t${randomBytes(6).toString('hex')}`;
}

/** A store that a test has for itself: small indices, nothing waits, and every span is young enough. */
export function testOptions(indexPrefix: string): ElasticsearchStoreOptions {
  return {
    serverUrls: [serverUrl()],
    indexPrefix,
    shards: 1,
    replicas: 0,
    bulk: { flushIntervalMs: 0 },
    maxSpanAgeMs: 100 * 365 * 86_400_000,
  };
}

/** Removes all indices and templates of a prefix. */
export async function removeAll(prefix: string): Promise<void> {
  const indices = await ask<{ index: string }[]>('GET', `/_cat/indices/${prefix}-*?format=json`);
  // One by one would take a change of the cluster's state each.
  const names = indices.map(({ index }) => index);
  if (names.length > 0) await ask('DELETE', `/${names.map(encodeURIComponent).join(',')}`);
  for (const path of ['_index_template', '_template']) {
    await ask('DELETE', `/${path}/${prefix}-*`).catch(notThere);
  }
}

/** Each version of the server has one kind of template. */
function notThere(error: Error): void {
  if (!error.message.includes('404')) throw error;
}

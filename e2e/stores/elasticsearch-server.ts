import type { TestProject } from 'vitest/node';
import { freePort, startServer } from './server-script.ts';

/** Tells the tests where the server of the project's version is, or why there is none. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [, major = '8'] = /(\d+)$/.exec(project.name) ?? [];
  const version = VERSIONS[major] ?? major;
  const running = process.env[`SPOOR_ELASTICSEARCH_${major}`];
  if (running) {
    project.provide('elasticsearch', { url: running, version });
    return async () => undefined;
  }
  try {
    const flags = ['--port', `${await freePort()}`, '--version', version];
    const { address, stop } = await startServer('elasticsearch', flags);
    project.provide('elasticsearch', { url: address, version });
    return stop;
  } catch (error) {
    if (process.env['CI']) throw error;
    const { message } = error as Error;
    console.info(`the tests with Elasticsearch ${major} are skipped: ${message}`);
    project.provide('elasticsearch', { missing: message });
    return async () => undefined;
  }
}

const VERSIONS: Readonly<Record<string, string>> = { '7': '7.17.29', '8': '8.8.2' };

declare module 'vitest' {
  interface ProvidedContext {
    /** `http://HOST:PORT` of an Elasticsearch for the tests, or why there is none. */
    elasticsearch:
      | { readonly url: string; readonly version: string }
      | { readonly missing: string };
  }
}

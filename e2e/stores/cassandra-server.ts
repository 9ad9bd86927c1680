import type { TestProject } from 'vitest/node';
import { freePort, startServer } from './server-script.ts';

/** Tells the tests where the server is, or why there is none. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const running = process.env['SPOOR_CASSANDRA'];
  if (running) {
    provide('cassandra', { address: running });
    return async () => undefined;
  }
  try {
    const flags = ['--port', `${await freePort()}`, '--internode-port', `${await freePort()}`];
    const { address, stop } = await startServer('cassandra', flags);
    provide('cassandra', { address });
    return stop;
  } catch (error) {
    if (process.env['CI']) throw error;
    const { message } = error as Error;
    console.info(`the tests with Cassandra are skipped: ${message}`);
    provide('cassandra', { missing: message });
    return async () => undefined;
  }
}

declare module 'vitest' {
  interface ProvidedContext {
    /** `HOST:PORT` of a Cassandra for the tests, or why there is none. */
    cassandra: { readonly address: string } | { readonly missing: string };
  }
}

import { afterAll, beforeAll, describe, test } from 'vitest';
import { expectKillsToLoseNothing, KILLS } from '../kills.ts';
import type { StoreServer } from './store-servers.ts';

/** Twenty times what a start and a round take on a quiet machine. */
const timeout = 300_000 + KILLS * 300_000;

/** What is killed again and again while spans are written to a server. */
export function describeKills(
  isMissing: boolean,
  name: string,
  open: () => Promise<StoreServer>,
): void {
  describe.skipIf(isMissing)(`what was acknowledged is in ${name}, once, after kill -9`, () => {
    let server: StoreServer;
    beforeAll(async () => {
      server = await open();
      await server.start();
    });
    afterAll(() => server?.[Symbol.asyncDispose]());

    test('of the collector', { timeout }, () => expectKillsToLoseNothing(server.flags));

    test('of the server', { timeout }, () => expectKillsToLoseNothing(server.flags, server));
  });
}

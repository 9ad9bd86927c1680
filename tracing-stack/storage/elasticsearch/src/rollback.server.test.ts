import { setTimeout as sleep } from 'node:timers/promises';
import { silentLogger } from '@spoor/platform';
import { afterEach, expect, it, vi } from 'vitest';
import { sendBulk } from './bulk-request.ts';
import { Connection } from './connection.ts';
import { Rollback, STORED_VERSION } from './rollback.ts';
import { describeWithServer, newPrefix, removeAll, testOptions } from './testing/test-server.ts';

describeWithServer('what is taken back', () => {
  const prefix = newPrefix();
  afterEach(() => removeAll(prefix));

  it.each(['was there', 'was not there yet'])(
    'and %s does not come back by a request that is carried out late',
    async (then) => {
      const connection = await Connection.of(testOptions(prefix));
      const index = `${prefix}-spans`;
      const id = then.replaceAll(' ', '-');
      const document = { index, id, version: STORED_VERSION, json: '{}' };
      const count = async () => {
        await connection.request({ method: 'POST', path: `/${index}/_refresh` });
        const path = `/${index}/_count`;
        return (await connection.request<{ count: number }>({ method: 'GET', path })).count;
      };
      if (then === 'was there') {
        await sendBulk(connection, [document], 30_000);
        expect(await count()).toBe(1);
      }
      const rollback = new Rollback(connection, silentLogger);
      rollback.add([{ index, id }]);
      await vi.waitFor(async () => expect(await count()).toBe(0), { timeout: 30_000 });
      await sleep(100);
      await sendBulk(connection, [document], 30_000);
      expect(await count()).toBe(0);
      await rollback.close(AbortSignal.timeout(30_000));
      await connection.close(AbortSignal.timeout(30_000));
    },
  );
});

import { StorageError } from '@spoor/storage-api';
import { expect, test } from 'vitest';
import { StoreLog } from './store-log.ts';

test('that the store is away is told once, and once that it is back', () => {
  const lines: unknown[] = [];
  const log = (fields: object, text: string) => void lines.push({ ...fields, text });
  const logger = { debug: log, info: log, warn: log, error: log };
  let now = 0;
  const store = new StoreLog(logger, () => now);
  store.stored();
  store.failed(new Error('no batch'));
  store.failed(new StorageError('corrupt', 'this batch alone'));
  expect(lines).toEqual([]);
  for (const code of ['unavailable', 'full'] as const) {
    store.failed(new StorageError(code, '[x] is away'));
    store.stored();
  }
  const away = {
    reason: '[x] is away',
    text: 'the store takes nothing: senders are told to come again',
  };
  expect(lines).toEqual([away]);
  now = 4999;
  store.stored();
  expect(lines).toEqual([away]);
  now = 5000;
  store.stored();
  store.stored();
  expect(lines).toEqual([away, { text: 'the store takes spans again' }]);
  store.failed(new StorageError('full', '[x] is away'));
  expect(lines).toHaveLength(3);
});

import { expect, test } from 'vitest';
import { dropsInTable } from './kernel-drops.ts';

const TABLE = `
   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
  100: 0100007F:1AAF 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 11111 2 0000000000000000 42
  101: 0100007F:1AB0 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 22222 2 0000000000000000 7
`;

test.each([
  [6831, 42],
  [6832, 7],
  [6833, undefined],
])('drops at port %d', (port, drops) => {
  expect(dropsInTable(TABLE, port)).toBe(drops);
});

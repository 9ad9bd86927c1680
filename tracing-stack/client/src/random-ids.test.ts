import { expect, test } from 'vitest';
import { createRandomId } from './random-ids.ts';

test('ids are 16 hex digits and all different', () => {
  const randomId = createRandomId();
  const ids = Array.from({ length: 1000 }, randomId);
  expect(ids.filter((id) => /^[0-9a-f]{16}$/.test(id))).toHaveLength(1000);
  expect(new Set(ids).size).toBe(1000);
});

test('zero, which means no id, is never given', () => {
  let fills = 0;
  const randomId = createRandomId((pool) => pool.fill(fills++ === 0 ? 0 : 0xab));
  expect(randomId()).toBe('abababababababab');
});

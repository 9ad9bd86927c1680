import { expect, test } from 'vitest';
import { wireFlags } from './wire-flags.ts';

const flag = wireFlags(4096)['wire.memory-bytes'];

test('takes what a process can have in one piece', () => {
  expect(flag.default).toBe('4096');
  expect(flag.parse('0')).toBe(0);
  expect(flag.parse('1073741824')).toBe(1_073_741_824);
  expect(() => flag.parse('1073741825')).toThrow('expected at most 1073741824');
  expect(() => flag.parse('-1')).toThrow(RangeError);
});

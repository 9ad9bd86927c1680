import { describe, expect, test } from 'vitest';
import { formatHostPort, parseHostPort } from './host-port.ts';

describe('an address is read', () => {
  test.each([
    ['127.0.0.1:6831', {}, { host: '127.0.0.1', port: 6831 }],
    ['localhost:1', {}, { host: 'localhost', port: 1 }],
    ['[::1]:14250', {}, { host: '::1', port: 14250 }],
    [':14269', {}, { host: '', port: 14269 }],
    [':14269', { host: '127.0.0.1' }, { host: '127.0.0.1', port: 14269 }],
    ['collector', { port: 14250 }, { host: 'collector', port: 14250 }],
    ['collector:1', { host: 'other', port: 2 }, { host: 'collector', port: 1 }],
    [':0', {}, { host: '', port: 0 }],
    [':65535', {}, { host: '', port: 65535 }],
  ] as const)('%s with defaults %o', (text, defaults, expected) => {
    expect(parseHostPort(text, defaults)).toEqual(expected);
  });
});

describe('what is no address is refused with the reason', () => {
  test.each([
    ['', 'expected HOST:PORT or :PORT, got ""'],
    ['6831', 'expected HOST:PORT or :PORT, got "6831"'],
    ['host', 'expected HOST:PORT or :PORT, got "host"'],
    ['host:', 'expected HOST:PORT or :PORT, got "host:"'],
    ['host:http', 'expected HOST:PORT or :PORT, got "host:http"'],
    ['host:-1', 'expected HOST:PORT or :PORT, got "host:-1"'],
    ['1:2:3', 'expected HOST:PORT or :PORT, got "1:2:3"'],
    ['::1:80', 'expected HOST:PORT or :PORT, got "::1:80"'],
    ['a b:80', 'expected HOST:PORT or :PORT, got "a b:80"'],
    [':65536', 'port 65536 is above 65535'],
  ])('%j', (text, message) => {
    expect(() => parseHostPort(text)).toThrow(new RangeError(message));
  });
});

test.each(['127.0.0.1:6831', '[::1]:14250', ':14269'])('%s is written as it was read', (text) => {
  expect(formatHostPort(parseHostPort(text))).toBe(text);
});

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { hostIp, processTags } from './process-tags.ts';
import { recordingLosses } from './testkit/recording-losses.ts';
import { CLIENT_VERSION } from './version.ts';

const keysOf = (tags: ReturnType<typeof processTags>) => tags.map(({ key }) => key);

test('a process has the four tags of every Jaeger client, in their order', () => {
  expect(keysOf(processTags(recordingLosses()))).toEqual([
    'jaeger.version',
    'hostname',
    'ip',
    'client-uuid',
  ]);
});

test('each tracer has a client-uuid of its own', () => {
  expect(processTags(recordingLosses()).at(-1)).not.toEqual(processTags(recordingLosses()).at(-1));
});

test('own tags come first, and replace hostname and ip but not what identifies the client', () => {
  const tags = processTags(recordingLosses(), {
    zone: 1,
    ip: '192.0.2.7',
    'jaeger.version': 'mine',
  });
  expect(tags).toContainEqual({ key: 'ip', type: 'string', value: '192.0.2.7' });
  expect(tags).toContainEqual({ key: 'jaeger.version', type: 'string', value: CLIENT_VERSION });
  expect(keysOf(tags)[0]).toBe('zone');
  expect(tags).toHaveLength(5);
});

test('the ip is the first IPv4 address that others see, else loopback', () => {
  const lo = [{ address: '127.0.0.1', family: 'IPv4' as const, internal: true }];
  const eth0 = [
    { address: '2001:db8::1', family: 'IPv6' as const, internal: false },
    { address: '192.0.2.9', family: 'IPv4' as const, internal: false },
  ];
  expect(hostIp({ lo, eth0 })).toBe('192.0.2.9');
  expect(hostIp({ lo })).toBe('127.0.0.1');
});

test('the version is that of the package', () => {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  expect(CLIENT_VERSION).toBe(`Spoor-${JSON.parse(manifest).version}`);
});

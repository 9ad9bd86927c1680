import { expect, test } from 'vitest';
import { createLogger } from './logger.ts';

test('a log line is a JSON object with time, level, name and fields; lower levels are left out', () => {
  const lines: string[] = [];
  const logger = createLogger({ name: 'agent', destination: { write: (l) => void lines.push(l) } });
  logger.debug({}, 'not shown');
  logger.info({ port: 6831 }, 'listening');
  expect(lines).toHaveLength(1);
  const line = JSON.parse(lines[0] as string) as { time: string };
  expect(line).toMatchObject({ level: 'info', name: 'agent', port: 6831, msg: 'listening' });
  expect(new Date(line.time).toISOString()).toBe(line.time);
});

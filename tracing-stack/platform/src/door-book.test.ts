import { expect, test } from 'vitest';
import { DoorBook } from './door-book.ts';

test('spans are counted by door and service, and the client is asked once a minute', () => {
  let now = 0;
  let asked = 0;
  const book = new DoorBook(() => now);
  const client = (name: string | undefined) => () => {
    asked++;
    return name;
  };
  book.note('UDP 6831', 'shop', 3, client('Go-2.30.0'));
  book.note('UDP 6831', 'shop', 4, client('never asked'));
  book.note('UDP 6832', 'shop', 1, client(undefined));
  now = 60_000;
  book.note('UDP 6831', 'shop', 1, client('Go-2.31.0'));
  expect(book.list()).toEqual([
    { door: 'UDP 6831', service: 'shop', client: 'Go-2.31.0', spans: 8, lastSeen: 60_000 },
    { door: 'UDP 6832', service: 'shop', client: undefined, spans: 1, lastSeen: 0 },
  ]);
  expect(asked).toBe(3);
});

test('services that never end are counted together', () => {
  const book = new DoorBook();
  for (let i = 0; i < 5000; i++) book.note('UDP 6831', `service-${i}`, 1, () => undefined);
  const list = book.list();
  expect(list.length).toBe(1001);
  expect(list.find(({ service }) => service === '(others)')?.spans).toBe(4000);
});

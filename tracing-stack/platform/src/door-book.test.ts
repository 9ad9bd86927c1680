import { expect, test } from 'vitest';
import { DoorBook } from './door-book.ts';

test('spans are counted by door and service, and the client is asked once a minute', () => {
  let now = 0;
  let elapsed = 0;
  let asked = 0;
  const book = new DoorBook(
    () => now,
    () => elapsed,
  );
  const client = (name: string | undefined) => () => {
    asked++;
    return name;
  };
  book.note('UDP 6831', 'shop', 3, client('Go-2.30.0'));
  book.note('UDP 6831', 'shop', 4, client('never asked'));
  book.note('UDP 6832', 'shop', 1, client(undefined));
  // The clock was set back meanwhile.
  now = -3_600_000;
  elapsed = 60_000;
  book.note('UDP 6831', 'shop', 1, client('Go-2.31.0'));
  expect(book.list()).toEqual([
    { door: 'UDP 6831', service: 'shop', client: 'Go-2.31.0', spans: 8, lastSeen: -3_600_000 },
    { door: 'UDP 6832', service: 'shop', client: undefined, spans: 1, lastSeen: 0 },
  ]);
  expect(asked).toBe(3);
});

test('a service whose name is too long is counted with the others, and such a client says nothing', () => {
  const book = new DoorBook();
  for (const letter of 'ab') book.note('UDP 6831', letter.repeat(257), 1, () => letter.repeat(257));
  book.note('UDP 6831', 'c'.repeat(256), 1, () => 'd'.repeat(256));
  expect(book.list()).toMatchObject([
    { service: '(others)', client: undefined, spans: 2 },
    { service: 'c'.repeat(256), client: 'd'.repeat(256), spans: 1 },
  ]);
});

test('services that never end are counted together', () => {
  const book = new DoorBook();
  for (let i = 0; i < 5000; i++) book.note('UDP 6831', `service-${i}`, 1, () => undefined);
  const list = book.list();
  expect(list.length).toBe(1001);
  expect(list.find(({ service }) => service === '(others)')?.spans).toBe(4000);
});

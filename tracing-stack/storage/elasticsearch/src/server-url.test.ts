import { expect, it, test } from 'vitest';
import { parseServerUrls } from './server-url.ts';

it('addresses stand by commas or in lines', () => {
  const urls = ['http://one:9200', 'https://user:secret@two'];
  expect(parseServerUrls(urls.join(', '))).toEqual(urls);
  expect(parseServerUrls(urls.join('\n'))).toEqual(urls);
});

test.each([
  ['', '""'],
  ['one:9200', '"one:9200"'],
  ['http://one:9200,two:9200', '"two:9200"'],
  ['http://one:port', '"http://one:port"'],
  ['elastic:SECRET@one:9200', 'what may hold a password'],
  ['https://elastic:SEC,RET@one:9200', 'what may hold a password'],
])('%j is none', (text, shown) => {
  expect(() => parseServerUrls(text)).toThrow(
    new RangeError(`expected http://HOST:PORT, got ${shown}`),
  );
});

import { beforeAll, expect, test, vi } from 'vitest';

let served: typeof import('./lessons-served.ts');
beforeAll(async () => {
  // location.ts reads where the page is.
  vi.stubGlobal('document', { URL: 'http://host/base/search', baseURI: 'http://host/base/' });
  served = await import('./lessons-served.ts');
});

test.each([
  ['JSON', async () => Response.json({ lessons: [] }), true],
  [
    'the page itself',
    async () => new Response('', { headers: { 'content-type': 'text/html' } }),
    false,
  ],
  ['an error', async () => Response.json({}, { status: 500 }), false],
  [
    'nothing',
    async () => {
      throw new TypeError('Failed to fetch');
    },
    false,
  ],
] as const)('a server that answers %s: lessons %s', async (_what, answer, isServed) => {
  const asked: string[] = [];
  await served.lookForLessons(async (url) => {
    asked.push(String(url));
    return answer();
  });
  expect(served.lessonsServed.value).toBe(isServed);
  expect(asked).toEqual(['http://host/base/api/lessons']);
});

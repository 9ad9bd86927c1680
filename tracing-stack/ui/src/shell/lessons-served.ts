import { signal } from '@preact/signals';
import { base } from './location.ts';

/** Whether this server carries the lessons: `npm start` does, a stack alone does not. */
export const lessonsServed = signal(false);

/** A stack without lessons answers with the page itself, as it does for every address that it does not know. */
export async function lookForLessons(fetch = globalThis.fetch): Promise<void> {
  try {
    const { ok, headers } = await fetch(new URL('api/lessons', base), { method: 'HEAD' });
    lessonsServed.value = ok && (headers.get('content-type') ?? '').includes('json');
  } catch {
    // Nobody answers: the page that is shown says so.
  }
}

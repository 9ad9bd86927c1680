import { parseTraceId } from '@spoor/model';

/** The page that an address names. Addresses are Jaeger's, so that links to it work here. */
export type Route =
  | { readonly page: 'search' }
  | { readonly page: 'trace'; readonly traceId: string }
  /** Two traces; an id is empty if it is to be chosen yet. */
  | { readonly page: 'compare'; readonly a: string; readonly b: string }
  | { readonly page: 'dependencies' }
  | { readonly page: 'monitor' }
  /** Without a number: the list of lessons. */
  | { readonly page: 'learn'; readonly lesson?: number }
  | { readonly page: 'missing' };

/** @param basePath what comes before the route; begins and ends with a slash. */
export function routeOf(pathname: string, basePath: string): Route {
  if (!`${pathname}/`.startsWith(basePath)) return { page: 'missing' };
  const [page = '', id = '', ...more] = pathname
    .slice(basePath.length)
    .replace(/\/$/, '')
    .split('/');
  if (page === '' || (page === 'search' && id === '')) return { page: 'search' };
  if ((page === 'dependencies' || page === 'monitor') && id === '') return { page };
  if (page === 'learn' && more.length === 0) {
    if (id === '') return { page };
    if (/^\d{1,2}$/.test(id)) return { page, lesson: Number(id) };
  }
  const traceId = page === 'trace' && more.length === 0 ? decoded(id) : '';
  const [a = '', b] = traceId.split('...');
  if (b !== undefined) return { page: 'compare', a, b };
  return traceId === '' ? { page: 'missing' } : { page: 'trace', traceId };
}

/** A trace id in canonical spelling, out of what a person pasted: an id, `trace:span:parent:flags`, or a link. */
export function pastedTraceId(pasted: string): string | undefined {
  const [, linked] = /\/trace\/([^/?#]+)/.exec(pasted) ?? [];
  return parseTraceId((linked ?? pasted).trim().split(':')[0] ?? '');
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // A stray % is a wrong id like any other: the server is asked, and says so.
    return part;
  }
}

import type { Request, Response } from 'express';

/**
 * Sends whoever asks for `//api/services` or `/api/./services` to the clean path, with 301 and the same parameters, as
 * the router of Jaeger's query does.
 */
export function redirectToCleanPath(request: Request, response: Response, next: () => void): void {
  const [path = '', ...query] = request.url.split('?');
  const clean = cleanPath(path);
  if (clean === path) next();
  else
    response
      .status(301)
      .setHeader('Location', [clean, ...query].join('?'))
      .end();
}

/** Without empty, `.` and `..` parts; a slash at the end stays. What is no path (`*`) is left as it is. */
export function cleanPath(path: string): string {
  if (!path.startsWith('/') || !/\/(?:\/|\.{1,2}(?:\/|$))/.test(path)) return path;
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  const end = path.endsWith('/') && parts.length > 0 ? '/' : '';
  // To a browser `/\host` is another host.
  return `/${parts.join('/')}${end}`.replaceAll('\\', '%5C');
}

import { DEFAULT_HOST, formatHostPort } from '@spoor/platform';

/** Where somebody on this machine asks what listens on `host`: one that stands for every interface is no address to ask. */
export function askedHost(host: string | undefined): string {
  if (host === undefined || host === '' || host === '0.0.0.0') return DEFAULT_HOST;
  return host === '::' ? '::1' : host;
}

/** Without a slash at the end. For this machine's own address the name by which people know it. */
export function urlOf(host: string | undefined, port: number, basePath = ''): string {
  const asked = askedHost(host);
  const named = asked === DEFAULT_HOST ? 'localhost' : asked;
  return `http://${formatHostPort({ host: named, port })}${basePath}`;
}

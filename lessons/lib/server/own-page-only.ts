import type { IncomingMessage } from 'node:http';

/**
 * Why a request that sets something going is refused; `undefined` if it may. Programs are run at its word, so only
 * pages that this server itself served may ask: `Host` is this machine's own name (else a foreign name was made to
 * point here: DNS rebinding), and `Origin`, which browsers send along, is the same place (else another site asks).
 */
export function whyForeign({ headers }: Pick<IncomingMessage, 'headers'>): string | undefined {
  const { host, origin } = headers;
  const here = URL.canParse(`http://${host}`) ? new URL(`http://${host}`) : undefined;
  if (!host || !here || here.host !== host.toLowerCase().replace(/:80$/, ''))
    return 'Host names no place';
  if (!isLoopback(here.hostname)) return `Host is ${host}, not this machine`;
  if (origin === undefined) return undefined;
  const there = URL.canParse(origin) ? new URL(origin) : undefined;
  if (there?.host !== here.host) return `Origin is ${origin}, not ${host}`;
  return undefined;
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d+){3}$/.test(hostname);
}

import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/**
 * Why a request is refused that a page of another site may have sent; `undefined` if it may ask. `Host` is this machine's
 * own name or an address (a foreign name was made to point here: DNS rebinding, with which another site could read what
 * the learner did), and `Origin`, which browsers send along, is the same place (else another site asks).
 */
export function whyForeign({ headers }: Pick<IncomingMessage, 'headers'>): string | undefined {
  const { host, origin } = headers;
  const here = URL.canParse(`http://${host}`) ? new URL(`http://${host}`) : undefined;
  if (!host || !here || here.host !== host.toLowerCase().replace(/:80$/, ''))
    return 'Host names no place';
  if (!isOwnName(here.hostname)) return `Host is ${host}, not this machine`;
  // With its scheme: another program may serve https on the same name.
  if (origin !== undefined && origin !== here.origin)
    return `Origin is ${origin}, not ${here.origin}`;
  return undefined;
}

/**
 * Why a request that runs programs is refused: it came over the network, where `Host` can be anything. `undefined` if it
 * came from this machine.
 */
export function whyRemote(address: string | undefined): string | undefined {
  if (address !== undefined && LOOPBACK.test(address)) return undefined;
  return `asked from ${address ?? 'nowhere'}; programs are run only for who asks from this machine`;
}

/** As a socket tells it: IPv4 on a socket of IPv6 is `::ffff:127.0.0.1`. */
const LOOPBACK = /^(?:::ffff:)?127(?:\.\d+){3}$|^::1$/;

/** Nobody can make an address point elsewhere. */
function isOwnName(hostname: string): boolean {
  return hostname === 'localhost' || isIP(hostname.replace(/^\[(.*)\]$/, '$1')) !== 0;
}

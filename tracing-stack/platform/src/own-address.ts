import { lookup } from 'node:dns/promises';
import { networkInterfaces } from 'node:os';
import type { HostPort } from './host-port.ts';

/** Whether who connects to `asked` comes to what listens on `own`, by whatever name. */
export async function isOwnAddress(asked: HostPort, own: HostPort): Promise<boolean> {
  if (asked.port !== own.port) return false;
  const listening = await addressesOf(own.host);
  const isEverywhere = own.host === '' || listening.some(isWildcard);
  const isHere = (address: string) =>
    isEverywhere ? isOfThisMachine(address) : listening.includes(address);
  return (await addressesOf(asked.host)).some((address) => isHere(address) || isWildcard(address));
}

/** None for a name that nobody knows now: then it is not this machine's. */
async function addressesOf(host: string): Promise<string[]> {
  if (host === '') return [];
  const found = await lookup(host, { all: true }).catch(() => []);
  return found.map(({ address }) => withoutMapping(address));
}

/** `::ffff:127.0.0.1`, or `::ffff:7f00:1` as it is also written, is 127.0.0.1 to who speaks IPv6. */
function withoutMapping(address: string): string {
  const [, dotted, high, low] =
    /^::ffff:(?:([\d.]+)|([\da-f]{1,4}):([\da-f]{1,4}))$/i.exec(address) ?? [];
  if (dotted !== undefined || high === undefined || low === undefined) return dotted ?? address;
  return [high, low]
    .map((half) => Number.parseInt(half, 16))
    .flatMap((half) => [half >> 8, half & 0xff])
    .join('.');
}

/** To listen on it is to listen everywhere, and to connect to it is to connect to this machine. */
function isWildcard(address: string): boolean {
  return address === '0.0.0.0' || address === '::';
}

function isOfThisMachine(address: string): boolean {
  if (address.startsWith('127.')) return true;
  const interfaces = Object.values(networkInterfaces()).flatMap((found) => found ?? []);
  return interfaces.some((own) => own.address === address);
}

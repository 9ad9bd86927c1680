import { isIPv4, isIPv6 } from 'node:net';

/** An address of 32 bits as text. */
export function ipv4Text(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 0xff).join('.');
}

/** An address of four bytes as text; empty if there are none, hex if it is no address. */
export function ipv4BytesText(bytes: Uint8Array): string {
  return bytes.length === 4 ? bytes.join('.') : hex(bytes);
}

/** An address of 16 bytes as text, in its short form; empty if there are none, hex if it is no address. */
export function ipv6Text(bytes: Uint8Array): string {
  if (bytes.length !== 16) return hex(bytes);
  const groups = Array.from({ length: 8 }, (_, i) =>
    (((bytes[2 * i] as number) << 8) | (bytes[2 * i + 1] as number)).toString(16),
  );
  return shortIpv6(groups.join(':'));
}

/** An address as it was written, in the usual form; what is no address stays as it is. */
export function addressText(text: string): string {
  return isIPv6(text) && !text.includes('%') && !isIPv4(text) ? shortIpv6(text) : text;
}

/** The form of RFC 5952; an IPv4 address in IPv6's clothes is one of IPv4, as Go prints it. */
function shortIpv6(text: string): string {
  const short = new URL(`http://[${text}]`).hostname.slice(1, -1);
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(short);
  if (mapped === null) return short;
  const [high, low] = mapped.slice(1).map((group) => Number.parseInt(group, 16));
  return ipv4Text((((high ?? 0) << 16) | (low ?? 0)) >>> 0);
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

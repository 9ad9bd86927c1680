import { ConfigurationError } from './configuration-error.ts';
import { parsePort } from './setting-values.ts';
import type { Setting } from './settings.ts';

export const LOOPBACK = '127.0.0.1';

export interface HostPort {
  readonly host: string;
  readonly port: number;
}

/** `HOST:PORT`, `[IPV6]:PORT` or `:PORT`, which to a client means this machine. */
export function parseHostPort(text: string, setting: string): HostPort {
  const parts = /^(?:\[(?<ipv6>[^\]]+)\]|(?<name>[^:/]*)):(?<port>[^:/]*)$/.exec(text)?.groups;
  if (!parts) {
    throw new ConfigurationError('invalid', `${setting} must be HOST:PORT, not '${text}'`);
  }
  const host = parts['ipv6'] || parts['name'] || LOOPBACK;
  return { host, port: parsePort(parts['port'] ?? '', setting) };
}

/** The URL of a setting that may be but `HOST:PORT`. `path` where it names none. */
export function endpointOf({ value, name }: Setting, path: string): URL {
  const text = String(value);
  if (!/^https?:\/\//i.test(text)) {
    if (text.includes('/')) throw notAnEndpoint(name, text);
    return urlOf(parseHostPort(text, name), path);
  }
  try {
    const url = new URL(text);
    if (url.pathname === '/') url.pathname = path;
    return url;
  } catch (cause) {
    throw Object.assign(notAnEndpoint(name, text), { cause });
  }
}

export function urlOf({ host, port }: HostPort, path: string): URL {
  const name = host.includes(':') ? `[${host}]` : host;
  return new URL(path, `http://${name}:${port}`);
}

function notAnEndpoint(name: string, text: string): ConfigurationError {
  return new ConfigurationError('invalid', `${name} must be a URL or HOST:PORT, not '${text}'`);
}

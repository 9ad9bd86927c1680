/** Where a server listens or a client connects. An empty host means every interface, IPv4 and IPv6. */
export interface HostPort {
  readonly host: string;
  readonly port: number;
}

/** What `parseHostPort` takes for the half that is left out. */
export interface HostPortDefaults {
  /** For `:PORT`. Every interface unless given, as in Jaeger. */
  readonly host?: string;
  /** For `HOST` alone, which is an error unless given. */
  readonly port?: number;
}

/** `HOST:PORT`, `[IPv6]:PORT` or `:PORT`. */
const HOST_PORT = /^(?:\[([^\]]+)\]|([^:[\]\s]*))(?::(\d{1,5}))?$/;

/** Reads `HOST:PORT`, `[IPv6]:PORT` or `:PORT`; port 0 takes any free port. Throws `RangeError` with the reason. */
export function parseHostPort(text: string, defaults: HostPortDefaults = {}): HostPort {
  const match = HOST_PORT.exec(text);
  const port = match?.[3] === undefined ? defaults.port : Number(match[3]);
  if (match === null || text === '' || port === undefined) {
    throw new RangeError(`expected HOST:PORT or :PORT, got "${text}"`);
  }
  if (port > 65535) throw new RangeError(`port ${port} is above 65535`);
  return { host: match[1] ?? (match[2] || defaults.host || ''), port };
}

/** The text that `parseHostPort` reads back. */
export function formatHostPort({ host, port }: HostPort): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

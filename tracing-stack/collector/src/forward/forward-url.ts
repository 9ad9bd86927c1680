import { COLLECTOR_OTLP_GRPC_PORT, type Flag } from '@spoor/platform';

/** Where to forward to. */
export type ForwardTarget =
  | { readonly type: 'http'; readonly url: URL }
  | { readonly type: 'grpc'; readonly address: string; readonly isSecure: boolean };

const PATH = '/v1/traces';

/** An URL whose scheme says how: `http` and `https` for proto over HTTP, `grpc` and `grpcs` for gRPC. Nowhere unless given. */
export function forwardUrlFlag(help: string): Flag<ForwardTarget | undefined> {
  return { help, default: '', parse: (text) => (text === '' ? undefined : forwardTarget(text)) };
}

/** Throws a `RangeError` for what is no such URL. */
export function forwardTarget(text: string): ForwardTarget {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && (url.username !== '' || url.password !== '')) {
    throw new RangeError('an URL has no user and password here: give them as a header');
  }
  switch (url?.protocol) {
    case 'http:':
    case 'https:':
      if (!url.pathname.endsWith(PATH)) url.pathname = url.pathname.replace(/\/?$/, PATH);
      return { type: 'http', url };
    case 'grpc:':
    case 'grpcs:': {
      const port = url.port === '' ? COLLECTOR_OTLP_GRPC_PORT : url.port;
      const isSecure = url.protocol === 'grpcs:';
      if (url.hostname === '') break;
      return { type: 'grpc', address: `${url.hostname}:${port}`, isSecure };
    }
  }
  throw new RangeError(
    `expected an URL such as http://127.0.0.1:4318 or grpc://127.0.0.1:4317, got "${text}"`,
  );
}

/** `name=value`, separated by commas, as OTEL_EXPORTER_OTLP_HEADERS has them. */
export function headersFlag(help: string): Flag<ReadonlyMap<string, string>> {
  return {
    help,
    default: '',
    parse: (text) =>
      new Map(
        text
          .split(',')
          .filter((one) => one.trim() !== '')
          .map((one) => {
            const at = one.indexOf('=');
            if (at < 1) throw new RangeError(`expected name=value, got "${one}"`);
            return [one.slice(0, at).trim(), one.slice(at + 1).trim()];
          }),
      ),
  };
}

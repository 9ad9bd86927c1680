import {
  DEFAULT_HOST,
  type Flag,
  hostPortFlag,
  QUERY_ADMIN_PORT,
  QUERY_HTTP_PORT,
  textFlag,
} from '@spoor/platform';

/** The flags of the query service, which every program that contains it takes. */
export const queryFlags = {
  'query.http-server.host-port': hostPortFlag(
    { host: DEFAULT_HOST, port: QUERY_HTTP_PORT },
    'Where the query API and the UI are served',
  ),
  'query.base-path': basePathFlag(
    'Path below which all is served, such as /jaeger, for a proxy in front',
  ),
  'query.static-files': textFlag('', 'Folder of another UI to serve in place of the own one'),
};

/** Where health and metrics are served when the query service is a program of its own. */
export const queryAdminFlag = hostPortFlag(
  { host: DEFAULT_HOST, port: QUERY_ADMIN_PORT },
  'Where health and metrics are served',
);

/** Empty, or a path that starts with a slash and does not end with one. `/` counts as empty, as in Jaeger. */
function basePathFlag(help: string): Flag<string> {
  return {
    help,
    default: '/',
    parse(text) {
      if (text === '' || text === '/') return '';
      if (!/^(?:\/[\w.~-]+)+$/.test(text))
        throw new RangeError(`expected a path such as /jaeger, got "${text}"`);
      return text;
    },
  };
}

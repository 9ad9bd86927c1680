import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  DEFAULT_HOST,
  durationFlag,
  type Flag,
  type FlagValues,
  type HostPort,
  hostPortFlag,
  parseHostPort,
  QUERY_GRPC_PORT,
  QUERY_HTTP_PORT,
  textFlag,
  textsFlag,
} from '@spoor/platform';
import type { QueryOptions } from './query.ts';
import { remoteSource } from './wire/remote-source.ts';

/** The flags of the query service, which every program that contains it takes. */
export const queryFlags = {
  'query.http-server.host-port': hostPortFlag(
    { host: DEFAULT_HOST, port: QUERY_HTTP_PORT },
    'Where the query API and the UI are served',
  ),
  'query.grpc-server.host-port': hostPortFlag(
    { host: DEFAULT_HOST, port: QUERY_GRPC_PORT },
    'Where the query API is served (gRPC)',
  ),
  'query.base-path': basePathFlag(
    'Path below which all is served, such as /jaeger, for a proxy in front',
  ),
  'query.static-files': folderFlag('Folder of another UI to serve in place of the own one'),
  'query.ui-config': textFlag(
    '',
    "File of settings for Jaeger's own UI (--query.static-files), .json or .js, as Jaeger documents them",
  ),
  'query.max-clock-skew-adjustment': durationFlag(
    '0s',
    'By how much at most spans are moved whose clock disagrees with their caller; 0s moves none',
  ),
  'query.wire-sources': addressesFlag(
    'Admin ports of agents and collectors that keep messages (--wire.memory-bytes), HOST:PORT, separated by commas',
  ),
  'query.additional-headers': headersFlag(
    'Header "Name: value" to send with every answer; may be given several times',
  ),
};

/** What the flags ask `startQuery` for, beside where to listen. */
export function queryOptions(
  flags: FlagValues<typeof queryFlags>,
): Pick<
  QueryOptions,
  'basePath' | 'uiDirectory' | 'uiConfigFile' | 'maxClockSkew' | 'additionalHeaders' | 'wireSources'
> {
  const uiDirectory = flags['query.static-files'];
  const uiConfigFile = flags['query.ui-config'];
  return {
    basePath: flags['query.base-path'],
    ...(uiDirectory !== '' && { uiDirectory }),
    ...(uiConfigFile !== '' && { uiConfigFile }),
    maxClockSkew: flags['query.max-clock-skew-adjustment'],
    additionalHeaders: flags['query.additional-headers'],
    wireSources: flags['query.wire-sources'].map(remoteSource),
  };
}

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

/** None, or some, separated by commas, or as a list in a file. */
function addressesFlag(help: string): Flag<HostPort[]> {
  const { parse } = textsFlag(help);
  return {
    help,
    default: '',
    parse: (text) => parse(text).map((one) => parseHostPort(one, { host: DEFAULT_HOST })),
  };
}

/** Empty, or the absolute path of a folder that is there. */
function folderFlag(help: string): Flag<string> {
  return {
    help,
    default: '',
    parse(text) {
      if (text !== '' && !statSync(text, { throwIfNoEntry: false })?.isDirectory())
        throw new RangeError(`expected a folder, got "${text}"`);
      return text && resolve(text);
    },
  };
}

/** One `Name: value` a line. Values of one name are joined by commas, as in Jaeger. */
function headersFlag(help: string): Flag<ReadonlyMap<string, string>> {
  return {
    help,
    default: '',
    repeatable: true,
    parse(text) {
      const headers = new Map<string, string>();
      for (const line of text.split('\n').filter((one) => one.trim() !== '')) {
        const [, name = '', value = ''] = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*(.*)$/.exec(line) ?? [];
        if (name === '') throw new RangeError(`expected "Name: value", got "${line}"`);
        if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value))
          throw new RangeError(`no header can hold the value of "${line}"`);
        const known = headers.get(name.toLowerCase());
        headers.set(
          name.toLowerCase(),
          known === undefined ? value.trim() : `${known},${value.trim()}`,
        );
      }
      return headers;
    },
  };
}

import { type FlagValues, switchFlag, textFlag } from '@spoor/platform';
import type { ElasticsearchStoreOptions } from './store-options.ts';

/** By which a program says how it trusts the servers, and how they may trust it. */
export const tlsFlags = {
  'es.tls.enabled': switchFlag('Whether the files below are used with https addresses'),
  'es.tls.ca': textFlag('', 'PEM file of whom to trust; the system unless given'),
  'es.tls.cert': textFlag('', 'PEM file of the own certificate, if it is asked for'),
  'es.tls.key': textFlag('', 'PEM file of its key'),
  'es.tls.server-name': textFlag(
    '',
    "Name that the server's certificate holds, if not the address's",
  ),
  'es.tls.skip-host-verify': switchFlag('Whether any certificate will do'),
};

/** What they say. */
export function tlsOf(
  flags: FlagValues<typeof tlsFlags>,
): NonNullable<ElasticsearchStoreOptions['tls']> {
  return {
    enabled: flags['es.tls.enabled'],
    ca: flags['es.tls.ca'],
    cert: flags['es.tls.cert'],
    key: flags['es.tls.key'],
    serverName: flags['es.tls.server-name'],
    skipHostVerify: flags['es.tls.skip-host-verify'],
  };
}

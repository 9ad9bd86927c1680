import { type FlagValues, integerFlag, switchFlag, textFlag, UserError } from '@spoor/platform';
import { parseServerUrls } from '../server-url.ts';
import type { ElasticsearchStoreOptions } from '../store-options.ts';
import { tlsFlags, tlsOf } from '../tls-flags.ts';

/** How a program that takes care of indices speaks to the cluster. */
export type MaintenanceOptions = Pick<
  ElasticsearchStoreOptions,
  'serverUrls' | 'username' | 'password' | 'passwordFile' | 'tokenFile' | 'tls' | 'timeoutMs'
>;

/** The flags of Jaeger's own programs for it, and two more ways to say who asks. */
export const maintenanceFlags = {
  'index-prefix': textFlag('', 'Stands before the names of all indices, with a dash'),
  archive: switchFlag('Whether it is about the indices of the archive that a rollover made'),
  timeout: integerFlag(120, 'Seconds that a request may take', 1),
  'es.username': textFlag('', 'User name, if the servers ask for one'),
  'es.password': textFlag('', 'Password of that user'),
  'es.password-file': textFlag('', 'File with the password'),
  'es.token-file': textFlag('', 'File with a bearer token'),
  ...tlsFlags,
};

/** What the flags and the address on the command line of a program say. Throws `UserError`. */
export function maintenanceOptions(
  component: string,
  serverUrl: string,
  flags: FlagValues<typeof maintenanceFlags>,
): MaintenanceOptions {
  return {
    serverUrls: serverUrlsOf(component, serverUrl),
    username: flags['es.username'],
    password: flags['es.password'],
    passwordFile: flags['es.password-file'],
    tokenFile: flags['es.token-file'],
    timeoutMs: 1000 * flags.timeout,
    tls: tlsOf(flags),
  };
}

function serverUrlsOf(component: string, text: string): string[] {
  try {
    return parseServerUrls(text);
  } catch (cause) {
    throw new UserError('bad-flag', `[${component}] ${(cause as Error).message}`, { cause });
  }
}

/** How long the cluster itself may take for a change of its indices. */
export function masterTimeout({ timeoutMs = 0 }: MaintenanceOptions): Record<string, string> {
  return timeoutMs > 0 ? { master_timeout: `${Math.ceil(timeoutMs / 1000)}s` } : {};
}

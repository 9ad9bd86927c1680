import { type HeaderNames, PROPAGATIONS, type Propagation } from '../propagation/propagators.ts';
import { ConfigurationError } from './configuration-error.ts';
import { invalid } from './setting-values.ts';
import type { Setting } from './settings.ts';

/** `jaeger,b3,w3c`, in any case; a list of them as well. */
export function propagationOf(setting: Setting | undefined): readonly Propagation[] | undefined {
  if (setting === undefined) return undefined;
  const names = String(setting.value).split(',');
  return names.map((name) => {
    const known = PROPAGATIONS.find((each) => each === name.trim().toLowerCase());
    if (known) return known;
    throw invalid(setting, `must be of ${PROPAGATIONS.join(', ')}`);
  });
}

/** The spellings of jaeger-client-go, and ours. */
const HEADERS: ReadonlyMap<string, keyof HeaderNames> = new Map([
  ['tracecontextheadername', 'traceContext'],
  ['tracecontext', 'traceContext'],
  ['tracebaggageheaderprefix', 'baggagePrefix'],
  ['baggageprefix', 'baggagePrefix'],
  ['jaegerdebugheader', 'debugId'],
  ['debugid', 'debugId'],
  ['jaegerbaggageheader', 'baggage'],
  ['baggage', 'baggage'],
]);

export function headerNamesOf(setting: Setting | undefined): HeaderNames {
  if (setting === undefined) return {};
  if (typeof setting.value !== 'object') throw invalid(setting, 'must be an object of names');
  const names: Partial<Record<keyof HeaderNames, string>> = {};
  for (const [key, value] of Object.entries(setting.value ?? {})) {
    const name = HEADERS.get(key.replaceAll('_', '').toLowerCase());
    if (!name) throw new ConfigurationError('unknown', `unknown setting headers.${key}`);
    if (value) names[name] = String(value);
  }
  return names;
}

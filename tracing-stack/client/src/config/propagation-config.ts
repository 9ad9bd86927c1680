import { BAGGAGE_PREFIX, TRACE_CONTEXT_KEY } from '@spoor/wire';
import { textOrNothing } from '../losses.ts';
import { BY_HAND_KEYS } from '../propagation/by-hand-reader.ts';
import { type HeaderNames, PROPAGATIONS, type Propagation } from '../propagation/propagators.ts';
import { isHeaderName } from '../propagation/text-format.ts';
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

type Names = Partial<Record<keyof HeaderNames, string>>;

const JAEGER_NAMES: Required<Names> = {
  traceContext: TRACE_CONTEXT_KEY,
  baggagePrefix: BAGGAGE_PREFIX,
  ...BY_HAND_KEYS,
};

/** What each header is called: names that HTTP allows, and none of them twice. */
export function headerNamesOf(setting: Setting | undefined): HeaderNames {
  if (setting === undefined) return {};
  if (typeof setting.value !== 'object') throw invalid(setting, 'must be an object of names');
  const names: Names = {};
  for (const [key, value] of Object.entries(setting.value ?? {})) {
    const role = HEADERS.get(key.replaceAll('_', '').toLowerCase());
    if (!role) throw new ConfigurationError('unknown', `unknown setting headers.${key}`);
    if (value === undefined || value === null) continue;
    const name = headerName(`headers.${key}`, value);
    if ((names[role] ?? name) !== name) {
      throw new ConfigurationError('invalid', `headers.${key} is given twice, and differently`);
    }
    names[role] = name;
  }
  refuseClashes(names);
  return names;
}

function headerName(name: string, value: unknown): string {
  if (typeof value === 'string' && isHeaderName(value)) return value;
  const said = typeof value === 'string' ? JSON.stringify(value) : textOrNothing(value);
  throw new ConfigurationError('invalid', `${name} must be a name of a header, not ${said}`);
}

/** A header that is two things at once could not be read. */
function refuseClashes(given: Names): void {
  const roles = new Map<string, string>();
  for (const [role, name] of Object.entries({ ...JAEGER_NAMES, ...given })) {
    const other = roles.get(name.toLowerCase());
    if (other !== undefined) {
      const message = `headers.${other} and headers.${role} are both '${name}'`;
      throw new ConfigurationError('invalid', message);
    }
    roles.set(name.toLowerCase(), role);
  }
}

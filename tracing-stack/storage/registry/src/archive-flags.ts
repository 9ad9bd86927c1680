import { type Flag, type FlagValues, switchFlag } from '@spoor/platform';

type Flags = Readonly<Record<string, Flag<unknown>>>;
type ArchiveName<N> = N extends `${infer Store}.${infer Rest}` ? `${Store}-archive.${Rest}` : never;
type StoreOf<N> = N extends `${infer Store}.${string}` ? Store : never;

/** The flags of a store once more, for its archive: `es-archive.NAME` for `es.NAME`. */
export type ArchiveFlags<F extends Flags> = {
  readonly [N in keyof F as ArchiveName<N>]: Flag<unknown>;
} & { readonly [N in `${StoreOf<keyof F>}-archive.enabled`]: Flag<boolean> };

/**
 * The flags of a store's archive: as in Jaeger, by the same names, with the same defaults. Those that are `inherited` may be
 * left empty, for what the store has.
 */
export function archiveFlags<F extends Flags>(
  store: StoreOf<keyof F>,
  flags: F,
  inherited: readonly (keyof F)[],
): ArchiveFlags<F> {
  const twins = Object.entries(flags).map(([name, flag]) => {
    const twin = { ...flag, help: `As ${name}, for the archive` };
    return [archiveName(name), inherited.includes(name) ? orEmpty(twin) : twin];
  });
  return {
    [`${store}-archive.enabled`]: switchFlag('Whether traces can be archived'),
    ...Object.fromEntries(twins),
  } as ArchiveFlags<F>;
}

/** What was said of the archive, by the names of its store's flags; `undefined` if there shall be none. */
export function archiveValues<F extends Flags>(
  store: StoreOf<keyof F>,
  flags: F,
  values: Readonly<Record<string, unknown>>,
  inherited: readonly (keyof F)[],
): FlagValues<F> | undefined {
  if (values[`${store}-archive.enabled`] !== true) return undefined;
  const entries = Object.keys(flags).map((name) => {
    const own = values[archiveName(name)];
    return [name, inherited.includes(name) && isEmpty(own) ? values[name] : own];
  });
  return Object.fromEntries(entries) as FlagValues<F>;
}

function archiveName(name: string): string {
  return name.replace('.', '-archive.');
}

/** A flag that is nothing unless it is given; a length of time and a switch keep the nothing that they have. */
function orEmpty(flag: Flag<unknown>): Flag<unknown> {
  const help = `${flag.help}; unless given, what that is`;
  const isNothing = isEmpty(flag.parse(flag.default));
  if (isNothing) return { ...flag, help };
  if (/^[\d.]+[a-z]/.test(flag.default)) return { ...flag, help, default: '0s' };
  return {
    ...flag,
    help,
    default: '',
    parse: (text) => (text === '' ? undefined : flag.parse(text)),
  };
}

function isEmpty(value: unknown): boolean {
  return !value || (Array.isArray(value) && value.length === 0);
}

import type { Connection } from '../connection.ts';
import { prefixed } from '../index-names.ts';

/** An index of Jaeger's. */
export interface JaegerIndex {
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly aliases: readonly string[];
}

type Answer = Readonly<
  Record<
    string,
    {
      readonly aliases?: object;
      readonly settings: { readonly 'index.creation_date': string };
    }
  >
>;

/** All indices of a prefix whose names are Jaeger's, by name. */
export async function jaegerIndices(
  connection: Connection,
  prefix: string,
): Promise<JaegerIndex[]> {
  const answer = await connection.request<Answer>({
    method: 'GET',
    path: `/${encodeURIComponent(prefixed(prefix, 'jaeger-'))}*`,
    query: { flat_settings: true, filter_path: '*.aliases,*.settings' },
  });
  return Object.entries(answer)
    .map(([name, { aliases = {}, settings }]) => ({
      name,
      created: Number(settings['index.creation_date']),
      aliases: Object.keys(aliases),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

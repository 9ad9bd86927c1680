import type { Layout, Part } from './wire-client.ts';

/** How a value of a type is written, in words, by the family of formats. */
export interface TypeHints {
  readonly compact: Readonly<Record<string, string>>;
  readonly binary: Readonly<Record<string, string>>;
  readonly proto: Readonly<Record<string, string>>;
  readonly frame: Readonly<Record<string, string>>;
}

function familyOf(layout: Layout, type: string): keyof TypeHints | undefined {
  if (/^[:~]/.test(type) || type === '25 bytes' || type === '5 bytes') return 'frame';
  if (layout === 'thrift-compact-call') return 'compact';
  if (layout.endsWith('json')) return undefined;
  return /grpc|proto/.test(layout) ? 'proto' : 'binary';
}

/** How the part is written; `undefined` where it is plain to see. */
export function explanationOf(
  layout: Layout,
  { type }: Part,
  hints: TypeHints,
): string | undefined {
  const family = familyOf(layout, type);
  if (family === undefined) return undefined;
  const [first = type] = type.split(/[ <]/);
  const known = hints[family];
  return known[type] ?? known[first] ?? (/^[A-Z]/.test(type) ? known['struct'] : undefined);
}

import { browserStore, type KeptTexts } from '../shell/browser-store.ts';

/** How many service colours the style sheet has: `--service-0` and so on. */
export const SERVICE_COLORS = 8;

const KEY = 'spoor.services';
/** So many names are kept; the colours of later ones are given anew on each page. */
const MOST_KEPT = 500;

/**
 * Gives each service a colour number. Services are numbered in the order in which this browser first saw them, so that
 * a service looks the same on every page; of those shown together that would share a colour the later ones move to
 * the next free one, as long as there is one.
 */
export function serviceColors(
  names: Iterable<string>,
  store: KeptTexts = browserStore,
): ReadonlyMap<string, number> {
  const seen = withNew(seenNames(store), names);
  store.set(KEY, JSON.stringify(seen.slice(0, MOST_KEPT)));
  const shown = new Set(names);
  const colors = new Map<string, number>();
  const taken = new Set<number>();
  for (const [number, name] of seen.entries()) {
    if (!shown.has(name)) continue;
    if (taken.size === SERVICE_COLORS) taken.clear();
    let color = number % SERVICE_COLORS;
    while (taken.has(color)) color = (color + 1) % SERVICE_COLORS;
    taken.add(color);
    colors.set(name, color);
  }
  return colors;
}

/** The value of a CSS property that takes a colour. */
export function serviceColor(color: number | undefined): string {
  return `var(--service-${color ?? 0})`;
}

function withNew(seen: readonly string[], names: Iterable<string>): string[] {
  return [...new Set([...seen, ...[...names].sort()])];
}

/** What cannot be read, or was never written, is as if no service had been seen. */
function seenNames(store: KeptTexts): string[] {
  try {
    const names: unknown = JSON.parse(store.get(KEY) ?? '[]');
    return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
  } catch {
    return [];
  }
}

/** How many service colours the style sheet has: `--service-0` and so on. */
export const SERVICE_COLORS = 8;

/**
 * Gives each of the services on a page a colour number, out of their names and nothing else: whoever opens the link to
 * a trace sees it as the one did who sent it, whatever either looked at before.
 *
 * A name's own colour is its hash, so that a service mostly looks the same on all pages. Of those on one page that
 * would share a colour, the first by name keeps it and the others move to the next free one: on a page with other
 * services a service may therefore differ. (Numbering the sorted names would need no such moves, but one service more
 * would recolour all that follow it.) When all colours are taken, the next names begin anew.
 */
export function serviceColors(names: Iterable<string>): ReadonlyMap<string, number> {
  const sorted = [...new Set(names)].sort();
  const colors = new Map<string, number>();
  for (let at = 0; at < sorted.length; at += SERVICE_COLORS) {
    const taken = new Set<number>();
    const take = (name: string, color: number) => {
      taken.add(color);
      colors.set(name, color);
    };
    const moved = sorted.slice(at, at + SERVICE_COLORS).filter((name) => {
      const isFree = !taken.has(ownColor(name));
      if (isFree) take(name, ownColor(name));
      return !isFree;
    });
    for (const name of moved) {
      let color = ownColor(name);
      while (taken.has(color)) color = (color + 1) % SERVICE_COLORS;
      take(name, color);
    }
  }
  return colors;
}

/** The value of a CSS property that takes a colour. */
export function serviceColor(color: number | undefined): string {
  return `var(--service-${color ?? 0})`;
}

/** 32-bit FNV-1a over the name's UTF-16 units, folded: the high bits of the hash vary most. */
function ownColor(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return ((hash ^ (hash >>> 16)) >>> 0) % SERVICE_COLORS;
}

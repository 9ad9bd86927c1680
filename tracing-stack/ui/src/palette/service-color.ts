/** How many service colours the style sheet has: `--service-0` and so on. */
export const SERVICE_COLORS = 8;

/**
 * Gives each service a colour number that depends on its name, so that it looks the same on every page. Services that
 * would share a colour move to the next free one, as long as there is one.
 */
export function serviceColors(names: Iterable<string>): ReadonlyMap<string, number> {
  const colors = new Map<string, number>();
  const taken = new Set<number>();
  for (const name of [...new Set(names)].sort()) {
    if (taken.size === SERVICE_COLORS) taken.clear();
    let color = hash(name) % SERVICE_COLORS;
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

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  // The low bits mix badly.
  return (value ^ (value >>> 15)) >>> 0;
}

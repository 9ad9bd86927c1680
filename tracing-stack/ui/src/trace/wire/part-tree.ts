import type { Message, Part, Role, WireSpan } from './wire-client.ts';

/** A message's parts as a tree, for lookups that cost nothing. */
export interface PartTree {
  readonly parts: readonly Part[];
  /** -1 for those that lie in no other. */
  readonly parents: Int32Array;
  /** The first part behind each that does not lie in it. */
  readonly ends: Int32Array;
  /** The innermost part of each byte; -1 for one that no part says. */
  readonly ofByte: Int32Array;
}

export function partTree(parts: readonly Part[], size: number): PartTree {
  const parents = new Int32Array(parts.length).fill(-1);
  const ends = new Int32Array(parts.length).fill(parts.length);
  const open: number[] = [];
  parts.forEach((part, i) => {
    for (const closed of open.splice(part.depth)) ends[closed] = i;
    parents[i] = open.at(-1) ?? -1;
    open.push(i);
  });
  return { parts, parents, ends, ofByte: innermost(parts, size) };
}

/** A part that goes through several frames of TChannel is longer than what it goes through. */
function innermost(parts: readonly Part[], size: number): Int32Array {
  const ofByte = new Int32Array(size).fill(-1);
  const length = (i: number) => (parts[i]?.end ?? 0) - (parts[i]?.start ?? 0);
  const order = [...parts.keys()].sort((a, b) => length(b) - length(a) || a - b);
  for (const i of order) ofByte.fill(i, parts[i]?.start, parts[i]?.end);
  return ofByte;
}

/** Which parts are folded: what lies in them is not shown. */
export type Folded = ReadonlySet<number>;

/** The parts that are shown, in order. */
export function shownParts({ parts, ends }: PartTree, folded: Folded): number[] {
  const shown: number[] = [];
  for (let i = 0; i < parts.length; ) {
    shown.push(i);
    i = folded.has(i) ? (ends[i] ?? parts.length) : i + 1;
  }
  return shown;
}

export const hasChildren = ({ ends }: PartTree, i: number) => (ends[i] ?? 0) > i + 1;

/** Without those that hold the part. */
export function revealed({ parents }: PartTree, folded: Folded, part: number): Folded {
  const next = new Set(folded);
  for (let i = parents[part] ?? -1; i >= 0; i = parents[i] ?? -1) next.delete(i);
  return next.size === folded.size ? folded : next;
}

/** The part, or the outermost of those that hold it and are folded. */
export function shownFor({ parents }: PartTree, folded: Folded, part: number): number {
  let shown = part;
  for (let i = parents[part] ?? -1; i >= 0; i = parents[i] ?? -1) if (folded.has(i)) shown = i;
  return shown;
}

/** All spans but the one whose part is `open`. */
export function foldedBut(spans: readonly WireSpan[], open: number | undefined): Folded {
  return new Set(spans.map(({ part }) => part).filter((part) => part !== open));
}

/** The parts that say this of the span; its trace id may stand in two. */
export function partsOfRole({ parts, ends }: PartTree, span: WireSpan, role: Role): number[] {
  const found: number[] = [];
  for (let i = span.part + 1; i < (ends[span.part] ?? 0); i++)
    if (parts[i]?.role === role) found.push(i);
  return found;
}

/** The span that the part lies in. */
export function spanOf(
  { ends }: PartTree,
  spans: readonly WireSpan[],
  part: number,
): WireSpan | undefined {
  return spans.find((span) => span.part <= part && part < (ends[span.part] ?? 0));
}

/** Whether a part of the span's says this number. */
export function says({ parts, ends }: PartTree, span: WireSpan, value: number | string): boolean {
  const own = parts.slice(span.part + 1, ends[span.part]);
  return own.some((part) => part.value?.split(' ', 1)[0] === `${value}`);
}

/** What each byte holds of the span's identity. */
export function roleBytes(
  tree: PartTree,
  span: WireSpan | undefined,
  size: number,
): (Role | undefined)[] {
  const roles: (Role | undefined)[] = new Array(size);
  if (span === undefined) return roles;
  for (let i = span.part; i < (tree.ends[span.part] ?? 0); i++) {
    const part = tree.parts[i];
    if (part?.role) roles.fill(part.role, part.valueStart ?? part.start, part.end);
  }
  return roles;
}

/** A message that has been read, with what is looked up in it. */
export interface OpenMessage extends Message {
  readonly tree: PartTree;
}

export const openMessage = (message: Message): OpenMessage => ({
  ...message,
  tree: partTree(message.parts, message.bytes.length),
});

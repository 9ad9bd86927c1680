import { signal } from '@preact/signals';
import { browserStore } from '../../shell/browser-store.ts';

const KEY = 'spoor.searches';

/** A search of the reader's own. */
export interface KeptSearch {
  readonly name: string;
  /** What its address asks, without a question mark. */
  readonly search: string;
}

/** In the order in which they were kept. */
export const keptSearches = signal(parseKept(browserStore.get(KEY)));

/** One that has the name already is replaced. */
export function keepSearch(kept: KeptSearch): void {
  store([...keptSearches.value.filter(({ name }) => name !== kept.name), kept]);
}

export function forgetSearch(forgotten: string): void {
  store(keptSearches.value.filter(({ name }) => name !== forgotten));
}

function store(searches: readonly KeptSearch[]): void {
  keptSearches.value = searches;
  browserStore.set(KEY, searches.length > 0 ? JSON.stringify(searches) : null);
}

/** What somebody else has written there is not shown, and stays until a search is kept. */
export function parseKept(text: string | null): readonly KeptSearch[] {
  const kept = parsed(text ?? '[]');
  return Array.isArray(kept) ? kept.filter(isKept) : [];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isKept(each: Partial<KeptSearch> | null): each is KeptSearch {
  return typeof each?.name === 'string' && typeof each.search === 'string';
}

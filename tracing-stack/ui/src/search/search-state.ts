import { batch, signal } from '@preact/signals';
import type { QueryClient } from '../api/query-client.ts';
import { findTraces, MOST_SERVICES_AT_ONCE } from './find-traces.ts';
import type { FoundTrace } from './found-trace.ts';
import { queryOfParams } from './search-query.ts';

/** What became of the search that the address names. */
export type SearchState =
  | { readonly is: 'loading' }
  | { readonly is: 'no-spans' }
  | { readonly is: 'too-many-services'; readonly count: number }
  | { readonly is: 'found'; readonly traces: readonly FoundTrace[]; readonly at: Date }
  | { readonly is: 'failed'; readonly message: string };

// Kept outside the page, so that coming back from a trace shows the same list at once.
export const services = signal<readonly string[]>([]);
export const searchState = signal<SearchState>({ is: 'loading' });
let searched: string | undefined;
let running: AbortController | undefined;

/** How soon a store without any spans is looked at again, in milliseconds. */
const LOOK_AGAIN = 2_000;

/** Searches unless the list for this address is there already. */
export function searchOnce(client: QueryClient, address: string): void {
  if (searched !== address) searchNow(client, address);
}

export function searchNow(client: QueryClient, address: string): void {
  searched = address;
  running?.abort();
  running = new AbortController();
  void search(client, address, running.signal);
}

/** Looks again for a first span; to be called off by the answer's `clearTimeout`. */
export function lookAgain(client: QueryClient, address: string): ReturnType<typeof setTimeout> {
  return setTimeout(() => searchNow(client, address), LOOK_AGAIN);
}

async function search(client: QueryClient, address: string, signal: AbortSignal) {
  if (searchState.value.is !== 'no-spans') searchState.value = { is: 'loading' };
  try {
    const names = await client.services(signal);
    const state = await stateOf(client, address, names, signal);
    if (signal.aborted) return;
    batch(() => {
      services.value = names;
      searchState.value = state;
    });
  } catch (error) {
    if (!signal.aborted)
      searchState.value = {
        is: 'failed',
        message: error instanceof Error ? error.message : String(error),
      };
  }
}

async function stateOf(
  client: QueryClient,
  address: string,
  names: readonly string[],
  signal: AbortSignal,
): Promise<SearchState> {
  const query = queryOfParams(new URLSearchParams(address));
  if (names.length === 0 && query.service === '') return { is: 'no-spans' };
  if (query.service === '' && names.length > MOST_SERVICES_AT_ONCE)
    return { is: 'too-many-services', count: names.length };
  const at = new Date();
  return { is: 'found', traces: await findTraces(client, query, names, at, signal), at };
}

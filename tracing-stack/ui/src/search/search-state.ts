import { batch, signal } from '@preact/signals';
import type { QueryClient } from '../api/query-client.ts';
import { browserStore } from '../shell/browser-store.ts';
import { findTraces, namedTraces } from './find-traces.ts';
import type { FoundTrace } from './found-trace.ts';
import { queryOfParams } from './search-query.ts';
import { unreadable } from './unreadable.ts';

/** What became of the search that the address names. */
export type SearchState =
  | { readonly is: 'loading' }
  | { readonly is: 'no-spans' }
  /** Nothing was searched: these parts of the address cannot be read. */
  | { readonly is: 'unreadable'; readonly parts: readonly string[] }
  | {
      readonly is: 'found';
      readonly traces: readonly FoundTrace[];
      /** Ids that the address names, and that are not in the store. */
      readonly missing?: readonly string[];
      readonly at: Date;
    }
  | { readonly is: 'failed'; readonly message: string };

/** Of what is kept in the browser. */
export const TABLE_KEY = 'spoor.results';

// Kept outside the page, so that coming back from a trace shows the same list at once.
export const services = signal<readonly string[]>([]);
export const searchState = signal<SearchState>({ is: 'loading' });
/** Whether the list is to be a table; '' leaves that to its length. Kept in the browser. */
export const asTable = signal(browserStore.get(TABLE_KEY) ?? '');
/** A longer list is a table unless a list was chosen: of a table only what is seen is drawn. */
const LONGEST_LIST = 100;
export const isTable = (count: number) =>
  asTable.value === '' ? count > LONGEST_LIST : asTable.value === 'table';

let searched: string | undefined;
let running: AbortController | undefined;

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
  const params = new URLSearchParams(address);
  const parts = unreadable(params);
  if (parts.length > 0) return { is: 'unreadable', parts };
  const at = new Date();
  // As for the API, the ids decide, whatever else is asked.
  const traceIds = params.getAll('traceID');
  if (traceIds.length > 0)
    return { is: 'found', ...(await namedTraces(client, traceIds, signal)), at };
  const query = queryOfParams(params);
  if (names.length === 0 && query.service === '') return { is: 'no-spans' };
  return { is: 'found', traces: await findTraces(client, query, names, at, signal), at };
}

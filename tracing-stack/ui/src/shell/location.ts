import { effect, signal } from '@preact/signals';
import { type Route, routeOf } from './route.ts';

const address = signal(new URL(document.URL));

/** Where the UI is served; ends with a slash. */
export const base = document.baseURI;
const basePath = new URL(base).pathname;

/** The address that is shown. Reading it in a component draws the component anew when it changes. */
export const currentAddress = (): URL => address.value;
export const currentRoute = (): Route => routeOf(address.value.pathname, basePath);

/** What the address asks of the page, `lang` left out: that is the reader's, not the page's. */
export function currentQuery(): string {
  const params = new URLSearchParams(address.value.search);
  params.delete('lang');
  return params.size === 0 ? '' : `?${params}`;
}

/** The search that was last shown, to come back to. */
const lastSearch = signal('');
effect(() => {
  if (currentRoute().page === 'search') lastSearch.value = currentQuery();
});
export const searchHref = (): string => hrefOf(`search${lastSearch.value}`);

/** An address inside the UI: `trace/1`, `search?service=x`. */
export function hrefOf(path: string): string {
  const { pathname, search } = new URL(path, base);
  return pathname + search;
}

/** Goes to a page, as a link does. `replace` leaves no step to go back to, and leaves focus and scroll alone. */
export function navigate(href: string, { replace = false } = {}): void {
  const target = new URL(href, base);
  if (replace) history.replaceState(null, '', target);
  else history.pushState(null, '', target);
  address.value = target;
  if (!replace) {
    scrollTo(0, 0);
    document.getElementById('content')?.focus({ preventScroll: true });
  }
}

/** Takes over the back button and plain clicks on links to pages of the UI. */
export function followAddress(): void {
  addEventListener('popstate', () => {
    address.value = new URL(document.URL);
  });
  addEventListener('click', (event) => {
    const link = (event.target as Element).closest('a');
    if (!link || !isPlainClick(event) || link.target || link.hasAttribute('download')) return;
    const target = new URL(link.href);
    const isOurs = target.origin === location.origin && !target.hash;
    if (!isOurs || routeOf(target.pathname, basePath).page === 'missing') return;
    event.preventDefault();
    navigate(target.href);
  });
}

function isPlainClick(event: MouseEvent): boolean {
  const { button, metaKey, ctrlKey, shiftKey, altKey, defaultPrevented } = event;
  return button === 0 && !(metaKey || ctrlKey || shiftKey || altKey || defaultPrevented);
}

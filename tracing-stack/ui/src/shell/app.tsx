import { type Signal, useSignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { queryClient } from '../api/query-client.ts';
import { text } from '../i18n/text.ts';
import { SearchPage } from '../search/search-page.tsx';
import { Header } from './header.tsx';
import { base, currentAddress, currentRoute, hrefOf } from './location.ts';
import { Message } from './message.tsx';

const client = queryClient(base);

export function App() {
  return (
    <>
      <Header />
      <main id="content" tabIndex={-1}>
        <Page />
      </main>
    </>
  );
}

function Page() {
  const route = currentRoute();
  if (route.page === 'search') return <SearchPage client={client} />;
  if (route.page === 'trace') return <TracePageLater key={route.traceId} traceId={route.traceId} />;
  const { shell } = text();
  return (
    <Message title={shell.missingTitle}>
      <p>{shell.missing(currentAddress().pathname)}</p>
      <p>
        <a href={hrefOf('search')}>{shell.toSearch}</a>
      </p>
    </Message>
  );
}

type TracePage = typeof import('../trace/trace-page.tsx').TracePage;

/** The trace page is loaded when it is needed first; who only searches never pays for it. */
function TracePageLater(props: { readonly traceId: string }) {
  const page = useLoaded<TracePage>(
    async () => (await import('../trace/trace-page.tsx')).TracePage,
  );
  return page.value && <page.value client={client} traceId={props.traceId} />;
}

function useLoaded<C extends ComponentType<never>>(load: () => Promise<C>): Signal<C | undefined> {
  const loaded = useSignal<C | undefined>(undefined);
  useEffect(() => {
    void load().then((component) => {
      loaded.value = component;
    });
  }, []);
  return loaded;
}

import { useSignal } from '@preact/signals';
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
  const page = useSignal<TracePage | Error | undefined>(undefined);
  useEffect(() => {
    import('../trace/trace-page.tsx').then(
      ({ TracePage }) => {
        page.value = TracePage;
      },
      (error: Error) => {
        page.value = error;
      },
    );
  }, [page]);
  const Loaded = page.value;
  if (Loaded === undefined) return null;
  if (Loaded instanceof Error) return <NotLoaded error={Loaded} />;
  return <Loaded client={client} traceId={props.traceId} />;
}

/** The server is gone, or has been given a new build since this page was loaded: in both cases loading anew is right. */
function NotLoaded({ error }: { readonly error: Error }) {
  const { shell, tryAgain } = text();
  return (
    <Message title={shell.notLoaded} tone="danger">
      <p class="server-says">{error.message}</p>
      <p>
        <button type="button" class="button" onClick={() => location.reload()}>
          {tryAgain}
        </button>
      </p>
    </Message>
  );
}

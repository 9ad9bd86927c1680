import { queryClient } from '../api/query-client.ts';
import { withOpenedTraces } from '../files/opened-traces.ts';
import { language } from '../i18n/language.ts';
import { loadTraceTexts, text } from '../i18n/text.ts';
import { SearchPage } from '../search/search-page.tsx';
import { Header } from './header.tsx';
import { keysShown } from './keys.ts';
import { Later } from './later.tsx';
import { base, currentAddress, currentRoute, hrefOf } from './location.ts';
import { Message } from './message.tsx';

const client = withOpenedTraces(queryClient(base));

const loadTracePage = async () => {
  const loaded = Promise.all([import('../trace/trace-page.tsx'), loadTraceTexts(language.value)]);
  return (await loaded)[0].TracePage;
};
const loadComparePage = async () => (await import('../compare/compare-page.tsx')).loadComparePage();
const loadGraphPage = async () => (await import('../graph/graph-page.tsx')).loadGraphPage();
const loadMonitorPage = async () => (await import('../monitor/monitor-page.tsx')).loadMonitorPage();
const loadLearnPage = async () => (await import('../learn/learn-page.tsx')).LearnPage;
const loadKeysDialog = async () => (await import('./keys-dialog.tsx')).loadKeysDialog();

/** Asks for the code of the page that the address names, while other things are still on their way. */
export function loadPageAhead(): void {
  // Who needs it asks again, and hears of a failure then.
  const { page } = currentRoute();
  if (page === 'trace') loadTracePage().catch(() => {});
  if (page === 'compare') loadComparePage().catch(() => {});
  if (page === 'dependencies') loadGraphPage().catch(() => {});
  if (page === 'monitor') loadMonitorPage().catch(() => {});
  if (page === 'learn') loadLearnPage().catch(() => {});
}

export function App() {
  return (
    <>
      <Header />
      <main id="content" tabIndex={-1}>
        <Page />
      </main>
      {keysShown.value && <Later load={loadKeysDialog} with={{}} />}
    </>
  );
}

function Page() {
  const route = currentRoute();
  if (route.page === 'search') return <SearchPage client={client} />;
  if (route.page === 'trace')
    return (
      <Later key={route.traceId} load={loadTracePage} with={{ client, traceId: route.traceId }} />
    );
  if (route.page === 'compare')
    return <Later load={loadComparePage} with={{ client, a: route.a, b: route.b }} />;
  if (route.page === 'dependencies') return <Later load={loadGraphPage} with={{}} />;
  if (route.page === 'monitor') return <Later load={loadMonitorPage} with={{ client }} />;
  if (route.page === 'learn')
    return <Later load={loadLearnPage} with={{ client, number: route.lesson }} />;
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

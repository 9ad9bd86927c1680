const numbers = new Intl.NumberFormat('en');
const n = (count: number) => numbers.format(count);

/** The texts of the search page's tools. */
export const toolsEn = {
  openFiles: 'Open files',
  openHint: 'Traces in the JSON of Jaeger, Zipkin (v2) or OTLP; or drop them anywhere on the page.',
  drop: 'Drop the files to open their traces',
  opened: 'From files',
  openedHint: 'Shown here until the page is loaded anew. Nothing is stored.',
  closeFiles: 'Close the files',
  failed: (name: string) => `${name} cannot be opened:`,
  failures: {
    'not-json': 'It is not JSON.',
    'no-traces': 'It holds no traces in the JSON of Jaeger, Zipkin (v2) or OTLP.',
  },
  download: 'Download results',
  notes: {
    noSpansTitle: 'No spans have arrived',
    noSpans: 'Send some with lesson 3, in a second terminal:',
    noSpansWaiting: 'This page looks again every two seconds.',
    nothingTitle: 'No trace matches',
    nothing: 'Take a filter away, or look further back.',
    lookFurther: 'Search the last 30 days',
    unreadableTitle: 'This address cannot be read',
    unreadable: 'Nothing was searched: without this part, other traces would be listed.',
    missing: 'Of these ids no trace is stored',
  },
  live: {
    label: 'Live',
    hint: 'Lists traces as their spans arrive.',
    waiting: 'Waiting for spans…',
    arrived: (spans: number, at: string) =>
      `${n(spans)} ${spans === 1 ? 'span has' : 'spans have'} arrived, the last at ${at}`,
    away: 'The server does not answer. Trying again…',
    failed: (message: string) => `The store does not say what arrives: ${message}`,
  },
  shownAs: { label: 'Results as', list: 'List', table: 'Table' },
  presets: {
    label: 'Searches wanted often',
    errors: 'With errors',
    slowest: 'Slowest',
    recent: 'Last 15 minutes',
    keep: 'Keep this search…',
    name: 'Name of the search',
    save: 'Keep',
    forget: (name: string) => `Forget the search ${name}`,
  },
  plot: {
    label: 'The traces by start and duration; the larger, the more spans',
    how: 'Drag over a time to search in it; click a trace to open it.',
    from: 'Time from',
    to: 'Time to',
    search: 'Search this time',
    clear: 'Clear the selection',
    between: (from: string, to: string) => `${from} to ${to}`,
  },
};

export type ToolsCatalogue = typeof toolsEn;

/** The texts of the results as a table. */
export const tableEn = {
  label: 'Traces that were found',
  columns: {
    trace: 'Trace',
    services: 'Services',
    spanCount: 'Spans',
    errorCount: 'Errors',
    orphanCount: 'Orphans',
    duration: 'Duration',
    start: 'Start',
  },
};

export type TableCatalogue = typeof tableEn;

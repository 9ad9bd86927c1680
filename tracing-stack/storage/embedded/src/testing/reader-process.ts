import { openEmbeddedStore } from '../embedded-store.ts';

/*
 * The other process of reader.ts: `reader-process.ts DIRECTORY`. For each trace id it is sent, it answers with the
 * number of spans it reads, or with the code of the error.
 */
const [directory = ''] = process.argv.slice(2);
const store = await openEmbeddedStore({ directory, readOnly: true });

process.on('message', (traceId: string) => {
  store.reader.trace(traceId).then(
    (trace) => process.send?.(trace?.spans.length ?? 0),
    (error: { code?: string }) => process.send?.(error.code ?? String(error)),
  );
});
process.send?.('ready');

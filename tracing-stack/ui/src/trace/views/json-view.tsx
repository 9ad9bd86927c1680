import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { answerOf, dataOf } from '../../api/query-client.ts';
import { openedTrace } from '../../files/opened-traces.ts';
import { otlpText, save, zipkinText } from '../../files/save.ts';
import { text } from '../../i18n/text.ts';
import { CopyButton } from '../../shell/copy-button.tsx';
import { base } from '../../shell/location.ts';
import { Message } from '../../shell/message.tsx';
import type { TraceModel } from '../trace-model.ts';
import { viewsText } from './i18n/views-text.ts';

/** More would hold the browser up; who needs all of it needs it in an editor. */
const MOST_LINES = 50_000;
const LINES_A_PART = 200;

/** The trace as the query API says it, or as the file did that it is from. */
export function JsonView({ model }: { readonly model: TraceModel }) {
  const { traceId } = model;
  const { json: words } = viewsText();
  const state = useSignal<string | Error | undefined>(undefined);
  const attempt = useSignal(0);
  const attempts = attempt.value;
  useEffect(() => {
    const reading = new AbortController();
    state.value = undefined;
    readJson(traceId, reading.signal).then(
      (read) => {
        state.value = read;
      },
      (error: Error) => {
        if (!reading.signal.aborted) state.value = error;
      },
    );
    return () => reading.abort();
  }, [traceId, attempts, state]);
  const read = state.value;
  if (read === undefined) return <p class="loading">{text().loading}</p>;
  if (read instanceof Error)
    return (
      <Message title={words.failed} tone="danger">
        <p class="server-says">{read.message}</p>
        <p>
          <button type="button" class="button" onClick={() => attempt.value++}>
            {text().tryAgain}
          </button>
        </p>
      </Message>
    );
  return <JsonText model={model} json={read} />;
}

async function readJson(traceId: string, signal: AbortSignal): Promise<string> {
  const opened = openedTrace(traceId);
  if (opened) return JSON.stringify({ data: [opened] }, null, 2);
  const { status, text } = await answerOf(fetch, new URL(addressOf(traceId)), signal);
  // Where there is no trace, it throws what the server says.
  if (status !== 200) dataOf(status, text);
  return text;
}

const addressOf = (traceId: string) =>
  new URL(`api/traces/${encodeURIComponent(traceId)}?prettyPrint=true`, base).href;

function JsonText({ model, json }: { readonly model: TraceModel; readonly json: string }) {
  const { json: words } = viewsText();
  const lines = json.trimEnd().split('\n');
  const shown = lines.slice(0, MOST_LINES);
  const parts = Array.from({ length: Math.ceil(shown.length / LINES_A_PART) }, (_, i) =>
    shown.slice(i * LINES_A_PART, (i + 1) * LINES_A_PART),
  );
  return (
    <>
      <div class="toolbar">
        <span class="shown">
          {shown.length < lines.length
            ? words.shown(shown.length, lines.length)
            : words.lines(lines.length)}
        </span>
        <span class="json-actions">
          <CopyButton value={json} label={words.copy} />
          <Downloads model={model} json={json} />
        </span>
      </div>
      <div class="trace-body">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so it must be reached by the keyboard */}
        <section class="json" aria-label={words.label} tabIndex={0}>
          {parts.map((part, i) => (
            // The browser lays out only the parts that are seen, and still finds and copies in all of them.
            <pre key={i} style={{ '--lines': part.length }}>
              {part.join('\n')}
              {'\n'}
            </pre>
          ))}
        </section>
      </div>
    </>
  );
}

/** The trace in the three forms that can be opened again, here and elsewhere. What the server does not have it cannot say in OTLP. */
function Downloads({ model, json }: { readonly model: TraceModel; readonly json: string }) {
  const { json: words } = viewsText();
  const { traceId } = model;
  const failure = useSignal('');
  const name = (format: string) => `trace-${traceId}${format}.json`;
  const saveOtlp = () => {
    failure.value = '';
    otlpText(base, traceId).then(
      (text) => save(name('.otlp'), text),
      (error: Error) => {
        failure.value = error.message;
      },
    );
  };
  return (
    <>
      <button type="button" class="button" onClick={() => save(name(''), json)}>
        {words.download}
      </button>
      {!openedTrace(traceId) && (
        <button type="button" class="button" onClick={saveOtlp}>
          {words.downloadAs('OTLP')}
        </button>
      )}
      <button
        type="button"
        class="button"
        onClick={() => save(name('.zipkin'), zipkinText(model.json))}
      >
        {words.downloadAs('Zipkin v2')}
      </button>
      {failure.value !== '' && (
        <span class="server-says" role="alert">
          {failure.value}
        </span>
      )}
    </>
  );
}

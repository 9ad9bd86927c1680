import { signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { openedTraces } from '../../files/opened-traces.ts';
import { type FileFailure, openFiles } from '../../files/read-files.ts';
import { TraceFileError } from '../../files/trace-file.ts';
import { formatDuration } from '../../format/duration.ts';
import { formatInstant } from '../../format/time.ts';
import { text } from '../../i18n/text.ts';
import { base, hrefOf } from '../../shell/location.ts';
import { foundTraces, sortTraces } from '../found-trace.ts';
import { toolsText } from './i18n/tools-text.ts';

const failures = signal<readonly FileFailure[]>([]);

async function open(files: Iterable<File>): Promise<void> {
  failures.value = [];
  failures.value = await openFiles(base, files);
}

/** Opens files by choosing them, or by dropping them on the page. */
export function FilesButton() {
  const words = toolsText();
  return (
    <>
      <label class="button files-button" title={words.openHint}>
        {words.openFiles}
        <input
          type="file"
          class="visually-hidden"
          accept=".json,.jsonl,application/json"
          multiple
          onChange={(event) => {
            const input = event.currentTarget;
            // The same file may be chosen again.
            void open([...(input.files ?? [])]).finally(() => {
              input.value = '';
            });
          }}
        />
      </label>
      <DropZone />
    </>
  );
}

const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') ?? false;

/** The whole page takes files; it says so while some are above it. */
function DropZone() {
  const isOver = useSignal(false);
  useEffect(() => {
    const onDragOver = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      isOver.value = true;
    };
    const onDragLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) isOver.value = false;
    };
    const onDrop = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      isOver.value = false;
      void open([...(event.dataTransfer?.files ?? [])]);
    };
    addEventListener('dragover', onDragOver);
    addEventListener('dragleave', onDragLeave);
    addEventListener('drop', onDrop);
    return () => {
      removeEventListener('dragover', onDragOver);
      removeEventListener('dragleave', onDragLeave);
      removeEventListener('drop', onDrop);
    };
  }, [isOver]);
  return isOver.value ? <div class="drop-zone">{toolsText().drop}</div> : null;
}

/** The traces of the files, and the files that could not be read. */
export function OpenedFiles() {
  const words = toolsText();
  const { search, spans } = text();
  const traces = sortTraces(foundTraces([...openedTraces.value.values()]), 'newest');
  return (
    <>
      {failures.value.map(({ name, error }) => (
        <p key={name} class="server-says file-failure" role="alert">
          {words.failed(name)}{' '}
          {error instanceof TraceFileError ? words.failures[error.code] : error.message}
        </p>
      ))}
      {traces.length > 0 && (
        <section class="opened-files" aria-labelledby="opened-files">
          <header>
            <h2 id="opened-files">{words.opened}</h2>
            <span class="muted">{words.openedHint}</span>
            <button
              type="button"
              class="button"
              onClick={() => {
                openedTraces.value = new Map();
              }}
            >
              {words.closeFiles}
            </button>
          </header>
          <ul>
            {traces.map(({ traceId, root, spanCount, duration, startTime }) => (
              <li key={traceId}>
                <a href={hrefOf(`trace/${traceId}`)}>
                  <b>{root?.serviceName || search.noName}</b> {root?.operationName || search.noName}
                </a>
                <code class="id">{traceId.slice(0, 7)}</code>
                <span>{spans(spanCount)}</span>
                <span>{formatDuration(duration)}</span>
                <span class="muted">{formatInstant(startTime)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

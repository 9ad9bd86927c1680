import { useComputed, useSignal } from '@preact/signals';
import { parseSpanId } from '@spoor/model';
import { useEffect } from 'preact/hooks';
import { text } from '../i18n/text.ts';
import { currentAddress, navigate } from '../shell/location.ts';
import { FindBox } from './find-box.tsx';
import { findSpans } from './find-spans.ts';
import { allFolded, type Folded, revealed } from './folding.ts';
import { SpanPanel } from './span-panel.tsx';
import { TraceHeader } from './trace-header.tsx';
import type { TraceModel } from './trace-model.ts';
import { Waterfall } from './waterfall.tsx';

/**
 * A trace that has been read. The address says which span is open (`span`) and what is looked for (`uiFind`, as in
 * Jaeger), so that a link shows the same to somebody else.
 */
export function TraceView({ model }: { readonly model: TraceModel }) {
  const { trace } = text();
  const opened = useComputed(() => rowOfAddress(model, currentAddress()));
  const cursor = useSignal(opened.value ?? 0);
  const folded = useSignal<Folded>(new Set());
  const findText = useSignal(currentAddress().searchParams.get('uiFind') ?? '');
  const matches = useComputed(() => findSpans(model, findText.value));
  const openedRow = opened.value;

  useEffect(() => {
    const { root } = model.summary;
    document.title = trace.pageTitle(root?.operationName || model.traceId);
  }, [model, trace]);
  useEffect(() => {
    if (openedRow !== undefined) moveTo(openedRow);
  }, [openedRow]);

  const moveTo = (row: number) => {
    folded.value = revealed(model, folded.value, row);
    cursor.value = row;
  };
  const open = (row: number | undefined) =>
    setParam('span', row === undefined ? '' : model.span(row).spanID);
  const find = (wanted: string) => {
    findText.value = wanted;
    setParam('uiFind', wanted);
    const first = matches.value[0];
    if (first !== undefined) moveTo(first);
  };
  return (
    <div class="trace-page">
      <TraceHeader model={model} />
      <div class="toolbar">
        <FindBox
          text={findText.value}
          matches={matches.value}
          row={cursor.value}
          onFind={find}
          onGo={moveTo}
        />
        <span class="fold-all">
          <button
            type="button"
            class="button"
            onClick={() => {
              folded.value = new Set();
            }}
          >
            {trace.expandAll}
          </button>
          <button
            type="button"
            class="button"
            onClick={() => {
              folded.value = allFolded(model);
            }}
          >
            {trace.collapseAll}
          </button>
        </span>
      </div>
      <div class="trace-body">
        <Waterfall
          model={model}
          folded={folded}
          cursor={cursor}
          opened={openedRow}
          matches={matches}
          onOpen={open}
        />
        {openedRow !== undefined && (
          <SpanPanel model={model} row={openedRow} onClose={() => open(undefined)} />
        )}
      </div>
    </div>
  );
}

function rowOfAddress(model: TraceModel, address: URL): number | undefined {
  const id = parseSpanId(address.searchParams.get('span') ?? '');
  return id === undefined ? undefined : model.rowOfSpan(id);
}

function setParam(name: string, value: string): void {
  const next = new URL(currentAddress());
  if (value === '') next.searchParams.delete(name);
  else next.searchParams.set(name, value);
  if (next.href !== currentAddress().href) navigate(next.href, { replace: true });
}

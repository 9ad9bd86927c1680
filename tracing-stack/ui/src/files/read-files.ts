import type { TraceJson } from '@spoor/analysis';
import { parseTraceId } from '@spoor/model';
import { dataOf, QueryError } from '../api/query-client.ts';
import { openedTraces } from './opened-traces.ts';
import { traceFile } from './trace-file.ts';

/** A file that could not be read. */
export interface FileFailure {
  readonly name: string;
  readonly error: Error;
}

/** Reads files and adds their traces to those that are open. Of an id that is there already, the new one stays. */
export async function openFiles(base: string, files: Iterable<File>): Promise<FileFailure[]> {
  const failures: FileFailure[] = [];
  const opened = new Map(openedTraces.peek());
  for (const file of files) {
    try {
      for (const trace of await tracesOf(base, await file.text()))
        opened.set(parseTraceId(trace.traceID) ?? trace.traceID, trace);
    } catch (error) {
      failures.push({ name: file.name, error: error as Error });
    }
  }
  openedTraces.value = opened;
  return failures;
}

async function tracesOf(base: string, text: string): Promise<readonly TraceJson[]> {
  const file = traceFile(text);
  if (file.format === 'jaeger') return file.traces;
  const url = new URL(`api/transform?format=${file.format}`, base);
  const request = {
    method: 'POST',
    body: file.body,
    headers: { 'Content-Type': 'application/json' },
  };
  const response = await fetch(url, request).catch((cause: unknown) => {
    throw new QueryError(`no answer from ${url.origin}`, 0, { cause });
  });
  return dataOf<TraceJson[]>(response.status, await response.text()) ?? [];
}

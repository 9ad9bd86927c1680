import type { Span, TraceId } from '@spoor/model';
import { encodeSpanChunks, protoBatch } from '@spoor/wire';
import { QueryError } from './query-error.ts';
import type { Sources } from './sources.ts';

/** What goes into an archive at once: less than any store or connection refuses. */
const CHUNK = { spans: 10_000, bytes: 2 * 1024 * 1024 };
const ONE_SPAN = { spans: 1, bytes: Number.POSITIVE_INFINITY };

/** Puts a trace into the archive; spans of it that are there already stay as they are. Throws `QueryError`. */
export async function archiveTrace(
  { reader, archive, now }: Sources,
  traceId: TraceId,
): Promise<void> {
  if (archive === undefined) throw new QueryError('no-archive');
  const trace = await reader.trace(traceId);
  if (trace === undefined) throw new QueryError('no-trace');
  const kept = new Set((await archive.reader.trace(traceId))?.spans.map(identity));
  const spans = trace.spans.filter((span) => !kept.has(identity(span)));
  for (const chunk of encodeSpanChunks(spans, CHUNK))
    await archive.writer.write({
      batch: protoBatch(chunk),
      // They have the tag already.
      format: undefined,
      addedTags: [],
      arrivalTime: now(),
    });
}

/** Equal for two spans only if they are. */
function identity(span: Span): string {
  const [bytes] = encodeSpanChunks([span], ONE_SPAN);
  return Buffer.from(bytes ?? []).toString('latin1');
}

import type { KeyValue, Span } from '@spoor/model';
import { type Adjuster, perSpan } from './adjuster.ts';

/**
 * OpenTelemetry's exporters for Jaeger put what describes the library on every span; OTLP has it once, in the
 * resource, which is Jaeger's process.
 */
const LIBRARY_KEYS: ReadonlySet<string> = new Set([
  'telemetry.sdk.language',
  'telemetry.sdk.name',
  'telemetry.sdk.version',
  'telemetry.distro.name',
  'telemetry.distro.version',
]);

/** Moves the tags that describe OpenTelemetry's library from the spans to their process. */
export const libraryTagsToProcess: Adjuster = perSpan((span) => {
  const moved = span.tags.filter(isLibraryTag);
  return moved.length === 0 ? span : withMoved(span, moved);
});

function isLibraryTag(tag: KeyValue): boolean {
  return LIBRARY_KEYS.has(tag.key);
}

function withMoved(span: Span, moved: readonly KeyValue[]): Span {
  return {
    ...span,
    tags: span.tags.filter((tag) => !isLibraryTag(tag)),
    process: { ...span.process, tags: [...span.process.tags, ...moved] },
  };
}

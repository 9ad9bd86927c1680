import type { Span } from './span.ts';

/** The key of the tag that says which part of a call a span is. */
export const SPAN_KIND = 'span.kind';

/** The value of that tag, or `''`. Of two such tags the first counts, and only a text is a kind. */
export function spanKind({ tags }: Pick<Span, 'tags'>): string {
  const tag = tags.find(({ key }) => key === SPAN_KIND);
  return tag?.type === 'string' ? tag.value : '';
}

import type { ExpectedTrace } from '@spoor/analysis';

/** Operation names that a lesson asks for. A program may have spans of its own beside these. */
export function expectedNames({ spans }: ExpectedTrace): ReadonlySet<string> {
  return new Set(spans.map(({ name }) => name));
}

/** Those of them whose spans are to hold a log. */
export function loggedNames({ spans }: ExpectedTrace): ReadonlySet<string> {
  return new Set(spans.filter(({ logs }) => logs.length > 0).map(({ name }) => name));
}

import { computed, effect, signal } from '@preact/signals';
import type { TraceViewState } from '../trace-view-state.ts';
import type { CarriedSpans } from './carried-spans.ts';
import {
  type Folded,
  foldedBut,
  type OpenMessage,
  partsOfRole,
  revealed,
  roleBytes,
  says,
  shownParts,
  spanOf,
} from './part-tree.ts';
import type { Role } from './wire-client.ts';

export type MessageState = ReturnType<typeof messageState>;

/** What of a message is looked at: the part that was chosen, the one that is pointed at, and the span that is open. */
export function messageState(state: TraceViewState, carried: CarriedSpans, message: OpenMessage) {
  const { tree, spans, bytes } = message;
  const openSpan = computed(() => {
    const row = state.opened.value;
    const spanId = row === undefined ? undefined : carried.idOf(row);
    const found = spans.filter((span) => span.spanId === spanId);
    // Two may share an id.
    const startTime = row === undefined ? 0 : state.model.span(row).startTime;
    return found.find((span) => says(tree, span, startTime)) ?? found[0] ?? spans[0];
  });
  const folded = signal<Folded>(foldedBut(spans, openSpan.value?.part));
  const cursor = signal(openSpan.value?.part ?? 0);
  /** While the pointer is over something. */
  const pointed = signal<readonly number[]>([]);
  const lookedAt = computed(() => (pointed.value.length > 0 ? pointed.value : [cursor.value]));
  const shown = computed(() => shownParts(tree, folded.value));
  const roles = computed(() => roleBytes(tree, openSpan.value, bytes.length));

  const moveTo = (part: number) => {
    folded.value = revealed(tree, folded.value, part);
    cursor.value = part;
  };
  /** Opens the span that the part lies in, too. */
  const choose = (part: number) => {
    moveTo(part);
    const span = spanOf(tree, spans, part);
    const row = span && state.model.rowOfSpan(span.spanId);
    if (row !== undefined) state.open(row);
  };
  // Another span was opened, by a link or by the list.
  const leave = effect(() => {
    const part = openSpan.value?.part;
    if (part === undefined || spanOf(tree, spans, cursor.peek())?.part === part) return;
    folded.value = new Set(
      [...revealed(tree, folded.peek(), part)].filter((each) => each !== part),
    );
    cursor.value = part;
  });
  return {
    message,
    openSpan,
    folded,
    cursor,
    pointed,
    lookedAt,
    shown,
    roles,
    moveTo,
    choose,
    leave,
    partsOfRole: (role: Role) => (openSpan.value ? partsOfRole(tree, openSpan.value, role) : []),
    toggle(part: number) {
      const next = new Set(folded.value);
      if (!next.delete(part)) next.add(part);
      folded.value = next;
    },
    point(parts: readonly number[]) {
      pointed.value = parts;
    },
  };
}

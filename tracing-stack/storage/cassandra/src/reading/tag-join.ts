import type { Session } from '../connection/session.ts';
import { isKey } from '../rows/key-length.ts';
import { indexedTag } from '../rows/tag-index.ts';
import { SELECT_BY_TAG, type TaggedRow } from '../statements/select-by-tag.ts';
import type { StartWindow } from '../statements/select-starts.ts';

/** Where a list of tagged spans stands. */
class TagList {
  private readonly read: (upTo: bigint) => AsyncGenerator<TaggedRow>;
  private rows: AsyncGenerator<TaggedRow>;
  private passed = 0;

  constructor(session: Session, tag: Tag, window: StartWindow) {
    this.read = (upTo) => session.rows(SELECT_BY_TAG, { ...tag, ...window, start_max: upTo }, PAGE);
    this.rows = this.read(window.start_max);
  }

  /** The first row that stands at `target` or behind it. */
  async seek(target: TaggedRow | undefined): Promise<TaggedRow | undefined> {
    for (;;) {
      const { value, done } = await this.rows.next();
      if (done) return undefined;
      if (target === undefined || compare(value, target) >= 0) {
        this.passed = 0;
        return value;
      }
      // What is far away is asked for anew rather than passed over row by row.
      if (++this.passed < PAGE || value.start_time === target.start_time) continue;
      await this.rows.return(undefined);
      this.rows = this.read(target.start_time);
      this.passed = 0;
    }
  }

  async close(): Promise<void> {
    await this.rows.return(undefined);
  }
}

interface Tag {
  readonly service_name: string;
  readonly tag_key: string;
  readonly tag_value: string;
}

const PAGE = 500;

/**
 * The spans of a service that have all of these tags, as far as ids tell, newest first: a join of lists in one order. It
 * reads no further than its caller asks, and passes over what another list does not have.
 */
export async function* taggedSpans(
  session: Session,
  service_name: string,
  tags: ReadonlyMap<string, string>,
  window: StartWindow,
): AsyncGenerator<TaggedRow> {
  const asked = [...tags].map(([tagKey, tagValue]): Tag => {
    const { key, value } = indexedTag(tagKey, tagValue);
    return { service_name, tag_key: key, tag_value: value };
  });
  // A span whose service leaves no room for the tag is not in the index.
  if (!asked.every((tag) => isKey(Object.values(tag)))) return;
  const lists = asked.map((tag) => new TagList(session, tag, window));
  try {
    yield* joined(lists);
  } finally {
    for (const list of lists) await list.close();
  }
}

async function* joined(lists: readonly TagList[]): AsyncGenerator<TaggedRow> {
  const heads = await Promise.all(lists.map((list) => list.seek(undefined)));
  for (;;) {
    let last = heads[0];
    for (const head of heads) {
      if (head === undefined) return;
      if (last === undefined || compare(head, last) > 0) last = head;
    }
    if (last === undefined) return;
    const target = last;
    const isCommon = heads.every((head) => head && compare(head, target) === 0);
    if (isCommon) yield target;
    for (const [i, list] of lists.entries()) {
      const head = heads[i];
      if (isCommon) heads[i] = await list.seek(undefined);
      else if (head && compare(head, target) < 0) heads[i] = await list.seek(target);
    }
  }
}

/** The order of the index: start from the newest on, then trace, then span. */
function compare(a: TaggedRow, b: TaggedRow): number {
  if (a.start_time !== b.start_time) return a.start_time > b.start_time ? -1 : 1;
  const traces = a.trace_id.compare(b.trace_id);
  if (traces !== 0) return traces;
  return a.span_id < b.span_id ? -1 : a.span_id > b.span_id ? 1 : 0;
}

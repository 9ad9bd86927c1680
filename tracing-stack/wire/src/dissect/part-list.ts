import {
  parentReferenceAt,
  parseSpanId,
  parseTraceId,
  type ReferenceType,
  type SpanId,
  type TraceId,
  ZERO_SPAN_ID,
} from '@spoor/model';
import type { DissectedSpan, Part, Role } from './part.ts';
import type { Field, Structure } from './structure.ts';

/** Of one message: when there are so many, further spans are told as one part each, without what lies in them. */
const MANY_PARTS = 50_000;
/** And then nothing more: no client sends such a message. */
const MOST_PARTS = 4 * MANY_PARTS;

export type OpenPart = { -readonly [K in keyof Part]: Part[K] };

/** A reference of a span: Jaeger's proto has no field for the parent, and Java's client leaves it 0 sometimes. */
interface OpenReference {
  readonly refType: ReferenceType;
  /** In hex. */
  readonly traceId: string;
  readonly spanId: OpenPart;
}

/** What a span has said of itself so far, in hex: a trace id may come in halves, the lower one first or alone. */
interface OpenSpan {
  readonly part: number;
  traceIds: string[];
  spanId: string;
  parentId: string;
  flags: number | undefined;
  readonly references: OpenReference[];
  /** Of another trace than the one that is asked for: known from the lower half of its trace id on, which comes first. */
  isOther: boolean;
}

function openSpan(part: number): OpenSpan {
  return {
    part,
    traceIds: [],
    spanId: '',
    parentId: '',
    flags: undefined,
    references: [],
    isOther: false,
  };
}

/** Collects the parts of a message, and the spans among them. */
export class PartList {
  readonly parts: OpenPart[] = [];
  readonly spans: DissectedSpan[] = [];
  /** Of the part that is added next. */
  depth = 0;
  private readonly traceId: TraceId | undefined;
  private readonly isForIds: boolean;
  private open: OpenSpan | undefined;

  /** What lies in spans of other traces than `traceId` is left out, if it is given. `isForIds`: so is all that says nothing of who a span is. */
  constructor(traceId?: TraceId, isForIds = false) {
    this.traceId = traceId;
    this.isForIds = isForIds;
  }

  /** Whether a field is to be passed over, within a span: most of a message may be of other traces. */
  skips(structure: Structure | undefined, field: Field | undefined): boolean {
    if (this.open === undefined) return false;
    const saysWho = field?.role !== undefined || field?.of?.is === 'reference';
    return this.open.isOther || (this.isForIds && !saysWho && structure?.is !== 'reference');
  }

  /** Whether no more parts are told. */
  get isFull(): boolean {
    return this.parts.length >= MOST_PARTS;
  }

  add(part: Omit<Part, 'depth'>): OpenPart {
    const added: OpenPart = { depth: this.depth, ...part };
    this.parts.push(added);
    return added;
  }

  /** Adds a part, and what `fill` adds lies in it. `fill` gives its end. */
  nest(part: Omit<Part, 'depth' | 'end'>, fill: (part: OpenPart) => number): OpenPart {
    const added = this.add({ ...part, end: part.start });
    this.depth++;
    added.end = fill(added);
    this.depth--;
    return added;
  }

  /** What `fill` adds are the parts of a struct, whose own part was added last. */
  structure(structure: Structure | undefined, fill: () => void): void {
    const from = this.parts.length;
    const outer = this.open;
    if (structure?.is === 'span') this.open = openSpan(from - 1);
    fill();
    if (structure?.is === 'reference') this.refer(this.parts.slice(from));
    if (structure?.is !== 'span') return;
    const span = this.open;
    this.open = outer;
    if (span) this.close(span);
  }

  /** Notes what an id of the open span says, in hex. */
  identify(role: Role | undefined, hex: string): void {
    if (this.open === undefined) return;
    if (role === 'traceId') {
      this.open.traceIds.push(hex);
      this.open.isOther = !this.isWanted(this.open.traceIds[0] ?? '');
    } else if (role === 'spanId') this.open.spanId = hex;
    else if (role === 'parentId') this.open.parentId = hex;
  }

  flag(flags: number): void {
    if (this.open !== undefined) this.open.flags = flags;
  }

  /** Notes a reference of the open span by its fields, of Jaeger's thrift or proto. CHILD_OF is 0, which proto does not send. */
  private refer(fields: readonly OpenPart[]): void {
    const named = (...names: string[]) => fields.find(({ name }) => names.includes(name));
    const spanId = named('spanId', 'span_id');
    if (spanId === undefined) return;
    const isFollowsFrom = named('refType', 'ref_type')?.value?.startsWith('1');
    const halves = [named('traceIdHigh'), named('traceIdLow', 'trace_id')];
    this.open?.references.push({
      refType: isFollowsFrom ? 'FOLLOWS_FROM' : 'CHILD_OF',
      traceId: halves.map((half) => half?.value ?? '').join(''),
      spanId,
    });
  }

  private isWanted(lowerHalf: string): boolean {
    return (
      this.traceId === undefined ||
      lowerHalf.padStart(16, '0').slice(-16).toLowerCase() === this.traceId.slice(-16)
    );
  }

  private close(span: OpenSpan): void {
    const { part, flags } = span;
    // The halves come with the lower one first, in either Thrift.
    const traceId = parseTraceId(span.traceIds.toReversed().join(''));
    const own = parseSpanId(span.spanId);
    const isWanted = this.traceId === undefined || this.traceId === traceId;
    if (!isWanted || this.isForIds || this.parts.length > MANY_PARTS) this.parts.splice(part + 1);
    if (!isWanted || traceId === undefined || own === undefined) return;
    this.spans.push({
      part,
      traceId,
      spanId: own,
      parentId: saidParent(span) ?? referredParent(span, traceId) ?? ZERO_SPAN_ID,
      flags,
    });
  }
}

/** By the format's own field for it; 0 says that there is none, or that references say it. */
function saidParent({ parentId }: OpenSpan): SpanId | undefined {
  const id = parseSpanId(parentId);
  return id === ZERO_SPAN_ID ? undefined : id;
}

/** By a reference, whose part then has the role, too. */
function referredParent({ references }: OpenSpan, own: TraceId): SpanId | undefined {
  const at = parentReferenceAt(references, ({ traceId }) => parseTraceId(traceId) === own);
  const parent = references[at]?.spanId;
  if (parent === undefined) return undefined;
  parent.role = 'parentId';
  return parseSpanId(parent.value ?? '');
}

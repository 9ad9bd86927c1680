import {
  goDuration,
  type Log,
  type Micros,
  type Process,
  parentSpanId,
  parseGoDuration,
  type Span,
  type Trace,
  ZERO_SPAN_ID,
} from '@spoor/model';
import type { Adjuster } from './adjuster.ts';
import { dottedAddress } from './ip-tag.ts';
import { skewBetween } from './skew-between.ts';

/** A span in the tree by which skew is passed on. `start` is as adjusted so far. */
interface Node {
  readonly span: Span;
  readonly host: string;
  /** Absent for the many that have none: a trace may have 50,000 spans. */
  children?: Node[];
  start: Micros;
  warnings?: string[];
}

/** How far the clock of `host` is behind its caller's. */
interface Skew {
  readonly host: string;
  readonly delta: Micros;
}

/**
 * Moves spans whose host's clock disagrees with its caller's, so that a child lies within its parent: Jaeger's
 * `--query.max-clock-skew-adjustment`. Spans of one host move together. A skew greater than `max` is only told in a
 * warning; with a `max` of 0 nothing is moved at all.
 */
export function clockSkew(max: Micros): Adjuster {
  return (trace) => {
    const nodes = nodesOf(trace);
    const roots = linkChildren(nodes);
    const waiting: [Node, Skew][] = roots.map((root) => [root, { host: root.host, delta: 0 }]);
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const [node, skew] = next;
      move(node, skew.delta, max);
      for (const child of node.children ?? []) {
        const sameHost = child.host !== '' && child.host === skew.host;
        waiting.push([
          child,
          sameHost ? skew : { host: child.host, delta: skewOf(child.span, node) },
        ]);
      }
    }
    return nodes.every(isUnchanged) ? trace : { ...trace, spans: nodes.map(adjustedSpan) };
  };
}

const ADJUSTED_BY = "This span's timestamps were adjusted by ";
const NOT_APPLYING =
  /^(?:clock skew adjustment disabled|max clock skew adjustment delta of \S+ exceeded); not applying calculated delta of (.+)$/;
const GO_DURATION = /^-?(?:[\d.]+(?:ns|µs|ms|h|m|s))+$/;

/** What an adjustment's warning says of a span. */
export interface ToldSkew {
  /** How far its host's clock is behind its caller's, in microseconds; negative if it is ahead. */
  readonly behind: Micros;
  /** Whether it was moved by that. If not, its times are those of its own clock. */
  readonly isMoved: boolean;
}

/** Whether a span's clock disagrees with its caller's, as the span's warnings say; `undefined` if they say nothing. */
export function toldSkew(warnings: readonly string[]): ToldSkew | undefined {
  for (const warning of warnings) {
    const isMoved = warning.startsWith(ADJUSTED_BY);
    const told = isMoved ? warning.slice(ADJUSTED_BY.length) : NOT_APPLYING.exec(warning)?.[1];
    // A stored warning may begin with the same words.
    if (told !== undefined && GO_DURATION.test(told))
      return { behind: parseGoDuration(told), isMoved };
  }
  return undefined;
}

/** By how much a span was moved, in microseconds, as its warnings say; `undefined` if it was not. */
export function adjustedBy(warnings: readonly string[]): Micros | undefined {
  const told = toldSkew(warnings);
  return told?.isMoved ? told.behind : undefined;
}

function nodesOf(trace: Trace): Node[] {
  const hosts = new Map<Process, string>();
  return trace.spans.map((span) => {
    let host = hosts.get(span.process);
    if (host === undefined) {
      host = hostOf(span.process);
      hosts.set(span.process, host);
    }
    return { span, host, start: span.startTime };
  });
}

function warn(node: Node, warning: string): void {
  node.warnings ??= [];
  node.warnings.push(warning);
}

/** Hangs children on their parents and gives back the roots, to which spans without their parent count. */
function linkChildren(nodes: readonly Node[]): Node[] {
  const byId = new Map<string, Node>();
  for (const node of nodes) {
    if (byId.has(node.span.spanId))
      warn(node, 'duplicate span IDs; skipping clock skew adjustment');
    else byId.set(node.span.spanId, node);
  }
  const roots: Node[] = [];
  for (const node of byId.values()) {
    const parentId = parentSpanId(node.span) ?? ZERO_SPAN_ID;
    const parent = byId.get(parentId);
    if (parentId === ZERO_SPAN_ID) roots.push(node);
    else if (parent) {
      parent.children ??= [];
      parent.children.push(node);
    } else {
      roots.push(node);
      warn(node, `invalid parent span IDs=${parentId}; skipping clock skew adjustment`);
    }
  }
  return roots;
}

/** Spans are of one host if their processes have the same `ip`, in whatever form; without one nobody knows. */
function hostOf(process: Process): string {
  const tag = process.tags.find(({ key }) => key === 'ip');
  switch (tag?.type) {
    case 'string':
      return tag.value;
    case 'int64':
      return dottedAddress(Number(BigInt.asUintN(32, tag.value)));
    case 'binary':
      return tag.value.length === 4 || tag.value.length === 16 ? tag.value.join('.') : '';
    default:
      return '';
  }
}

/** By how much to move the child so that the way there and the way back take equally long. */
function skewOf(child: Span, parent: Node): Micros {
  return skewBetween(child, { startTime: parent.start, duration: parent.span.duration });
}

function move(node: Node, delta: Micros, max: Micros): void {
  if (delta === 0) return;
  const told = goDuration(delta);
  if (Math.abs(delta) <= max) {
    node.start += delta;
    warn(node, `${ADJUSTED_BY}${told}`);
  } else if (max === 0) {
    warn(node, `clock skew adjustment disabled; not applying calculated delta of ${told}`);
  } else {
    warn(
      node,
      `max clock skew adjustment delta of ${goDuration(max)} exceeded; not applying calculated delta of ${told}`,
    );
  }
}

function isUnchanged(node: Node): boolean {
  return node.warnings === undefined;
}

function adjustedSpan(node: Node): Span {
  const { span, start, warnings } = node;
  if (warnings === undefined) return span;
  const delta = start - span.startTime;
  const logs: readonly Log[] =
    delta === 0
      ? span.logs
      : span.logs.map((log) => ({ ...log, timestamp: Math.floor(log.timestamp + delta) }));
  // Half of an odd number of microseconds: Jaeger reckons in nanoseconds and cuts when it prints.
  return { ...span, startTime: Math.floor(start), logs, warnings: [...span.warnings, ...warnings] };
}

import { type DiffRow, diffTags, type TagDifference } from '@spoor/analysis';
import type { ComponentChildren } from 'preact';
import { formatDuration } from '../format/duration.ts';
import { hrefOf } from '../shell/location.ts';
import { PanelHead } from '../shell/panel-head.tsx';
import type { ComparedSide, ComparedTraces } from './compared-traces.ts';
import { compareText } from './i18n/compare-text.ts';

/** A span of one or both traces, with its figures and tags side by side. */
export function ComparePanel(props: {
  readonly compared: ComparedTraces;
  readonly row: DiffRow;
  readonly ids: { readonly a: string; readonly b: string };
  readonly onClose: () => void;
}) {
  const { compared, row, ids, onClose } = props;
  const { a, b } = compared;
  const words = compareText();
  const span = b.spans[row.b] ?? a.spans[row.a];
  const tags = diffTags(a.span(row.a)?.tags, b.span(row.b)?.tags);
  const figures: readonly (readonly [string, (side: ComparedSide, at: number) => number])[] = [
    [words.startsAfter, (side, at) => side.start(at)],
    [words.duration, (side, at) => side.length(at)],
    [words.self, (side, at) => side.selfTime(at)],
  ];
  const figure = (side: ComparedSide, at: number, of: (typeof figures)[number][1]) =>
    at === -1 ? '' : formatDuration(of(side, at));
  return (
    <aside
      class="compare-panel"
      aria-label={words.panel}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onClose();
      }}
    >
      <PanelHead
        serviceName={span?.serviceName}
        operationName={span?.operationName}
        close={words.close}
        onClose={onClose}
      />
      <Table title={words.time}>
        {figures.map(([name, of]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{figure(a, row.a, of)}</td>
            <td>{figure(b, row.b, of)}</td>
          </tr>
        ))}
        <tr>
          <th scope="row">{words.spans}</th>
          <td>
            <SpanLink side={a} at={row.a} traceId={ids.a} name={words.first} />
          </td>
          <td>
            <SpanLink side={b} at={row.b} traceId={ids.b} name={words.second} />
          </td>
        </tr>
      </Table>
      <h3>{words.tags}</h3>
      {tags.length === 0 ? (
        <p class="muted">{words.noTags}</p>
      ) : (
        <Table title={words.tagKey}>
          {tags.map((tag) => (
            <Tag key={tag.key} tag={tag} isInBoth={row.a !== -1 && row.b !== -1} />
          ))}
        </Table>
      )}
    </aside>
  );
}

function Table(props: { readonly title: string; readonly children: ComponentChildren }) {
  const words = compareText();
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">
            <span class="visually-hidden">{props.title}</span>
          </th>
          <th scope="col">{words.first}</th>
          <th scope="col">{words.second}</th>
        </tr>
      </thead>
      <tbody>{props.children}</tbody>
    </table>
  );
}

function SpanLink(props: {
  readonly side: ComparedSide;
  readonly at: number;
  readonly traceId: string;
  readonly name: string;
}) {
  const { side, at, traceId, name } = props;
  const words = compareText();
  const span = side.span(at);
  if (!span) return <span class="muted">{words.notIn(name)}</span>;
  return <a href={hrefOf(`trace/${traceId}?span=${span.spanID}`)}>{words.openIn(name)}</a>;
}

function Tag({ tag, isInBoth }: { readonly tag: TagDifference; readonly isInBoth: boolean }) {
  const { key, a, b } = tag;
  return (
    <tr class={isInBoth && a !== b ? 'differs' : undefined}>
      <th scope="row">{key}</th>
      <td>
        <code>{a}</code>
      </td>
      <td>
        <code>{b}</code>
      </td>
    </tr>
  );
}

import { readFileSync, writeFileSync } from 'node:fs';
import { CLIENTS } from './clients.ts';
import type { CallsRow, Row, SamplingRow, TraceRow } from './rows.ts';

interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly title: string;
      readonly status: string;
      readonly meta?: { readonly row?: Row };
    }[];
  }[];
}

const START = '<!-- npm run test:interop -- --write -->';
const END = '<!-- end -->';

/** The tables of a run in Markdown, from Vitest's JSON report: a part for each Jaeger, a row a mix. */
export function tablesOf(report: string): string {
  const tests = (JSON.parse(report) as Report).testResults.flatMap((file) => file.assertionResults);
  const rows = tests.flatMap(({ meta }) => meta?.row ?? []);
  const reasons = [...new Set(rows.flatMap(({ accepted }) => accepted))];
  const counted = (wanted: string) => tests.filter(({ status }) => status === wanted).length;
  const failed = tests.filter(({ status }) => status === 'failed').map(({ title }) => title);
  const peers = [...new Set(rows.map(({ peer }) => peer))];
  return [
    `${counted('passed')} passed, ${counted('failed')} failed. Clients: ${clientsTold()}.`,
    ...failed.map((title) => `- FAILED: ${title}`),
    ...reasons.map((reason, i) => `- **${letter(i)}** ${reason}`),
    ...peers.flatMap((peer) =>
      tablesWith(
        rows.filter((row) => row.peer === peer),
        peer,
        reasons,
      ),
    ),
  ].join('\n\n');
}

function clientsTold(): string {
  return Object.entries(CLIENTS)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');
}

/** a, b, c … */
function letter(index: number): string {
  return String.fromCharCode(97 + index);
}

function tablesWith(rows: readonly Row[], peer: string, reasons: readonly string[]): string[] {
  const told = ({ accepted }: Row) =>
    ['same', ...accepted.map((reason) => `but **${letter(reasons.indexOf(reason))}**`)].join(' ');
  const of = <Kind extends Row['kind']>(kind: Kind) =>
    rows.filter((row): row is Extract<Row, { kind: Kind }> => row.kind === kind);
  return [
    `## With ${peer}`,
    table(
      ['client', 'agent', 'to the collector', 'collector', 'store', 'query', 'spans', 'trace'],
      of('trace').map((row: TraceRow) => [
        ...[row.client, row.agent || '–', row.transport, row.collector, row.store, row.query],
        ...[String(row.spans), told(row)],
      ]),
    ),
    table(
      ['asked of agent', 'over', 'collector', 'questions', 'sampling strategies'],
      of('sampling').map((row: SamplingRow) => [
        ...[row.agent, row.transport, row.collector, String(row.answers), told(row)],
      ]),
    ),
    table(
      ['written by collector', 'store', 'asked of query', 'calls', 'answers'],
      of('calls').map((row: CallsRow) => [
        ...[row.collector, row.store, row.query, String(row.calls), told(row)],
      ]),
    ),
  ].filter((text) => text !== '');
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const lines = [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return [...new Set(lines)].join('\n');
}

/** Puts the tables between the marks in a file. */
export function writeTables(file: string, tables: string): void {
  const text = readFileSync(file, 'utf8');
  const [start, end] = [text.indexOf(START), text.indexOf(END)];
  if (start === -1 || end < start) throw new Error(`${file} has no marks for the tables`);
  writeFileSync(file, `${text.slice(0, start)}${START}\n\n${tables}\n\n${text.slice(end)}`);
}

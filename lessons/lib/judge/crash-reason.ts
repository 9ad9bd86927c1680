import { basename, dirname } from 'node:path';
import type { Ending } from '../harness/lesson-process.ts';
import { LOG_TIMESTAMP } from '../harness/log-timestamp.ts';

/** What names an error: `TypeError: x is not a function`, `Error [ERR_X]: …`. */
const NAMED = /^(?:Uncaught )?(?:\w*(?:Error|Exception)|\[\w+\])(?: \[\w+\])?: \S/;
const FRAME = /(?:\(|at |file:\/\/)((?:file:\/\/)?[^()\s]+):(\d+):\d+\)?$/;
/** Of a compiler: `/path/inner.ts:8:15: ERROR: Expected ";"`. */
const COMPILED = /^(\S+):(\d+):\d+: ERROR: (.*)$/;

/** Node ends with 13 when a promise that the program awaits at its top can never be resolved any more. */
export function neverResolved({ code }: Ending, lines: readonly string[]): boolean {
  return code === 13 && messageOf(lines) === undefined;
}

/** Why a program ended with an error, in one line with the place in the learner's own file. */
export function crashReason(file: string, ending: Ending, lines: readonly string[]): string {
  const compiled = lines.map((line) => COMPILED.exec(line)).find((match) => match !== null);
  if (compiled) return `${compiled[3]} (${basename(compiled[1] ?? '')}:${compiled[2]})`;
  const message = messageOf(lines) ?? (ending.error || exitText(ending));
  const place = placeOf(dirname(file), lines);
  return place === undefined || message.includes(place) ? message : `${message} (${place})`;
}

/** What V8 says of a mistake in the code, where somebody printed the error's message alone. */
const OF_V8 =
  /\bis not (a function|a constructor|iterable|defined)\b|^Cannot (read|set) properties of /;

/** An error that a program printed and survived. */
export function printedError(lines: readonly string[]): string | undefined {
  const plain = lines.map((line) => line.replace(LOG_TIMESTAMP, ''));
  return plain.find((line) => NAMED.test(line) || OF_V8.test(line))?.trim();
}

function messageOf(lines: readonly string[]): string | undefined {
  const named = lines.find((line) => NAMED.test(line));
  if (named !== undefined) return named.replace(/^Uncaught /, '').trim();
  // What was thrown is no Error: Node shows it below the line that threw.
  const caret = caretOf(lines);
  if (caret < 0) return undefined;
  const rest = lines.slice(caret + 1).map((line) => line.trim());
  const reason = /reason "(.*?)"\.?\]?/.exec(rest.join(' '))?.[1];
  const thrown = reason ?? rest.find((line) => line !== '' && !line.startsWith('Node.js '));
  return thrown?.replace(LOG_TIMESTAMP, '');
}

/** The line of code with which an uncaught error is shown, above the caret that points into it. */
export function lineThatThrew(lines: readonly string[]): string | undefined {
  return lines[caretOf(lines) - 1];
}

function caretOf(lines: readonly string[]): number {
  return lines.findIndex((line) => /^\s*\^+\s*$/.test(line));
}

/** `inner.ts:12`: the first place in a stack, or above it, that is in the learner's folder. */
function placeOf(folder: string, lines: readonly string[]): string | undefined {
  for (const line of lines) {
    const [, path = '', row] =
      FRAME.exec(line.trim()) ?? /^((?:file:\/\/)?\/\S+):(\d+)$/.exec(line) ?? [];
    const plain = path.replace(/^file:\/\//, '');
    if (plain.startsWith(`${folder}/`)) return `${plain.slice(folder.length + 1)}:${row}`;
  }
  return undefined;
}

function exitText({ code, signal }: Ending): string {
  return signal === null ? `exit code ${code}` : `signal ${signal}`;
}

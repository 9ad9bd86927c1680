import { basename } from 'node:path';
import { crashReason, printedError } from '../judge/crash-reason.ts';
import { crashFinding, processFindings } from '../judge/process-findings.ts';
import type { Run } from '../judge/run.ts';
import { spanFacts } from '../judge/span-facts.ts';
import type { Finding } from '../judge/verdict.ts';
import type { HttpAnswer } from './http-request.ts';

/** Whether an answer is one that the lesson can go on with. */
export function isGood(answer: HttpAnswer): boolean {
  return answer.kind === 'answered' && answer.status >= 200 && answer.status < 300;
}

/** Why a service gave no good answer. A program that is gone says it best. */
export function answerFindings(run: Run, answer: HttpAnswer): Finding[] {
  if (isGood(answer)) return [];
  const ended = endFindings(run);
  if (ended.length > 0) return ended;
  if (answer.kind === 'silent') return silenceFindings(run, basename(run.file));
  const told =
    answer.kind === 'cut'
      ? answer.reason
      : `HTTP ${answer.status} ${firstLine(answer.body)}`.trim();
  const error = crashReason(run.file, { code: null, signal: null, error: told }, run.lines);
  return [crashFinding(run, error, 'ANSWER')];
}

function silenceFindings(run: Run, file: string): Finding[] {
  const printed = printedError(run.lines);
  if (printed !== undefined)
    return [{ rule: 'W-CRASH', variant: 'STUCK', params: { file, error: printed } }];
  const { started, unfinished } = spanFacts(run);
  if (started > 0 && unfinished.length === 0)
    return [{ rule: 'W-HANG', variant: 'UNANSWERED', params: { file } }];
  const isStuck = run.tap.some(({ type }) => type === 'stuck');
  return [{ rule: 'W-HANG', ...(isStuck && { variant: 'STUCK' }), params: { file } }];
}

/** What became of a program that should still be running. */
export function endFindings(run: Run): Finding[] {
  if (run.ending === undefined) return [];
  const [finding] = processFindings(run);
  if (finding) return [finding];
  return [{ rule: 'W-CRASH', params: { file: basename(run.file), error: 'exit code 0' } }];
}

/** Of a page of express it is the line with the error. */
function firstLine(body: string): string {
  const text = body.replace(/<br>/g, '\n').replace(/<title>.*?<\/title>|<[^>]+>/gs, '');
  return text.trim().split('\n')[0]?.trim() ?? '';
}

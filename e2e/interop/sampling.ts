import { exactJson } from '../exact-json.ts';
import { jsonLines } from './json-lines.ts';

/** A collector's file of strategies: each kind of strategy, and services with and without operations of their own. */
export const STRATEGIES = {
  default_strategy: {
    type: 'probabilistic',
    param: 0.5,
    operation_strategies: [{ operation: '/health', type: 'probabilistic', param: 0 }],
  },
  service_strategies: [
    {
      service: 'shop',
      type: 'probabilistic',
      param: 0.25,
      operation_strategies: [{ operation: 'pay', type: 'probabilistic', param: 1 }],
    },
    { service: 'bank', type: 'ratelimiting', param: 5 },
    { service: 'mail', type: 'probabilistic', param: 0.125 },
  ],
};

/** Where clients ask: the agent in its two spellings, and the collector. */
export const QUESTIONS = [
  '5778/sampling?service=shop',
  '5778/sampling?service=bank',
  '5778/sampling?service=mail',
  '5778/sampling?service=else',
  '5778/?service=bank',
  '5778/?service=mail',
  '14268/api/sampling?service=shop',
  '14268/api/sampling?service=bank',
  '14268/api/sampling?service=else',
];

/** What is answered, by port and path: the status, and what the body says, digit for digit. */
export async function samplingLines(): Promise<Readonly<Record<string, string>>> {
  const lines: Record<string, string> = {};
  for (const question of QUESTIONS) {
    const answer = await fetch(`http://127.0.0.1:${question}`);
    const text = await answer.text();
    lines[`${question} status`] = `${answer.status}`;
    const said = answer.ok ? exactJson(text) : text;
    for (const [path, value] of jsonLines(said, question)) lines[path] = value;
  }
  return lines;
}

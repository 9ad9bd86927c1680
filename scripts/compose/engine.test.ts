import { expect, test } from 'vitest';
import { ComposeError, findCompose, type Ran, type Run } from './engine.ts';

const there = { status: 0, out: '', err: '' };
const missing = { status: undefined, out: '', err: '' };

/** A machine on which the commands that begin so end so; there are no others. */
function machine(ends: Readonly<Record<string, Ran>>): Run {
  return (...words) => {
    const command = words.join(' ');
    return Object.entries(ends).find(([start]) => command.startsWith(start))?.[1] ?? missing;
  };
}

test.each([
  ['version 2', { 'docker version': there, 'docker compose': there }, { executablePath: 'docker' }],
  [
    '1.29',
    {
      'docker version': there,
      'docker compose': { status: 1, out: '', err: 'unknown command' },
      'docker-compose': there,
    },
    { standalone: true },
  ],
])('Compose %s is found', (_, ends, found) => {
  expect(findCompose(machine(ends))).toEqual(found);
});

test.each([
  ['docker', {}, /^docker is not installed: see https:/],
  [
    'an engine',
    { docker: { status: 1, out: '', err: 'some warning\nCannot connect to the daemon\n' } },
    /^no docker engine answers, start Docker first: Cannot connect to the daemon$/,
  ],
  [
    'Compose',
    { 'docker version': there, 'docker compose': { status: 1, out: '', err: '' } },
    /^neither `docker compose` nor `docker-compose` is installed$/,
  ],
])('without %s there is one line', (_, ends, line) => {
  const find = () => findCompose(machine(ends));
  expect(find).toThrow(ComposeError);
  expect(find).toThrow(line);
});

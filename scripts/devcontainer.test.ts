import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const read = (file: string) => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
const { forwardPorts, portsAttributes } = JSON.parse(read('.devcontainer/devcontainer.json')) as {
  forwardPorts: number[];
  portsAttributes: Record<string, { label?: string }>;
};
const named = Object.keys(portsAttributes).filter((port) => portsAttributes[port]?.label);

test('the development container names each port that it forwards', () => {
  expect(named).toEqual(expect.arrayContaining(forwardPorts.map(String)));
});

test('the development container names each port of the stack and the demo services', () => {
  const published = [...read('docker-compose.yml').matchAll(/:(\d+)'\]?$/gm)].map(
    ([, port]) => port,
  );
  expect(published).toContain('16686');
  expect(named).toEqual(expect.arrayContaining(published));
});

import { expect, test } from 'vitest';
import { SERVICE_COLORS, serviceColors } from './service-color.ts';

const names = (count: number) => Array.from({ length: count }, (_, i) => `svc-${i}`);
const differ = (shown: readonly string[]) => new Set(serviceColors(shown).values()).size;

test.each(Array.from({ length: SERVICE_COLORS }, (_, i) => i + 1))(
  '%d services get colours of their own, whatever they are called',
  (count) => {
    expect(differ(names(count))).toBe(count);
    expect(differ(names(40).slice(40 - count))).toBe(count);
    expect(differ(names(count).map((name) => `${name}服务`))).toBe(count);
  },
);

test('two that share a colour on a page of many differ where there are free ones', () => {
  const all = names(2 * SERVICE_COLORS + 2);
  const colors = serviceColors(all);
  for (const one of all)
    for (const other of all)
      if (one < other && colors.get(one) === colors.get(other))
        expect(differ([one, other])).toBe(2);
});

test('the colours of a page come from its names alone: not from their order, nor from pages before', () => {
  const page = ['redis', 'frontend', 'driver', 'mysql', 'route', 'customer'];
  const first = [...serviceColors(page)].sort();
  serviceColors(['another', 'trace', ...names(20)]);
  expect([...serviceColors(page.toReversed())].sort()).toEqual(first);
  expect([...serviceColors([...page, ...page])].sort()).toEqual(first);
  // A colour that somebody saw stays what it was: a change here changes every picture there is.
  expect(first).toEqual([
    ['customer', 4],
    ['driver', 3],
    ['frontend', 5],
    ['mysql', 7],
    ['redis', 6],
    ['route', 0],
  ]);
});

test('a service alone on a page looks the same on another, unless one before it by name is of its colour', () => {
  const alone = (name: string) => serviceColors([name]).get(name);
  const page = serviceColors(names(SERVICE_COLORS));
  for (const [name, color] of page) {
    const isMoved = [...page].some(([other]) => other < name && alone(other) === alone(name));
    if (!isMoved) expect(color).toBe(alone(name));
  }
  expect([...page].filter(([name, color]) => alone(name) === color).length).toBeGreaterThan(2);
});

test('more services than colours share them evenly', () => {
  const colors = [...serviceColors(names(3 * SERVICE_COLORS)).values()];
  for (let color = 0; color < SERVICE_COLORS; color++)
    expect(colors.filter((c) => c === color)).toHaveLength(3);
});

import { expect, test } from 'vitest';
import type { KeptTexts } from '../shell/browser-store.ts';
import { SERVICE_COLORS, serviceColors } from './service-color.ts';

function memory(): KeptTexts {
  const items = new Map<string, string | null>();
  return {
    get: (key) => items.get(key) ?? null,
    set: (key, value) => void items.set(key, value),
  };
}

const names = (count: number) => Array.from({ length: count }, (_, i) => `service-${i}`);

test('services get colours of their own as long as there are colours', () => {
  const colors = serviceColors(names(SERVICE_COLORS), memory());
  expect(new Set(colors.values()).size).toBe(SERVICE_COLORS);
});

test('a service keeps its colour on other pages, whatever else is shown there', () => {
  const store = memory();
  const [first, second] = [serviceColors(['b', 'c'], store), serviceColors(['a', 'b', 'c'], store)];
  expect([second.get('b'), second.get('c')]).toEqual([first.get('b'), first.get('c')]);
  expect(serviceColors(['c'], store).get('c')).toBe(first.get('c'));
});

test('two services that would share a colour differ where they are shown together', () => {
  const store = memory();
  const all = serviceColors(names(SERVICE_COLORS + 1), store);
  expect(new Set(serviceColors([...all.keys()].slice(0, 2), store).values()).size).toBe(2);
  const sharing = [
    'service-0',
    names(SERVICE_COLORS + 1)
      .toSorted()
      .at(-1) as string,
  ];
  expect(new Set(serviceColors(sharing, store).values()).size).toBe(2);
});

test('more services than colours share them evenly', () => {
  const colors = [...serviceColors(names(3 * SERVICE_COLORS), memory()).values()];
  for (let color = 0; color < SERVICE_COLORS; color++)
    expect(colors.filter((c) => c === color)).toHaveLength(3);
});

test.each(['not JSON', '{"a":1}', '[1, null]', '7'])(
  'a broken store (%s) is like an empty one',
  (kept) => {
    const store = { get: () => kept, set: () => {} };
    expect(serviceColors(['a', 'b'], store)).toEqual(serviceColors(['a', 'b'], memory()));
  },
);

test('where nothing can be kept, services still get colours of their own', () => {
  // There is no localStorage here.
  expect(new Set(serviceColors(['a', 'b']).values()).size).toBe(2);
});

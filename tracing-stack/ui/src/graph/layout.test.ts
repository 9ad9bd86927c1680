import { serviceGraph } from '@spoor/analysis';
import { expect, test } from 'vitest';
import { curve, layoutOf } from './layout.ts';

const link = (parent: string, child: string) => ({ parent, child, callCount: 1 });
const graph = serviceGraph([
  link('web', 'shop'),
  link('shop', 'cart'),
  link('shop', 'pay'),
  link('pay', 'web'),
]);
const box = () => ({ width: 100, height: 40 });
const label = () => ({ width: 20, height: 16 });

test('callers stand left of those they call, and no two boxes touch; a circle does no harm', () => {
  const { nodes, edges, width, height } = layoutOf(graph, 'right', box, label);
  const x = new Map(nodes.map(({ node, x }) => [node.name, x]));
  const at = (name: string) => x.get(name) as number;
  expect(at('web')).toBeLessThan(at('shop'));
  expect(at('shop')).toBeLessThan(at('cart'));
  for (const a of nodes)
    for (const b of nodes)
      if (a !== b) expect(Math.abs(a.x - b.x) >= 100 || Math.abs(a.y - b.y) >= 40).toBe(true);
  for (const { x, y } of [...nodes, ...edges.flatMap(({ points }) => points)]) {
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x).toBeLessThanOrEqual(width);
    expect(y).toBeGreaterThanOrEqual(0);
    expect(y).toBeLessThanOrEqual(height);
  }
  expect(edges).toHaveLength(4);
});

test('or above them', () => {
  const { nodes } = layoutOf(graph, 'down', box, label);
  const y = new Map(nodes.map(({ node, y }) => [node.name, y]));
  expect(y.get('web')).toBeLessThan(y.get('shop') as number);
});

test('no services, no size to speak of', () => {
  expect(layoutOf({ nodes: [], edges: [] }, 'right', box, label)).toMatchObject({
    nodes: [],
    edges: [],
  });
});

test('a path goes through its points, along the direction of the graph', () => {
  const points = [
    { x: 0, y: 0 },
    { x: 10, y: 20 },
    { x: 20, y: 20 },
  ];
  expect(curve(points, 'right')).toBe('M0 0C5 0 5 20 10 20C15 20 15 20 20 20');
  expect(curve(points, 'down')).toBe('M0 0C0 10 10 10 10 20C10 20 20 20 20 20');
  expect(curve([], 'right')).toBe('');
});

test('an arrow begins and ends in the middle of the sides that look at each other', () => {
  const { nodes, edges } = layoutOf(serviceGraph([link('a', 'b')]), 'right', box, label);
  const [a, b] = nodes.map(({ x, y }) => ({ x, y }));
  const points = edges[0]?.points ?? [];
  expect(points[0]).toEqual({ x: (a?.x ?? 0) + 50, y: a?.y });
  expect(points.at(-1)).toEqual({ x: (b?.x ?? 0) - 50, y: b?.y });
});

import { expect, test } from 'vitest';
import { serviceGraph } from './service-graph.ts';

const link = (parent: string, child: string, callCount: number) => ({ parent, child, callCount });
const LINKS = [
  link('web', 'shop', 10),
  link('shop', 'cart', 4),
  link('shop', 'pay', 6),
  link('pay', 'bank', 6),
  link('cart', 'cart', 3),
  link('shop', 'cart', 1),
];

test('every service, and each pair once, the most calls first', () => {
  expect(serviceGraph(LINKS)).toEqual({
    nodes: [
      { name: 'bank', callsIn: 6, callsOut: 0, ownCalls: 0 },
      { name: 'cart', callsIn: 5, callsOut: 0, ownCalls: 3 },
      { name: 'pay', callsIn: 6, callsOut: 6, ownCalls: 0 },
      { name: 'shop', callsIn: 10, callsOut: 11, ownCalls: 0 },
      { name: 'web', callsIn: 0, callsOut: 10, ownCalls: 0 },
    ],
    edges: [
      link('web', 'shop', 10),
      link('shop', 'pay', 6),
      link('pay', 'bank', 6),
      link('shop', 'cart', 5),
    ],
  });
});

test('with a focus only its callers and callees, whose figures stay whole', () => {
  const { nodes, edges } = serviceGraph(LINKS, 'pay');
  expect(nodes.map(({ name }) => name)).toEqual(['bank', 'pay', 'shop']);
  expect(nodes[2]).toMatchObject({ callsIn: 10, callsOut: 11 });
  expect(edges).toEqual([link('shop', 'pay', 6), link('pay', 'bank', 6)]);
});

test('a service that calls nobody but itself is shown; one that is not there is not', () => {
  const own = [link('job', 'job', 2)];
  expect(serviceGraph(own, 'job').nodes.map(({ ownCalls }) => ownCalls)).toEqual([2]);
  expect(serviceGraph(own, 'other')).toEqual({ nodes: [], edges: [] });
  expect(serviceGraph([])).toEqual({ nodes: [], edges: [] });
});

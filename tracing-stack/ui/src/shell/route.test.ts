import { expect, test } from 'vitest';
import { pastedTraceId, routeOf } from './route.ts';

test.each([
  ['/', '/', { page: 'search' }],
  ['/search', '/', { page: 'search' }],
  ['/search/', '/', { page: 'search' }],
  ['/trace/6d4d950dcadece48', '/', { page: 'trace', traceId: '6d4d950dcadece48' }],
  ['/trace/6d4d950dcadece48/', '/', { page: 'trace', traceId: '6d4d950dcadece48' }],
  ['/trace/%E0%A4%A', '/', { page: 'trace', traceId: '%E0%A4%A' }],
  ['/trace/', '/', { page: 'missing' }],
  ['/trace/a/b', '/', { page: 'missing' }],
  ['/trace/a1...b2', '/', { page: 'compare', a: 'a1', b: 'b2' }],
  ['/trace/a1...', '/', { page: 'compare', a: 'a1', b: '' }],
  ['/trace/...', '/', { page: 'compare', a: '', b: '' }],
  ['/dependencies', '/', { page: 'dependencies' }],
  ['/dependencies/', '/', { page: 'dependencies' }],
  ['/dependencies/x', '/', { page: 'missing' }],
  ['/monitor', '/', { page: 'monitor' }],
  ['/monitor/x', '/', { page: 'missing' }],
  ['/learn', '/', { page: 'learn' }],
  ['/learn/3', '/', { page: 'learn', lesson: 3 }],
  ['/learn/3/', '/', { page: 'learn', lesson: 3 }],
  ['/learn/x', '/', { page: 'missing' }],
  ['/learn/3/4', '/', { page: 'missing' }],
  ['/jaeger/learn/0', '/jaeger/', { page: 'learn', lesson: 0 }],
  ['/nothing', '/', { page: 'missing' }],
  ['/jaeger', '/jaeger/', { page: 'search' }],
  ['/jaeger/search', '/jaeger/', { page: 'search' }],
  ['/jaeger/trace/1', '/jaeger/', { page: 'trace', traceId: '1' }],
  ['/trace/1', '/jaeger/', { page: 'missing' }],
])('%s under %s is %o', (pathname, basePath, route) => {
  expect(routeOf(pathname, basePath)).toEqual(route);
});

test.each([
  ['6D4D950DCADECE48', '6d4d950dcadece48'],
  [' 1da0ad60e574b6e ', '01da0ad60e574b6e'],
  ['7f59d62bb390d34d:0ce3d89fb247d562:5a5bb5787d9c03d4:1', '7f59d62bb390d34d'],
  ['http://localhost:16686/trace/6d4d950dcadece48?uiFind=x', '6d4d950dcadece48'],
  ['', undefined],
  ['frontend', undefined],
  ['12345678901234567890123456789012345', undefined],
])('a pasted "%s" is the trace id %s', (pasted, id) => {
  expect(pastedTraceId(pasted)).toBe(id);
});

import { createRequire } from 'node:module';
import { afterAll, beforeEach, describe, it, vi } from 'vitest';
import { testTracer } from './testkit/test-tracer.ts';

// opentracing's own checks are written for mocha, whose words are globals, and say ids on the console.
vi.stubGlobal('describe', describe);
vi.stubGlobal('it', it);
vi.stubGlobal('beforeEach', beforeEach);
const log = vi.spyOn(console, 'log').mockImplementation(() => {});
afterAll(() => {
  log.mockRestore();
  vi.unstubAllGlobals();
});

const require = createRequire(import.meta.url);
const { default: apiCompatibilityChecks } = require('opentracing/lib/test/api_compatibility.js');

apiCompatibilityChecks(() => testTracer().tracer);

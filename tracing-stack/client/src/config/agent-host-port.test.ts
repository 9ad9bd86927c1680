import { expect, test } from 'vitest';
import { agentHostPort } from './agent-host-port.ts';

test.each([
  [{}, ':6831'],
  [{ JAEGER_AGENT_HOST: '', JAEGER_AGENT_PORT: '' }, ':6831'],
  [{ JAEGER_AGENT_HOST: 'agent.example' }, 'agent.example:6831'],
  [{ JAEGER_AGENT_PORT: '7777' }, ':7777'],
  [{ JAEGER_AGENT_HOST: '::1', JAEGER_AGENT_PORT: '7777' }, '[::1]:7777'],
])('%j names %s', (env, text) => {
  expect(agentHostPort(env)).toBe(text);
});

import { expect, test } from 'vitest';
import { agentText } from './agent-address.ts';
import { agentOf, findBackend } from './backend.ts';
import { speaker } from './i18n/messages.ts';
import { LessonError } from './lesson-error.ts';
import { USUAL_PORTS } from './port-table.ts';

const options = { directory: '', ports: USUAL_PORTS };

test.each([
  ['http://[::1]:16686', {}, '[::1]:6831'],
  ['http://jaeger.example:16686/base', {}, 'jaeger.example:6831'],
  ['http://[::1]:16686', { JAEGER_AGENT_HOST: 'agent.example' }, 'agent.example:6831'],
  [undefined, { JAEGER_AGENT_HOST: '::1', JAEGER_AGENT_PORT: '5775' }, '[::1]:5775'],
  [undefined, {}, '127.0.0.1:6831'],
])('the agent beside the query service %s, with %j, is %s', (query, env, text) => {
  expect(agentText(agentOf({ ...options, query, env }))).toBe(text);
});

test('the query service beside an agent that is named by an IPv6 address is looked for there', async () => {
  const ports = { ...USUAL_PORTS, queryHttp: 1 };
  const finding = findBackend({ ...options, ports, env: { JAEGER_AGENT_HOST: '::1' } });
  const error = await finding.catch((each: unknown) => each);
  expect(error).toBeInstanceOf(LessonError);
  expect((error as LessonError).tell(speaker('en'))).toMatch(
    /^No backend answers at http:\/\/\[::1\]:1 /,
  );
});

import { expect, test } from 'vitest';
import { heldPort } from './stack.ts';

test('of a port that is held it is said what to do', () => {
  const err =
    'ERROR: for jaeger-query  Cannot start service jaeger-query: driver failed programming external connectivity: ' +
    'listen tcp4 127.0.0.1:16686: bind: address already in use\n' +
    'Encountered errors while bringing up the project.\n';
  expect(heldPort(err)).toMatch(/^port 16686 is held by another program; SPOOR_PORT_16686=N /);
  expect(heldPort('Encountered errors while bringing up the project.')).toBeUndefined();
});

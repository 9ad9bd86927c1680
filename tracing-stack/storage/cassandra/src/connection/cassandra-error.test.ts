import { StorageError } from '@spoor/storage-api';
import { errors, types } from 'cassandra-driver';
import { expect, it } from 'vitest';
import { storageError } from './cassandra-error.ts';

const { ResponseError, NoHostAvailableError, OperationTimedOutError } = errors;
const codes = types.responseErrorCodes;

it.each([
  [
    new NoHostAvailableError({ h: new Error('ECONNREFUSED') }, ''),
    'unavailable',
    'h: ECONNREFUSED',
  ],
  [new OperationTimedOutError('too late'), 'unavailable', 'too late'],
  [new ResponseError(codes.overloaded, 'too much'), 'unavailable', 'too much'],
  [new ResponseError(codes.unavailableException, 'Cannot achieve'), 'unavailable', 'Cannot'],
  [
    new ResponseError(codes.invalid, "Keyspace 'k' does not exist"),
    'unavailable',
    '--cassandra.create-schema',
  ],
  [new ResponseError(codes.unauthorized, 'no permission'), 'unavailable', 'no permission'],
  [new ResponseError(codes.syntaxError, 'line 1'), 'unsupported', 'line 1'],
  [
    new ResponseError(codes.invalid, 'Mutation of 20000000 bytes is too large'),
    'unsupported',
    'too large',
  ],
])('%s is %s', (error, code, text) => {
  const meant = storageError(error);
  expect(meant).toMatchObject({ code, cause: error });
  expect(meant.message).toMatch(/^\[cassandra\] /);
  expect(meant.message).toContain(text);
});

it('an error of ours stays what it is', () => {
  const error = new StorageError('closed', '[cassandra] closed');
  expect(storageError(error)).toBe(error);
});

import { Metadata, status } from '@grpc/grpc-js';
import { expect, it } from 'vitest';
import { answerError } from './answer-error.ts';

it("says what the server said, without grpc-js's empty note of names", () => {
  const details =
    'No connection established. Last error: connect ECONNREFUSED 127.0.0.1:1. Resolution note: ';
  const code = status.UNAVAILABLE;
  const error = Object.assign(new Error(), { code, details, metadata: new Metadata() });
  expect(answerError('127.0.0.1:1', error)).toMatchObject({
    code: 'unavailable',
    message:
      '[grpc] 127.0.0.1:1 answered UNAVAILABLE: No connection established. Last error: connect ECONNREFUSED 127.0.0.1:1',
  });
});

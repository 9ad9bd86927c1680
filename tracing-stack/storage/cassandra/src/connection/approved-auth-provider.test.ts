import { auth } from 'cassandra-driver';
import { expect, it } from 'vitest';
import { ApprovedAuthProvider } from './approved-auth-provider.ts';

const NAME = 'org.apache.cassandra.auth.PasswordAuthenticator';
const plain = new auth.PlainTextAuthProvider('user', 'secret');

it('the password is told to who asks for it in an approved way, or in any if there is no list', () => {
  for (const approved of [[], [NAME]]) {
    expect(
      new ApprovedAuthProvider(plain, approved).newAuthenticator('h:9042', NAME),
    ).toBeDefined();
  }
  const strict = new ApprovedAuthProvider(plain, [NAME]);
  expect(() => strict.newAuthenticator('h:9042', 'com.example.Other')).toThrow(
    'h:9042 asks for the password by com.example.Other, which is not approved',
  );
});

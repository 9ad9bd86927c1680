import type { auth } from 'cassandra-driver';
import { expect, it } from 'vitest';
import { ApprovedAuthProvider } from './approved-auth-provider.ts';

const NAME = 'org.apache.cassandra.auth.PasswordAuthenticator';

/** What goes to the server first. */
function begin(approved: readonly string[], name: string): Promise<Buffer> {
  const provider = new ApprovedAuthProvider('user', 'secret', approved);
  const authenticator: auth.Authenticator = provider.newAuthenticator('h:9042', name);
  return new Promise((resolve, reject) => {
    authenticator.initialResponse((error: Error | null, token: Buffer) =>
      error ? reject(error) : resolve(token),
    );
  });
}

it('the password is told to who asks for it in an approved way, or in any if there is no list', async () => {
  for (const approved of [[], [NAME]]) {
    expect(String(await begin(approved, NAME))).toContain('secret');
  }
  await expect(begin([NAME], 'com.example.Other')).rejects.toThrow(
    'h:9042 asks for the password by com.example.Other, which is not approved',
  );
});

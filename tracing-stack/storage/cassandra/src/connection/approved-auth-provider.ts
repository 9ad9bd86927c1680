import type { auth } from 'cassandra-driver';

/** Tells the password only to a server that asks for it in a way from the list; an empty list takes any. */
export class ApprovedAuthProvider implements auth.AuthProvider {
  private readonly provider: auth.AuthProvider;
  private readonly approved: readonly string[];

  constructor(provider: auth.AuthProvider, approved: readonly string[]) {
    this.provider = provider;
    this.approved = approved;
  }

  newAuthenticator(endpoint: string, name: string): auth.Authenticator {
    if (this.approved.length > 0 && !this.approved.includes(name)) {
      throw new Error(`${endpoint} asks for the password by ${name}, which is not approved`);
    }
    return this.provider.newAuthenticator(endpoint, name);
  }
}

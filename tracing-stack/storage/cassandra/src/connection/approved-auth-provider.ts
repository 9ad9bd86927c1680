import { auth } from 'cassandra-driver';

/** Tells the password only to a server that asks for it in a way from the list; an empty list takes any. */
export class ApprovedAuthProvider extends auth.PlainTextAuthProvider {
  private readonly approved: readonly string[];

  constructor(username: string, password: string, approved: readonly string[]) {
    super(username, password);
    this.approved = approved;
  }

  override newAuthenticator(endpoint: string, name: string): auth.Authenticator {
    if (this.approved.length === 0 || this.approved.includes(name)) {
      return super.newAuthenticator(endpoint, name);
    }
    return refusing(`${endpoint} asks for the password by ${name}, which is not approved`);
  }
}

/** An error that is thrown here would leave the driver waiting for ever. */
function refusing(text: string): auth.Authenticator {
  type Refused = (error: Error) => void;
  const refuse = (callback: Refused) => callback(new Error(text));
  return {
    initialResponse: refuse,
    evaluateChallenge: (_: Buffer, callback: Refused) => refuse(callback),
    onAuthenticationSuccess() {},
  };
}

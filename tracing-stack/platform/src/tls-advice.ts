/** How OpenSSL says what is wrong: codes, the place in its source, and a line's end. */
const OPENSSL = /^[0-9A-F]+:error:[0-9A-F]+:[^:]*:[^:]*:([^:]*):.*$/s;

const ADVICE: readonly (readonly [about: RegExp, flag: string, tells: string])[] = [
  [/self[- ]signed certificate|unable to (verify|get)/i, 'ca', 'whom to trust'],
  [/does not match certificate/i, 'server-name', 'which name it has'],
  [/alert certificate required/i, 'cert', 'which to show'],
];

/** A TLS error in a line, with the flag that is about it. `flags` is what theirs begin with; other texts stay as they are. */
export function tlsAdvice(text: string, flags: string): string {
  const line = text.replace(OPENSSL, '$1');
  const [, flag, tells] = ADVICE.find(([about]) => about.test(line)) ?? [];
  return flag === undefined ? line : `${line} (--${flags}.${flag} says ${tells})`;
}

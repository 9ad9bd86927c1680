import { expect, test } from 'vitest';
import { tlsAdvice } from './tls-advice.ts';

test.each([
  ['self-signed certificate', 'ca says whom to trust'],
  ['self-signed certificate in certificate chain', 'ca says whom to trust'],
  ['unable to verify the first certificate', 'ca says whom to trust'],
  ['unable to get local issuer certificate', 'ca says whom to trust'],
  ["Hostname/IP does not match certificate's altnames: x", 'server-name says which name it has'],
])('%s', (text, advice) => {
  expect(tlsAdvice(text, 'es.tls')).toBe(`${text} (--es.tls.${advice})`);
});

test("OpenSSL's text is told without its codes", () => {
  const text =
    '804C2281C27F0000:error:0A00045C:SSL routines:ssl3_read_bytes:tlsv13 alert certificate required:../deps/openssl/openssl/ssl/record/rec_layer_s3.c:1601:SSL alert number 116\n';
  expect(tlsAdvice(text, 'es.tls')).toBe(
    'tlsv13 alert certificate required (--es.tls.cert says which to show)',
  );
});

test('what is no matter of TLS stays as it is', () => {
  expect(tlsAdvice('connect ECONNREFUSED', 'es.tls')).toBe('connect ECONNREFUSED');
});

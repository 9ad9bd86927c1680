import { expect, test } from 'vitest';
import { decodeBaggageValue, encodeBaggageValue, parseJaegerBaggage } from './baggage.ts';

test.each([
  ['123456789', '123456789'],
  ['bob 鲍勃', 'bob%20%E9%B2%8D%E5%8B%83'],
  ['a+b=c&d', 'a%2Bb%3Dc%26d'],
  ['100 %', '100%20%25'],
  ['line\r\nbreak', 'line%0D%0Abreak'],
  ['', ''],
])('the value %j travels as %s and comes back', (value, header) => {
  expect(encodeBaggageValue(value)).toBe(header);
  expect(decodeBaggageValue(header)).toBe(value);
});

test.each([
  [
    'a plus for a space, as jaeger-client-go and -java write it',
    'bob+smith%2Bson',
    'bob smith+son',
  ],
  ['lower-case escapes', 'a%2fb', 'a/b'],
  ['a value that nobody encoded', '50% + 50%', '50% + 50%'],
  ['bytes that are no UTF-8', '%ff+%fe', '%ff+%fe'],
])('%s is read', (_, header, value) => {
  expect(decodeBaggageValue(header)).toBe(value);
});

test('half a surrogate pair is replaced and does not throw', () => {
  expect(encodeBaggageValue('\ud83d!')).toBe('%EF%BF%BD!');
});

test.each([
  ['a=1, B = 2', { a: '1', b: '2' }],
  ['a=x+%E4%B8%AD%2Cy', { a: 'x 中,y' }],
  ['a%3D1%2C+b%3D2', { a: '1', b: '2' }],
  ['a=1=2', { a: '1=2' }],
  ['a, =1, b=2', { b: '2' }],
  ['', {}],
])('jaeger-baggage %j is read', (text, items) => {
  expect(Object.fromEntries(parseJaegerBaggage(text))).toEqual(items);
});

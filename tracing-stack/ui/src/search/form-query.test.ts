import { expect, test } from 'vitest';
import { localTime, queryOfForm } from './form-query.ts';
import { DEFAULT_QUERY } from './search-query.ts';

function form(fields: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
}

test('the fields of the form become the query', () => {
  const fields = {
    service: 'a',
    operation: 'HTTP GET',
    tags: 'error=true',
    minDuration: '1ms',
    maxDuration: '',
    lookback: '1h',
  };
  expect(queryOfForm(form({ ...fields, limit: '50' }))).toEqual({ ...fields, limit: 50 });
});

test('a disabled field, which a form leaves out, and an empty limit fall back', () => {
  expect(queryOfForm(form({ service: '', lookback: '2d', limit: '' }))).toEqual(DEFAULT_QUERY);
});

test('a custom range is read to the second, in local time, as it was written', () => {
  const [start, end] = [1_795_370_337e6, 1_795_377_777e6];
  const fields = { lookback: 'custom', start: localTime(start), end: localTime(end) };
  expect(queryOfForm(form(fields))).toMatchObject({ start, end });
  expect(fields.start).toMatch(/^2026-11-2\dT\d\d:\d\d:57$/);
});

test('an address with an impossible time leaves the field empty', () => {
  expect(localTime(1e30)).toBe('');
});

import { expect, test } from 'vitest';
import { parseStrategiesFile, StrategiesError } from './strategies-file.ts';

test('names may be in any case, and what is not known is passed over', () => {
  const text = `{"Default_Strategy": {"TYPE": "probabilistic", "Param": 0.5, "note": 1},
    "service_strategies": null, "version": 2}`;
  expect(parseStrategiesFile(text)).toEqual({
    defaultRule: { service: '', type: 'probabilistic', param: 0.5, operations: [] },
    services: [],
  });
});

test.each(['{}', 'null', '{"default_strategy": null}'])('%s says nothing', (text) => {
  expect(parseStrategiesFile(text)).toEqual({ defaultRule: undefined, services: [] });
});

test.each([
  ['', 'Unexpected end of JSON input'],
  ['{"default_strategy": ', 'JSON'],
  ['[]', 'the file must be an object'],
  ['{"default_strategy": 1}', 'default_strategy must be an object'],
  ['{"default_strategy": {"param": "1"}}', 'default_strategy.param must be a number'],
  ['{"service_strategies": {}}', 'service_strategies must be a list'],
  ['{"service_strategies": [null]}', 'service_strategies[0] must be an object'],
  ['{"service_strategies": [{"service": 1}]}', 'service_strategies[0].service must be a text'],
  [
    '{"service_strategies": [{"operation_strategies": [{"operation": "a"}, 7]}]}',
    'service_strategies[0].operation_strategies[1] must be an object',
  ],
])('%s is no file of strategies: %s', (text, reason) => {
  expect(() => parseStrategiesFile(text)).toThrow(StrategiesError);
  expect(() => parseStrategiesFile(text)).toThrow(reason);
});

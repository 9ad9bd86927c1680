/** A strategy as a file says it. Types other than `probabilistic` and `ratelimiting` are taken for the default. */
export interface StrategyRule {
  readonly type: string;
  readonly param: number;
}

export interface OperationRule extends StrategyRule {
  readonly operation: string;
}

export interface ServiceRule extends StrategyRule {
  readonly service: string;
  readonly operations: readonly OperationRule[];
}

/** Jaeger's file of sampling strategies, before its parts are merged. */
export interface StrategiesFile {
  readonly defaultRule: ServiceRule | undefined;
  readonly services: readonly ServiceRule[];
}

/** Why a text is no file of strategies. */
export class StrategiesError extends Error {
  readonly code = 'bad-strategies';

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StrategiesError';
  }
}

/**
 * Reads `{"default_strategy": {…}, "service_strategies": [{"service", "type", "param", "operation_strategies": [{
 * "operation", "type", "param"}]}]}` as Go would: names in any case, what is not known is passed over, what is not there
 * is empty, and a value of another type is an error. Throws `StrategiesError`.
 */
export function parseStrategiesFile(text: string): StrategiesFile {
  const file = objectOf(parsed(text) ?? {}, 'the file');
  const rule = file.get('default_strategy') ?? null;
  return {
    defaultRule: rule === null ? undefined : serviceRule(rule, 'default_strategy'),
    services: listOf(file.get('service_strategies'), 'service_strategies').map(serviceRule),
  };
}

type Fields = ReadonlyMap<string, unknown>;

function serviceRule(value: unknown, where: number | string): ServiceRule {
  const path = typeof where === 'number' ? `service_strategies[${where}]` : where;
  const fields = objectOf(value, path);
  const operations = listOf(fields.get('operation_strategies'), `${path}.operation_strategies`);
  return {
    service: textOf(fields, 'service', path),
    ...strategyRule(fields, path),
    operations: operations.map((operation, i) =>
      operationRule(operation, `${path}.operation_strategies[${i}]`),
    ),
  };
}

function operationRule(value: unknown, path: string): OperationRule {
  const fields = objectOf(value, path);
  return { operation: textOf(fields, 'operation', path), ...strategyRule(fields, path) };
}

function strategyRule(fields: Fields, path: string): StrategyRule {
  const param = fields.get('param') ?? 0;
  if (typeof param !== 'number') throw new StrategiesError(`${path}.param must be a number`);
  return { type: textOf(fields, 'type', path), param };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new StrategiesError((cause as Error).message, { cause });
  }
}

function objectOf(value: unknown, path: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return new Map(Object.entries(value).map(([name, field]) => [name.toLowerCase(), field]));
  }
  throw new StrategiesError(`${path} must be an object`);
}

function listOf(value: unknown, path: string): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value;
  throw new StrategiesError(`${path} must be a list`);
}

function textOf(fields: Fields, name: string, path: string): string {
  const value = fields.get(name) ?? '';
  if (typeof value === 'string') return value;
  throw new StrategiesError(`${path}.${name} must be a text`);
}

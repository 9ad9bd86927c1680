import type { OperationSampling, SamplingStrategy } from '@spoor/model';
import { DecodeError } from '../decode-error.ts';
import { names } from '../names.ts';
import { BinaryReader } from '../thrift/binary-reader.ts';
import { BinaryWriter } from '../thrift/binary-writer.ts';
import { CompactType, fieldKey, STOP } from '../thrift/compact-type.ts';

// `SamplingStrategyResponse getSamplingStrategy(1: string serviceName)` of the service SamplingManager: the agents' other
// call of TChannel 14267. In the binary protocol, without a message around it.

const { I16, I32, DOUBLE, BINARY, LIST, STRUCT } = CompactType;

const ArgumentsField = { serviceName: fieldKey(1, BINARY) } as const;
/** What a call returns stands in field 0. */
const ResultField = { success: fieldKey(0, STRUCT) } as const;
const StrategyField = {
  strategyType: fieldKey(1, I32),
  probabilistic: fieldKey(2, STRUCT),
  rateLimiting: fieldKey(3, STRUCT),
  operations: fieldKey(4, STRUCT),
} as const;
const ProbabilisticField = { samplingRate: fieldKey(1, DOUBLE) } as const;
const RateLimitingField = { maxTracesPerSecond: fieldKey(1, I16) } as const;
const OperationsField = {
  defaultSamplingProbability: fieldKey(1, DOUBLE),
  defaultLowerBoundTracesPerSecond: fieldKey(2, DOUBLE),
  perOperationStrategies: fieldKey(3, LIST),
  defaultUpperBoundTracesPerSecond: fieldKey(4, DOUBLE),
} as const;
const OperationField = {
  operation: fieldKey(1, BINARY),
  probabilistic: fieldKey(2, STRUCT),
} as const;

const TYPES = { PROBABILISTIC: 0, RATE_LIMITING: 1 } as const;

/** The largest i16. */
const MOST_PER_SECOND = 0x7fff;

/** Reads the arguments of `getSamplingStrategy`: the name of the service. Throws `DecodeError`. */
export function decodeSamplingArguments(args: Uint8Array): string {
  const reader = new BinaryReader(args);
  let service: string | undefined;
  for (let key = reader.field(STOP); key !== STOP; key = reader.field(key)) {
    if (key === ArgumentsField.serviceName) service = reader.text(names);
    else reader.skipField(key);
  }
  if (service !== undefined) return service;
  throw new DecodeError('missing-field', reader.offset, 'no service was named', 'serviceName');
}

/** The arguments of `getSamplingStrategy`. */
export function encodeSamplingArguments(service: string): Uint8Array {
  const writer = new BinaryWriter();
  writer.field(ArgumentsField.serviceName, STOP);
  writer.string(service);
  writer.stop();
  return writer.bytes();
}

/** The result of `getSamplingStrategy`, in the bytes that Jaeger gives: an upper bound of 0 is left out. */
export function encodeSamplingResult(strategy: SamplingStrategy): Uint8Array {
  const { strategyType, probabilisticSampling, rateLimitingSampling, operationSampling } = strategy;
  const writer = new BinaryWriter();
  writer.field(ResultField.success, STOP);
  writer.field(StrategyField.strategyType, STOP);
  writer.int32(TYPES[strategyType]);
  if (probabilisticSampling) {
    writer.field(StrategyField.probabilistic, STOP);
    writeRate(writer, probabilisticSampling.samplingRate);
  }
  if (rateLimitingSampling) {
    writer.field(StrategyField.rateLimiting, STOP);
    writer.field(RateLimitingField.maxTracesPerSecond, STOP);
    writer.int16(Math.min(rateLimitingSampling.maxTracesPerSecond, MOST_PER_SECOND));
    writer.stop();
  }
  if (operationSampling) {
    writer.field(StrategyField.operations, STOP);
    writeOperations(writer, operationSampling);
  }
  writer.stop();
  writer.stop();
  return writer.bytes();
}

function writeRate(writer: BinaryWriter, rate: number): void {
  writer.field(ProbabilisticField.samplingRate, STOP);
  writer.double(rate);
  writer.stop();
}

function writeOperations(writer: BinaryWriter, operations: OperationSampling): void {
  writer.field(OperationsField.defaultSamplingProbability, STOP);
  writer.double(operations.defaultSamplingProbability);
  writer.field(OperationsField.defaultLowerBoundTracesPerSecond, STOP);
  writer.double(operations.defaultLowerBoundTracesPerSecond);
  writer.field(OperationsField.perOperationStrategies, STOP);
  writer.list(STRUCT, operations.perOperationStrategies.length);
  for (const { operation, probabilisticSampling } of operations.perOperationStrategies) {
    writer.field(OperationField.operation, STOP);
    writer.string(operation);
    writer.field(OperationField.probabilistic, STOP);
    writeRate(writer, probabilisticSampling.samplingRate);
    writer.stop();
  }
  if (operations.defaultUpperBoundTracesPerSecond !== 0) {
    writer.field(OperationsField.defaultUpperBoundTracesPerSecond, STOP);
    writer.double(operations.defaultUpperBoundTracesPerSecond);
  }
  writer.stop();
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Reads the result of `getSamplingStrategy`. Throws `DecodeError`. */
export function decodeSamplingResult(result: Uint8Array): SamplingStrategy {
  const reader = new BinaryReader(result);
  let strategy: SamplingStrategy | undefined;
  for (let key = reader.field(STOP); key !== STOP; key = reader.field(key)) {
    if (key === ResultField.success) strategy = readStrategy(reader);
    else reader.skipField(key);
  }
  if (strategy !== undefined) return strategy;
  throw new DecodeError('missing-field', reader.offset, 'a result without a strategy');
}

function readStrategy(reader: BinaryReader): SamplingStrategy {
  const strategy: Mutable<SamplingStrategy> = { strategyType: 'PROBABILISTIC' };
  for (let key = reader.field(STOP); key !== STOP; key = reader.field(key)) {
    switch (key) {
      case StrategyField.strategyType:
        strategy.strategyType =
          reader.int32() === TYPES.RATE_LIMITING ? 'RATE_LIMITING' : 'PROBABILISTIC';
        break;
      case StrategyField.probabilistic:
        strategy.probabilisticSampling = { samplingRate: readRate(reader) };
        break;
      case StrategyField.rateLimiting:
        strategy.rateLimitingSampling = { maxTracesPerSecond: readLimit(reader) };
        break;
      case StrategyField.operations:
        strategy.operationSampling = readOperations(reader);
        break;
      default:
        reader.skipField(key);
    }
  }
  return strategy;
}

function readRate(reader: BinaryReader): number {
  let rate = 0;
  for (let key = reader.field(STOP); key !== STOP; key = reader.field(key)) {
    if (key === ProbabilisticField.samplingRate) rate = reader.double();
    else reader.skipField(key);
  }
  return rate;
}

function readLimit(reader: BinaryReader): number {
  let limit = 0;
  for (let key = reader.field(STOP); key !== STOP; key = reader.field(key)) {
    if (key === RateLimitingField.maxTracesPerSecond) limit = reader.int16();
    else reader.skipField(key);
  }
  return limit;
}

function readOperations(reader: BinaryReader): OperationSampling {
  const operations = {
    defaultSamplingProbability: 0,
    defaultLowerBoundTracesPerSecond: 0,
    perOperationStrategies: [] as OperationSampling['perOperationStrategies'],
    defaultUpperBoundTracesPerSecond: 0,
  };
  for (let key = reader.field(STOP); key !== STOP; key = reader.field(key)) {
    switch (key) {
      case OperationsField.defaultSamplingProbability:
        operations.defaultSamplingProbability = reader.double();
        break;
      case OperationsField.defaultLowerBoundTracesPerSecond:
        operations.defaultLowerBoundTracesPerSecond = reader.double();
        break;
      case OperationsField.defaultUpperBoundTracesPerSecond:
        operations.defaultUpperBoundTracesPerSecond = reader.double();
        break;
      case OperationsField.perOperationStrategies:
        operations.perOperationStrategies = Array.from({ length: reader.structs() }, () =>
          readOperation(reader),
        );
        break;
      default:
        reader.skipField(key);
    }
  }
  return operations;
}

function readOperation(reader: BinaryReader) {
  let operation = '';
  let samplingRate = 0;
  for (let key = reader.field(STOP); key !== STOP; key = reader.field(key)) {
    if (key === OperationField.operation) operation = reader.text(names);
    else if (key === OperationField.probabilistic) samplingRate = readRate(reader);
    else reader.skipField(key);
  }
  return { operation, probabilisticSampling: { samplingRate } };
}

/**
 * Loaded into a gRPC client before its own code: its calls then begin with metadata that a caller of its own has left
 * there, as in a service between two others. What the program itself has put there stays.
 */
import grpc from '@grpc/grpc-js';

const preset = JSON.parse(process.env['SPOOR_PRESET_METADATA'] ?? '{}');
// Every unary call passes here with its metadata, before the interceptors see it.
const { prototype } = grpc.Client;
const settled = prototype.checkOptionalUnaryResponseArguments;
prototype.checkOptionalUnaryResponseArguments = function (...args) {
  const call = settled.apply(this, args);
  for (const [key, value] of Object.entries(preset))
    if (call.metadata.get(key).length === 0) call.metadata.set(key, value);
  return call;
};

/**
 * Loaded into a gRPC client before its own code: its calls then begin with metadata that a caller of its own has left
 * there, as in a service between two others. What the program itself has put there stays. Before its first call it makes
 * another one, so that two go through the same interceptors.
 */
import grpc from '@grpc/grpc-js';

const preset = JSON.parse(process.env['SPOOR_PRESET_METADATA'] ?? '{}');
/** `{ method, request }` */
let another = JSON.parse(process.env['SPOOR_ANOTHER_CALL'] ?? 'null');
// Every unary call passes here with its metadata, before the interceptors see it.
const { prototype } = grpc.Client;
const settled = prototype.checkOptionalUnaryResponseArguments;
prototype.checkOptionalUnaryResponseArguments = function (...args) {
  const call = settled.apply(this, args);
  if (another && typeof this[another.method] === 'function') {
    const { method, request } = another;
    another = null;
    // With one object of metadata the two would inject into each other's.
    this[method](request, call.metadata.clone(), call.options, () => {});
  }
  for (const [key, value] of Object.entries(preset))
    if (call.metadata.get(key).length === 0) call.metadata.set(key, value);
  return call;
};

/**
 * Loaded into a gRPC server before its own code: a method that is called with `spoor-method-takes` in the metadata, in
 * milliseconds, runs so much later, as one that waits for something itself answers later.
 */
import grpc from '@grpc/grpc-js';

const { prototype } = grpc.Server;
const { register } = prototype;
prototype.register = function (path, method, ...rest) {
  const held = (call, ...args) => {
    const run = () => method(call, ...args);
    const [takes] = call.metadata.get('spoor-method-takes');
    if (takes === undefined) run();
    else setTimeout(run, Number(takes));
  };
  return register.call(this, path, held, ...rest);
};

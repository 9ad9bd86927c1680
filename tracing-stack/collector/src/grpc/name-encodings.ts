import { Metadata, type ServerInterceptor, status } from '@grpc/grpc-js';

/** What grpc-js decompresses. */
const ENCODINGS = 'identity,deflate,gzip';

/**
 * Says beside a refusal as unimplemented which compressions are known, as gRPC wants it of who got one that it does not
 * know; grpc-js refuses it, and leaves that out.
 */
export const nameEncodings: ServerInterceptor = (_, call) => {
  const sendStatus = call.sendStatus.bind(call);
  call.sendStatus = (answer) => {
    if (answer.code !== status.UNIMPLEMENTED) return sendStatus(answer);
    const metadata = answer.metadata?.clone() ?? new Metadata();
    metadata.set('grpc-accept-encoding', ENCODINGS);
    sendStatus({ ...answer, metadata });
  };
  // The call itself, and nothing around it: messages pass at no cost.
  return call as ReturnType<ServerInterceptor>;
};

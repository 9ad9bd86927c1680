import { type handleBidiStreamingCall, type Server, status } from '@grpc/grpc-js';
import { loadDescriptors, loadService } from '../load-services.ts';
import { DescriptorIndex } from './descriptor-index.ts';

/** As proto-loader reads it: of the questions only the one that was asked is there. */
interface Request {
  readonly fileByFilename?: string;
  readonly fileContainingSymbol?: string;
  readonly listServices?: string;
}

type Response = object;

const NAME = 'grpc.reflection.v1.ServerReflection';

/**
 * Adds gRPC's server reflection, which tells clients the definitions of the services `names`. `files` of `protos/` have
 * them all.
 */
export async function addReflectionService(
  server: Server,
  files: readonly string[],
  names: readonly string[],
): Promise<void> {
  const own = ['reflection.proto', ...files];
  const index = new DescriptorIndex(await loadDescriptors(own));
  const { ServerReflectionInfo } = await loadService('reflection.proto', NAME);
  if (ServerReflectionInfo === undefined) throw new Error(`${NAME} has no method`);
  const answer = answerFrom(index, [...names, NAME]);
  // Before reflection was settled it had the same messages in another package.
  for (const version of ['v1', 'v1alpha']) {
    const path = ServerReflectionInfo.path.replace('.v1.', `.${version}.`);
    const service = { ServerReflectionInfo: { ...ServerReflectionInfo, path } };
    server.addService(service, { ServerReflectionInfo: reflect(answer) });
  }
}

function reflect(
  answer: (request: Request) => Response,
): handleBidiStreamingCall<Request, Response> {
  return (call) => {
    call.on('data', (request: Request) => {
      call.write({ originalRequest: request, ...answer(request) });
    });
    call.on('end', () => call.end());
  };
}

function answerFrom(index: DescriptorIndex, names: readonly string[]) {
  return (request: Request): Response => {
    const { fileByFilename, fileContainingSymbol, listServices } = request;
    if (listServices !== undefined) {
      const service = [...names].sort().map((name) => ({ name }));
      return { listServicesResponse: { service } };
    }
    const files =
      fileByFilename === undefined
        ? index.containing(fileContainingSymbol ?? '')
        : index.named(fileByFilename);
    if (files !== undefined) return { fileDescriptorResponse: { fileDescriptorProto: files } };
    // There are no extensions.
    const errorMessage = `nothing is known of ${fileByFilename ?? fileContainingSymbol ?? 'extensions'}`;
    return { errorResponse: { errorCode: status.NOT_FOUND, errorMessage } };
  };
}

export { CLIENT_OPTIONS } from './client-options.ts';
export { closeGrpcServer, listenGrpc } from './grpc-listener.ts';
export { loadService, loadServices } from './load-services.ts';
export { type ClientTls, clientCredentials, type ServerTls, serverCredentials } from './tls.ts';

export { closeGrpcServer, listenGrpc } from './grpc-listener.ts';
export { loadService, loadServices } from './load-services.ts';

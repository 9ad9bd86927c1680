export { CallError, type CallStatus } from './call-error.ts';
export { CallHandlers, type CallObserver } from './call-handlers.ts';
export { CLIENT_OPTIONS } from './client-options.ts';
export { closeGrpcServer, listenGrpc } from './grpc-listener.ts';
export { addHealthService } from './health-service.ts';
export { loadService, loadServices } from './load-services.ts';
export { addReflectionService } from './reflection/reflection-service.ts';
export {
  lengthOfTime,
  pointInTime,
  type SearchTimes,
  searchTimes,
  type TimeMessage,
  timeMessage,
} from './time-messages.ts';
export { clientCredentials, type ServerTls, serverCredentials } from './tls.ts';
export { isTooLarge } from './too-large.ts';

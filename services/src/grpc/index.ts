export {
  Greeter,
  type GreeterClient,
  type HelloReply,
  type HelloRequest,
  type TracedCallOptions,
} from './greeter-service.ts';
export { Health, type HealthClient } from './health-service.ts';
export { serveGrpc } from './serve-grpc.ts';

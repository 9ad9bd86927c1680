export {
  gRPCClientInterceptor,
  injectClientSpanToMetadata,
  type TracedCallOptions,
} from './client-interceptor.ts';
export { MdReader, MdWriter } from './metadata-carrier.ts';
export {
  callContext,
  extractSpanFromMetadata,
  gRPCServerInterceptor,
} from './server-interceptor.ts';

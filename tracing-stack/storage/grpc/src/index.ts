export { type GrpcStoreOptions, openGrpcStore } from './grpc-store.ts';

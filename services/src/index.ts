export { SERVICE_HEADER } from './deployment.ts';
export { type Closer, initJaeger } from './init-jaeger.ts';
export { reasonOf, serve } from './serve.ts';

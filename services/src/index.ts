export { type Closer, initJaeger } from './init-jaeger.ts';

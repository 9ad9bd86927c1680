export { type Counted, type CountOptions, countDependencies } from './count-dependencies.ts';

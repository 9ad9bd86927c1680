// The one that all lessons have.
export { type Closer, initJaeger } from '@spoor/services';

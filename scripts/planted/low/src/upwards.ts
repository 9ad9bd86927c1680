export { high } from '@spoor/high';

export { low as high } from '@spoor/low';

export { high } from '../../high/src/fine.ts';

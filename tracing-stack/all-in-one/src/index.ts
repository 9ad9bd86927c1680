export type { AdditionalRoute } from '@spoor/query';
export { type AllInOne, type AllInOneOptions, startAllInOne } from './all-in-one.ts';
export { type AllInOnePorts, FREE_PORTS } from './all-in-one-ports.ts';
export { allInOneFlags, allInOneOptions } from './flags.ts';

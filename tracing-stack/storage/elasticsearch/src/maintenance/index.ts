export { ILM_POLICY } from '../templates.ts';
export { cleanIndices } from './index-cleaner.ts';
export {
  type MaintenanceOptions,
  maintenanceFlags,
  maintenanceOptions,
} from './maintenance-options.ts';
export { daysAgo, type WhichIndices } from './old-indices.ts';
export { type InitOptions, Rollover, type RolloverConditions } from './rollover.ts';
export type { RolloverScope } from './rollover-kinds.ts';
export { TIME_UNITS, type TimeUnit, unitsAgo } from './time-unit.ts';

export { type AdminServer, type AdminServerOptions, startAdminServer } from './admin-server.ts';
export { type BindTarget, bindError, PortHeldError } from './bind-error.ts';
export { ByteBudget } from './byte-budget.ts';
export { DATA_DIRECTORY } from './data-directory.ts';
export { DoorBook, type DoorEntry } from './door-book.ts';
export {
  choiceFlag,
  durationFlag,
  type Flag,
  hostPortFlag,
  hostPortsFlag,
  idleFlag,
  integerFlag,
  numberFlag,
  optionalHostPortFlag,
  switchFlag,
  textFlag,
  textsFlag,
} from './flag-kinds.ts';
export {
  type CommandLine,
  type FlagValues,
  type ParseFlagsOptions,
  parseCommand,
  parseFlags,
  TextRequested,
} from './flags.ts';
export { type Health, HealthState } from './health.ts';
export {
  formatHostPort,
  type HostPort,
  type HostPortDefaults,
  parseHostPort,
} from './host-port.ts';
export { type Interrupt, type Interruption, onInterruption } from './interruption.ts';
export { listen } from './listen.ts';
export {
  createLogger,
  LOG_ENCODINGS,
  LOG_LEVELS,
  type LogEncoding,
  type Logger,
  type LoggerOptions,
  type LogLevel,
} from './logger.ts';
export { createMetrics, type Metrics } from './metrics.ts';
export { type PortHolder, type PortProtocol, portHolder } from './port-holder.ts';
export {
  AGENT_ADMIN_PORT,
  AGENT_BINARY_PORT,
  AGENT_COMPACT_PORT,
  AGENT_HTTP_PORT,
  AGENT_ZIPKIN_PORT,
  COLLECTOR_ADMIN_PORT,
  COLLECTOR_GRPC_PORT,
  COLLECTOR_HTTP_PORT,
  COLLECTOR_OTLP_GRPC_PORT,
  COLLECTOR_OTLP_HTTP_PORT,
  COLLECTOR_TCHANNEL_PORT,
  DEFAULT_HOST,
  QUERY_ADMIN_PORT,
  QUERY_GRPC_PORT,
  QUERY_HTTP_PORT,
  REMOTE_STORAGE_ADMIN_PORT,
  REMOTE_STORAGE_GRPC_PORT,
} from './ports.ts';
export { IS_BUNDLED, PROTO_DIRECTORY, UI_DIRECTORY } from './program-files.ts';
export { logFlags, metricsRoute, programFlags, programLogger } from './program-flags.ts';
export { runJob } from './run-job.ts';
export { type Closeable, errorLine, runMain } from './run-main.ts';
export { type Program, type ProgramParts, runProgram } from './run-program.ts';
export { startTogether } from './start-together.ts';
export { tagsFlag } from './tags-flag.ts';
export { UserError, type UserErrorCode } from './user-error.ts';

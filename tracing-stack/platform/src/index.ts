export { startAdminServer } from './admin-server.ts';
export { bindError, PortHeldError } from './bind-error.ts';
export { showBuildInfo } from './build-info.ts';
export { BudgetShare, ByteBudget } from './byte-budget.ts';
export { type ClientTls, type NamedClientTls, tlsConnection } from './client-tls.ts';
export { closeDeadline, endsBefore, passed } from './close-deadline.ts';
export { DATA_DIRECTORY } from './data-directory.ts';
export { COLLECTOR_WITHIN_MS, REMOTE_WRITE_WITHIN_MS, WRITE_WITHIN_MS } from './deadlines.ts';
export { DoorBook } from './door-book.ts';
export { eachAtMost } from './each-at-most.ts';
export { type EventStream, eventStream } from './event-stream.ts';
export {
  choiceFlag,
  durationFlag,
  type Flag,
  hostPortFlag,
  hostPortsFlag,
  idleFlag,
  ifGiven,
  integerFlag,
  numberFlag,
  optionalHostPortFlag,
  switchFlag,
  textFlag,
  textsFlag,
} from './flag-kinds.ts';
export { type FlagValues, parseCommand, parseFlags, TextRequested } from './flags.ts';
export { formatHostPort, type HostPort, parseHostPort } from './host-port.ts';
export { type HttpServer, serveHttp } from './http-server.ts';
export { InFlight } from './in-flight.ts';
export { onInterruption } from './interruption.ts';
export { listen } from './listen.ts';
export { createLogger, type Logger, silentLogger } from './logger.ts';
export { makeFolder } from './make-folder.ts';
export { createMetrics, type Metrics } from './metrics.ts';
export { monotonic } from './monotonic.ts';
export { isOwnAddress } from './own-address.ts';
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
export { UI_DIRECTORY } from './program-files.ts';
export { logFlags, metricsRoute, programFlags, programLogger } from './program-flags.ts';
export { runJob } from './run-job.ts';
export { errorLine, runMain } from './run-main.ts';
export { runProgram } from './run-program.ts';
export { scriptArgs } from './script-args.ts';
export { showFigures } from './show-figures.ts';
export { startLogged } from './start-log.ts';
export { allEnd, startTogether } from './start-together.ts';
export { systemClock } from './system-clock.ts';
export { tagsFlag } from './tags-flag.ts';
export { tlsAdvice } from './tls-advice.ts';
export { UnfinishedError } from './unfinished-error.ts';
export { UserError } from './user-error.ts';
export { VERSION } from './version.ts';
export { wireFlags } from './wire-flags.ts';

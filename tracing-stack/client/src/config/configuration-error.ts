export type ConfigurationErrorCode = 'invalid' | 'unknown' | 'not-built';

/** A configuration that no tracer can be made of. The message is one line and names the setting. */
export class ConfigurationError extends Error {
  readonly code: ConfigurationErrorCode;

  constructor(code: ConfigurationErrorCode, message: string) {
    super(`[client] ${message}`);
    this.name = 'ConfigurationError';
    this.code = code;
  }
}

/** A parameter that cannot be read; the message is the one that Go's standard library gives in Jaeger. */
export class ParameterError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ParameterError';
  }
}

/** Text in double quotes as Go's `strconv.Quote` writes it, for what people type: control characters are escaped. */
export function goQuote(text: string): string {
  return JSON.stringify(text);
}

/** What the logger that Jaeger's clients use puts before each line. */
export const LOG_TIMESTAMP = /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d /;

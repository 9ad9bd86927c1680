/** What the process tag `jaeger.version` says. A test holds it against package.json. */
export const CLIENT_VERSION = 'Spoor-0.1.0';

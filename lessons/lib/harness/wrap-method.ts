type Method = (this: unknown, ...args: unknown[]) => unknown;

/** Calls `first` before the method, which does what it did. */
export function before(
  target: object,
  name: string | symbol,
  first: (this: unknown, args: readonly unknown[]) => void,
): void {
  replace(
    target,
    name,
    (method) =>
      function (...args) {
        first.call(this, args);
        return method.apply(this, args);
      },
  );
}

/** Calls `then` with what the method gave. */
export function after(
  target: object,
  name: string | symbol,
  then: (result: unknown, args: readonly unknown[]) => void,
): void {
  replace(
    target,
    name,
    (method) =>
      function (...args) {
        const result = method.apply(this, args);
        then(result, args);
        return result;
      },
  );
}

/** Puts what `around` makes of the method in its place. */
export function replace(
  target: object,
  name: string | symbol,
  around: (method: Method) => Method,
): void {
  const value = around(Reflect.get(target, name) as Method);
  Object.defineProperty(target, name, { value, configurable: true, writable: true });
}

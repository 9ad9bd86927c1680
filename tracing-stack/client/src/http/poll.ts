/**
 * Asks now, and then again and again, `interval` milliseconds after each answer, until the function is called that it
 * returns. `ask` must not reject. Its timer holds no process.
 */
export function poll(ask: () => Promise<void>, interval: number): () => void {
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  function round(): void {
    void ask().then(() => {
      if (!isStopped) timer = setTimeout(round, interval).unref();
    });
  }
  round();
  return () => {
    isStopped = true;
    clearTimeout(timer);
  };
}

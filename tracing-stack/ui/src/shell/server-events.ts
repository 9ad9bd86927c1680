/** After an answer that is an error, in milliseconds. */
const AGAIN_AFTER = 2_000;

/**
 * Listens to server-sent events as long as they are wanted: after a lost connection the browser comes back by itself,
 * after an answer that is an error (a proxy's, while the server behind it starts anew) it would not.
 * @param hear what is called with an event's data, by the event's name; `open` and `error` are the connection's own
 * @returns what ends it
 */
export function serverEvents(
  url: URL,
  hear: Readonly<Record<string, (data: string) => void>>,
): () => void {
  let source: EventSource;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const open = () => {
    const opened = new EventSource(url);
    for (const [name, heard] of Object.entries(hear))
      opened.addEventListener(name, ({ data }: MessageEvent<string>) => heard(data));
    opened.addEventListener('error', () => {
      if (opened.readyState === EventSource.CLOSED) timer = setTimeout(open, AGAIN_AFTER);
    });
    source = opened;
  };
  open();
  return () => {
    clearTimeout(timer);
    source.close();
  };
}

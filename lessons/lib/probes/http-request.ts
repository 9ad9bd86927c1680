import { request } from 'node:http';
import type { Bench } from '../judge/bench.ts';

/** How a request to one of the learner's services went. */
export type HttpAnswer =
  | { readonly kind: 'answered'; readonly status: number; readonly body: string }
  /** Not within the time. */
  | { readonly kind: 'silent' }
  /** Nobody listens, or whoever does hung up. */
  | { readonly kind: 'cut'; readonly reason: string };

export interface Request {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly withinMs: number;
  /** Resolves when there can be no answer any more. */
  readonly hopeless?: Promise<unknown>;
}

/** Sends `GET url` over a connection of its own. Never rejects. */
export function ask(
  { url, headers = {}, withinMs, hopeless }: Request,
  { wait }: Pick<Bench, 'wait'>,
): Promise<HttpAnswer> {
  return new Promise((resolve) => {
    const over = new AbortController();
    const giveUp = () => {
      resolve({ kind: 'silent' });
      over.abort();
      asking.destroy();
    };
    void wait(withinMs, over.signal).then(giveUp);
    void hopeless?.then(giveUp);
    const done = (answer: HttpAnswer) => {
      resolve(answer);
      over.abort();
    };
    // A program may listen on one of the addresses of localhost only.
    const options = { headers, agent: false, autoSelectFamily: true };
    const asking = request(url, options, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () =>
        done({
          kind: 'answered',
          status: answer.statusCode ?? 0,
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      );
      answer.on('error', (error) => done({ kind: 'cut', reason: error.message }));
    });
    asking.on('error', (error: NodeJS.ErrnoException) =>
      done({ kind: 'cut', reason: error.code ?? error.message }),
    );
    asking.end();
  });
}

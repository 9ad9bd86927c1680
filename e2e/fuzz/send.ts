import { createSocket, type Socket } from 'node:dgram';
import { connect } from 'node:net';
import { Client, credentials, type ServiceError, status } from '@grpc/grpc-js';
import type { Streams, Way } from './doors.ts';

/** What came of an input. */
export interface Outcome {
  readonly isTaken: boolean;
  /** The beginning of what was answered. */
  readonly answer?: string;
  /** Set if no input may be answered so. */
  readonly defect?: string;
}

/** For an answer, and for a connection to end that we ended. */
const ANSWER_WITHIN_MS = 30_000;
/** For an answer on a connection that the other end keeps until its ping is not answered. */
const KEPT_MS = 1000;
/** No sender's fault: it was not understood, refused or out of range. */
const DEFECTS = new Set([status.INTERNAL, status.UNKNOWN, status.DEADLINE_EXCEEDED]);

/** Sends bytes through the doors of one host. */
export class Sender implements AsyncDisposable {
  private readonly udp: Socket = createSocket('udp4');
  private readonly clients = new Map<number, Client>();

  /** `isWhole` says that all of a request is there, so that it is answered before the connection is ended. */
  send(way: Way, port: number, bytes: Uint8Array, isWhole = true): Promise<Outcome> {
    if (way.type === 'udp') return this.datagram(port, bytes);
    if (way.type === 'tcp') return connection(port, bytes, way, isWhole);
    return this.call(port, way.method, way.streams, bytes);
  }

  /** Whether it was taken, the agent's counters tell. */
  private async datagram(port: number, bytes: Uint8Array): Promise<Outcome> {
    await new Promise<void>((resolve, reject) => {
      this.udp.send(bytes, port, '127.0.0.1', (error) => (error ? reject(error) : resolve()));
    });
    return { isTaken: true };
  }

  private call(
    port: number,
    method: string,
    streams: Streams,
    bytes: Uint8Array,
  ): Promise<Outcome> {
    const client = this.client(port);
    const message = Buffer.from(bytes);
    const same = (buffer: Buffer) => buffer;
    const options = { deadline: Date.now() + ANSWER_WITHIN_MS };
    return new Promise((resolve) => {
      const done = (error: ServiceError | null) => resolve(outcomeOf(error));
      if (streams.response) {
        const answers = client.makeServerStreamRequest(method, same, same, message, options);
        answers.on('data', () => undefined);
        answers.on('error', done);
        answers.on('end', () => done(null));
      } else if (streams.request) {
        const call = client.makeClientStreamRequest(method, same, same, options, done);
        call.on('error', () => undefined);
        call.write(message);
        call.end();
      } else client.makeUnaryRequest(method, same, same, message, options, done);
    });
  }

  private client(port: number): Client {
    let client = this.clients.get(port);
    if (client === undefined) {
      client = new Client(`127.0.0.1:${port}`, credentials.createInsecure());
      this.clients.set(port, client);
    }
    return client;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const client of this.clients.values()) client.close();
    await new Promise<void>((resolve) => this.udp.close(resolve));
  }
}

function outcomeOf(error: ServiceError | null): Outcome {
  if (error === null) return { isTaken: true };
  // As Go's library, grpc-js says INTERNAL of a message that is no protobuf, and Jaeger of an id of no such length.
  const isUnreadable = /deserializing|failed to unmarshal/.test(error.details);
  // And Jaeger's API v3 says UNKNOWN of what is asked wrongly.
  const isRefused = /^malform trace ID|are required parameters$/.test(error.details);
  if (isUnreadable || isRefused || !DEFECTS.has(error.code)) return { isTaken: false };
  return { isTaken: false, defect: `answered ${status[error.code]}: ${error.details}` };
}

/** Writes, and reads what comes until the other end closes. What is not whole is ended at once, what is whole not at all. */
function connection(
  port: number,
  bytes: Uint8Array,
  { isKept = false }: { readonly isKept?: boolean },
  isWhole: boolean,
): Promise<Outcome> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    const timer = setTimeout(
      () => {
        socket.destroy();
        if (!isKept) resolve({ isTaken: false, defect: 'no answer, or the connection stays open' });
      },
      isKept ? KEPT_MS : ANSWER_WITHIN_MS,
    );
    socket.on('data', (chunk) => {
      if (answer.length < 2000) answer += chunk.toString('latin1');
    });
    // An end may reset a connection by which bad bytes still come.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(timer);
      resolve(httpOutcome(answer));
    });
    if (isWhole) socket.write(bytes);
    else socket.end(bytes);
  });
}

/** Something else than HTTP may say what it likes. */
function httpOutcome(answer: string): Outcome {
  const [, code = ''] = /^HTTP\/1\.1 (\d+)/.exec(answer) ?? [];
  if (/^50[0245]$/.test(code)) {
    return { isTaken: false, defect: `answered ${answer.replaceAll(/\r?\n/g, ' ').slice(0, 400)}` };
  }
  return { isTaken: code === '' ? answer !== '' : /^2/.test(code), answer };
}

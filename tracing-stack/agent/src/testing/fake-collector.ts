import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import {
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type ServiceDefinition,
  type sendUnaryData,
  status,
} from '@grpc/grpc-js';
import {
  ArgumentJoiner,
  decodeCallContinue,
  decodeCallReq,
  decodePostSpansRequest,
  decodeSubmitBatches,
  type EncodedBatch,
  ErrorCode,
  encodeCallRes,
  encodeErrorFrame,
  encodeInitRes,
  encodeSubmitResult,
  type Frame,
  FrameSplitter,
  FrameType,
  NO_TRACING,
  ownInit,
} from '@spoor/wire';

/** What a fake collector answers to a batch: takes it, is too full, will never take it, or says nothing. */
export type FakeAnswer = 'ok' | 'full' | 'refused' | 'silence';

/** A collector that answers as told, then with ok, and keeps what it took. */
export interface FakeCollector {
  readonly port: number;
  readonly taken: readonly EncodedBatch[];
  /** Calls that came, whatever was answered. */
  readonly calls: number;
  close(): Promise<void>;
}

export type FakeProtocol = 'grpc' | 'tchannel';

export function fakeCollector(
  protocol: FakeProtocol,
  answers: FakeAnswer[] = [],
  port = 0,
): Promise<FakeCollector> {
  return protocol === 'grpc' ? fakeGrpc(answers, port) : fakeTchannel(answers, port);
}

async function fakeGrpc(answers: FakeAnswer[], port: number): Promise<FakeCollector> {
  const taken: EncodedBatch[] = [];
  let calls = 0;
  const service: ServiceDefinition = {
    PostSpans: {
      path: '/jaeger.api_v2.CollectorService/PostSpans',
      requestStream: false,
      responseStream: false,
      requestSerialize: (bytes: Buffer) => bytes,
      requestDeserialize: (bytes: Buffer) => bytes,
      responseSerialize: () => Buffer.alloc(0),
      responseDeserialize: () => ({}),
    },
  };
  const server = new Server();
  server.addService(service, {
    PostSpans({ request }: ServerUnaryCall<Buffer, object>, callback: sendUnaryData<object>) {
      calls++;
      const answer = answers.shift() ?? 'ok';
      const details = 'as told';
      if (answer === 'full') callback({ code: status.RESOURCE_EXHAUSTED, details });
      else if (answer === 'refused') callback({ code: status.INVALID_ARGUMENT, details });
      else if (answer === 'ok') {
        taken.push(decodePostSpansRequest(request));
        callback(null, {});
      }
    },
  });
  const bound = await new Promise<number>((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error, p) =>
      error ? reject(error) : resolve(p),
    );
  });
  return {
    port: bound,
    taken,
    get calls() {
      return calls;
    },
    close: async () => server.forceShutdown(),
  };
}

async function fakeTchannel(answers: FakeAnswer[], port: number): Promise<FakeCollector> {
  const taken: EncodedBatch[] = [];
  const sockets = new Set<Socket>();
  let calls = 0;

  function answerTo(id: number, args: Uint8Array): readonly Buffer[] {
    calls++;
    const answer = answers.shift() ?? 'ok';
    const error = (code: number) => [
      encodeErrorFrame(id, { code, tracing: NO_TRACING, message: 'as told' }),
    ];
    if (answer === 'silence') return [];
    if (answer === 'full') return error(ErrorCode.busy);
    if (answer === 'refused') return error(ErrorCode.badRequest);
    const batches = decodeSubmitBatches(args);
    taken.push(...batches);
    const headers = new Map([['as', 'thrift']]);
    const result = encodeSubmitResult(batches.map(() => true));
    const parts = [Buffer.alloc(0), Buffer.from([0, 0]), result] as const;
    return encodeCallRes(
      { code: 0, tracing: NO_TRACING, headers },
      { id, checksumType: 1, args: parts },
    );
  }

  const server = createServer((socket) => {
    sockets.add(socket);
    const splitter = new FrameSplitter();
    const joiners = new Map<number, ArgumentJoiner>();
    const take = (frame: Frame): readonly Buffer[] => {
      const { type, id } = frame;
      if (type === FrameType.initReq) return [encodeInitRes(id, ownInit('fake:1', 'fake[1]'))];
      if (type !== FrameType.callReq && type !== FrameType.callReqContinue) return [];
      const joiner = joiners.get(id) ?? new ArgumentJoiner(1e7);
      joiners.set(id, joiner);
      const fragment =
        type === FrameType.callReq ? decodeCallReq(frame).fragment : decodeCallContinue(frame);
      const args = joiner.add(fragment);
      return args === undefined ? [] : answerTo(id, args[2]);
    };
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      for (const frame of splitter.split(chunk)) {
        for (const bytes of take(frame)) socket.write(bytes);
      }
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    taken,
    get calls() {
      return calls;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

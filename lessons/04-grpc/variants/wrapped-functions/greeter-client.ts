// Without interceptors: the function that calls has the span, as lesson 3's has.
import { credentials, Metadata, type ServiceError } from '@grpc/grpc-js';
import { initJaeger } from '@spoor/services';
import { Greeter, type HelloReply } from '@spoor/services/grpc';
import { FORMAT_TEXT_MAP, type Span } from 'opentracing';

const [tracer, closer] = initJaeger('jaeger-gRPC-client');
const client = new Greeter('localhost:50051', credentials.createInsecure());

function sayHello(span: Span, name: string): Promise<HelloReply> {
  const metadata = new Metadata();
  const carrier = new Map<string, string>();
  tracer.inject(span.context(), FORMAT_TEXT_MAP, carrier);
  for (const [key, value] of carrier) metadata.set(key, value);
  return new Promise((resolve, reject) => {
    client.SayHello({ name }, metadata, {}, (error: ServiceError | null, reply) =>
      reply ? resolve(reply) : reject(error),
    );
  });
}

const span = tracer.startSpan('/protos.Greeter/SayHello');
span.addTags({ component: 'gRPC', 'span.kind': 'client' });
span.setBaggageItem('baggage', 'gRPC-Baggage');
await sayHello(span, process.argv[2] ?? 'World')
  .then(({ msg }) => console.log(`server response: ${msg}`))
  .catch((error: ServiceError) => {
    span.setTag('error', true);
    span.log({ event: 'error', message: error.message, code: error.code });
    console.error(error.message);
  });
span.finish();
client.close();
await closer.close();

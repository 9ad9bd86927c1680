// Lesson 2: a program that calls functions of its own. Each of them has a span, and none knows of the others.
import { sleep } from '@spoor/client';
import { initJaeger } from '@spoor/services';

const [tracer, closer] = initJaeger('inner');

async function callService1(request: string): Promise<string> {
  const span = tracer.startSpan('Service1Opname');
  try {
    span.setTag('FuncName', 'CallService1');

    console.log(`req: ${request}, requesting...`);
    await sleep(3000);
    const response = 'service1Response';

    span.log({ event: 'service1-call', request });

    // Step 2.3: who calls this time?
    callService2('CallService2-2');

    return response;
  } finally {
    span.finish();
  }
}

function callService2(request: string): void {
  const span = tracer.startSpan('Service2Opname');
  span.setTag('FuncName', 'CallService2');
  span.log({ event: 'service2-call', request });
  span.finish();
}

// Step 2.1: a root span around all of this, with a tag and a log.
// Step 2.2: both functions ought to hang below it.
await callService1('callService1');
await sleep(1000);
callService2('callService2');

await closer.close();

import { type Context, sleep, startSpanFromContext } from '@spoor/client';

export class Service2 {
  call(ctx: Context, request: string): void {
    const [span] = startSpanFromContext(ctx, 'Service2Opname');
    span.setTag('FuncName', 'CallService2');
    span.log({ event: 'service2-call', request });
    span.finish();
  }
}

export class Service1 {
  private readonly next: Service2;

  constructor(next: Service2) {
    this.next = next;
  }

  async call(ctx: Context, request: string): Promise<void> {
    const [span, own] = startSpanFromContext(ctx, 'Service1Opname');
    span.setTag('FuncName', 'CallService1');
    await sleep(3000);
    span.log({ event: 'service1-call', request });
    this.next.call(own, 'CallService2-2');
    span.finish();
  }
}

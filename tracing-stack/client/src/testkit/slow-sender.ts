import type { Sender } from '../senders/sender.ts';

/** A sender whose datagrams leave one by one, when told to; with errors, if told so. */
export class SlowSender implements Sender {
  readonly sent: Uint8Array[] = [];
  /** What the system says to a datagram, if anything. */
  fault: (datagram: Uint8Array) => string | undefined = () => undefined;
  private release: () => void = () => {};
  private gate: Promise<void> = Promise.resolve();

  hold(): void {
    this.gate = new Promise((resolve) => {
      this.release = resolve;
    });
  }

  letGo(): void {
    this.release();
  }

  async send(datagram: Uint8Array): Promise<void> {
    await this.gate;
    const code = this.fault(datagram);
    if (code) throw Object.assign(new Error(`send ${code}`), { code });
    this.sent.push(datagram);
  }

  async close(): Promise<void> {}
}

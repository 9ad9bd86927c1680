import type { Process, Span } from '@spoor/model';
import { encodeCompactProcess, encodeCompactSpan } from '@spoor/wire';
import { type Packet, packetOf, packetSize } from './packet.ts';

/** Encodes spans and fills packets with them, each as full as it may be. Every span added is in exactly one packet. */
export class Packer {
  private readonly maxSize: number;
  private readonly onPacket: (packet: Packet) => void;
  private process: Process | undefined;
  private processBytes: Uint8Array = new Uint8Array();
  private spans: Uint8Array[] = [];
  private spanLengths: number[] = [];

  constructor(maxSize: number, onPacket: (packet: Packet) => void) {
    this.maxSize = maxSize;
    this.onPacket = onPacket;
  }

  /** False, and nothing is added, if the span is too large for a packet of its own. */
  add(span: Span): boolean {
    // One tracer has one process, so this is once in its life.
    if (span.process !== this.process) this.startProcess(span.process);
    const bytes = encodeCompactSpan(span);
    if (packetSize(this.processBytes, [bytes.length]) > this.maxSize) return false;
    if (packetSize(this.processBytes, [...this.spanLengths, bytes.length]) > this.maxSize) {
      this.flush();
    }
    this.spans.push(bytes);
    this.spanLengths.push(bytes.length);
    return true;
  }

  /** Gives away what was added since the last packet. */
  flush(): void {
    if (this.spans.length === 0) return;
    const packet = packetOf(this.processBytes, this.spans);
    this.spans = [];
    this.spanLengths = [];
    this.onPacket(packet);
  }

  private startProcess(process: Process): void {
    this.flush();
    this.process = process;
    this.processBytes = encodeCompactProcess(process);
  }
}

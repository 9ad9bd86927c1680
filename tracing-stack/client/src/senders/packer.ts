import type { Process, Span } from '@spoor/model';
import { type Packet, packetOf } from './packet.ts';
import type { PacketFormat } from './packet-format.ts';

/** Encodes spans and fills packets with them, each as full as it may be. Every span added is in exactly one packet. */
export class Packer {
  private readonly format: PacketFormat;
  private readonly onPacket: (packet: Packet) => void;
  private process: Process | undefined;
  private processBytes: Uint8Array = new Uint8Array();
  private spans: Uint8Array[] = [];
  private length = 0;

  constructor(format: PacketFormat, onPacket: (packet: Packet) => void) {
    this.format = format;
    this.onPacket = onPacket;
  }

  /** False, and nothing is added, if the span is too large for a packet of its own. */
  add(span: Span): boolean {
    // One tracer has one process, so this is once in its life.
    if (span.process !== this.process) this.startProcess(span.process);
    const bytes = this.format.encodeSpan(span);
    if (!this.fits(bytes.length, 1)) return false;
    if (!this.fits(this.length + bytes.length, this.spans.length + 1)) this.flush();
    this.spans.push(bytes);
    this.length += bytes.length;
    return true;
  }

  /** Spans that wait for others to travel with. */
  get count(): number {
    return this.spans.length;
  }

  /** Bytes of them. */
  get bytes(): number {
    return this.length;
  }

  /** Gives away what was added since the last packet. */
  flush(): void {
    if (this.spans.length === 0) return;
    const packet = packetOf(this.processBytes, this.spans, this.format);
    this.spans = [];
    this.length = 0;
    this.onPacket(packet);
  }

  private startProcess(process: Process): void {
    this.flush();
    this.process = process;
    this.processBytes = this.format.encodeProcess(process);
  }

  private fits(length: number, count: number): boolean {
    const { maxSize, overhead } = this.format;
    return this.processBytes.length + length + overhead(count) <= maxSize;
  }
}

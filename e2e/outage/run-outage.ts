import { createSocket } from 'node:dgram';
import type { Program } from '../program.ts';
import {
  counted,
  emptied,
  type Place,
  type QueueHealth,
  queueHealth,
  startAgent,
  startCollector,
  storeDirectory,
} from './agent-and-collector.ts';
import { compareWithStore, type SpanName } from './compare.ts';
import { PacketSender, SPANS_A_PACKET } from './packet-sender.ts';

export interface OutageOptions {
  readonly place: Place;
  /** How long the collector is away. */
  readonly seconds: number;
  /** Spans a second meanwhile. */
  readonly rate: number;
  /** For the agent. */
  readonly flags?: readonly string[];
  /** Told now and then how it goes. */
  readonly tell?: (line: string) => void;
}

/** What came of an outage. */
export interface OutageReport {
  readonly sent: number;
  readonly sendingSeconds: number;
  /** Packets that the agent counted as lost because memory and disk were full. */
  readonly queueFull: number;
  /** Packets that the kernel lost before the agent could read them. */
  readonly kernelDrops: number;
  /** What waited when the collector came back. */
  readonly waiting: QueueHealth;
  readonly agentMegabytes: { readonly before: number; readonly atReturn: number };
  /** From the collector's start until nothing waited any more. */
  readonly deliverySeconds: number;
  /** Of the spans that were sent, those that are not in the store and were not counted as lost either. */
  readonly unaccounted: number;
  readonly missing: number;
  readonly twice: number;
  /** The agent's warnings. */
  readonly warnings: readonly string[];
}

const REJECTED = 'spoor_agent_packets_rejected_total{protocol="compact",reason="queue-full"}';
const KERNEL_DROPS = 'spoor_agent_udp_kernel_drops{protocol="compact"}';
const MEMORY = 'process_resident_memory_bytes';

/** Sends spans to our agent while its collector is away, brings the collector back, and looks for each span in its store. */
export async function runOutage(options: OutageOptions): Promise<OutageReport> {
  const { place, seconds, rate, flags = [], tell = () => undefined } = options;
  const socket = createSocket('udp4');
  const sent: SpanName[] = [];
  try {
    const first = await startCollector(place);
    await using agent = await startAgent(place, ...flags);
    const sender = new PacketSender(socket, agent.port, sent);
    await sender.atRate(rate, 1);
    await emptied(agent);
    const before = await megabytes(agent);
    await first.stop();
    tell(`the collector is away; ${rate} spans/s for ${seconds} s`);

    const began = performance.now();
    await sender.atRate(rate, seconds, async () => tell(await progress(agent, sent.length)));
    const sendingSeconds = (performance.now() - began) / 1000;
    const waiting = await queueHealth(agent);
    const atReturn = await megabytes(agent);
    tell(`${await progress(agent, sent.length)}; the collector comes back`);

    const returned = performance.now();
    await using collector = await startCollector(place);
    await emptied(agent);
    const deliverySeconds = (performance.now() - returned) / 1000;
    const [queueFull, kernelDrops] = await Promise.all([
      counted(agent, REJECTED),
      counted(agent, KERNEL_DROPS),
    ]);
    await collector.stop();
    const { missing, twice } = await compareWithStore(storeDirectory(place), sent);
    const lost = SPANS_A_PACKET * ((queueFull || 0) + (kernelDrops || 0));
    return {
      sent: sent.length,
      sendingSeconds,
      queueFull: queueFull || 0,
      kernelDrops: kernelDrops || 0,
      waiting,
      agentMegabytes: { before, atReturn },
      deliverySeconds,
      unaccounted: Math.max(0, missing - lost),
      missing,
      twice,
      warnings: agent.lines.filter((line) => /"level":"?(warn|40)/.test(line)),
    };
  } finally {
    socket.close();
  }
}

async function megabytes(program: Program): Promise<number> {
  return Math.round((await counted(program, MEMORY)) / 1e6);
}

async function progress(agent: Program, sent: number): Promise<string> {
  const { memoryBytes, diskBytes } = await queueHealth(agent);
  const waiting = `${mega(memoryBytes)} MB in memory and ${mega(diskBytes)} MB on disk wait`;
  return `${sent} spans sent; ${waiting}; the agent has ${await megabytes(agent)} MB`;
}

function mega(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

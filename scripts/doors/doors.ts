/** As agents and collectors tell it on `/doors` of their admin port. */
export interface DoorEntry {
  readonly door: string;
  readonly service: string;
  readonly client?: string;
  readonly spans: number;
  /** Milliseconds since 1970. */
  readonly lastSeen: number;
}

/** A use of a door, and whether it is one that Jaeger's own programs of today have no more, or will not have. */
export interface DoorUse extends DoorEntry {
  readonly isOld: boolean;
}

/** Of an admin port that cannot be asked. */
export interface Unasked {
  readonly url: string;
  readonly reason: string;
}

/** Asks admin ports. All-in-one answers by several of them: what is the same is listed once. */
export async function askDoors(
  urls: readonly string[],
): Promise<{ readonly uses: readonly DoorUse[]; readonly unasked: readonly Unasked[] }> {
  const uses = new Map<string, DoorUse>();
  const unasked: Unasked[] = [];
  for (const url of urls) {
    try {
      for (const entry of await ask(url)) {
        uses.set(JSON.stringify(entry), { ...entry, isOld: !entry.door.includes('OTLP') });
      }
    } catch (error) {
      const { message } = ((error as Error).cause ?? error) as Error;
      unasked.push({ url, reason: message });
    }
  }
  const sorted = [...uses.values()].sort(
    (a, b) => a.service.localeCompare(b.service) || a.door.localeCompare(b.door),
  );
  return { uses: sorted, unasked };
}

async function ask(url: string): Promise<DoorEntry[]> {
  const answer = await fetch(new URL('/doors', url));
  const isJson = answer.headers.get('content-type') === 'application/json';
  const body: unknown = isJson ? await answer.json() : undefined;
  // Health answers every path of programs that keep no such list.
  if (!Array.isArray(body)) throw new Error(`answers ${answer.status}, and no list of doors`);
  return body;
}

const HEAD = ['service', 'door', 'client', 'spans', 'last seen'];

/** A table for a terminal, a line each. */
export function doorTable(uses: readonly DoorUse[]): string[] {
  const rows = uses.map(({ service, door, client, spans, lastSeen, isOld }) => [
    service || '(no name)',
    `${door}${isOld ? '' : ' (not old)'}`,
    client ?? '(does not say)',
    String(spans),
    new Date(lastSeen).toISOString().slice(0, 19),
  ]);
  const widths = HEAD.map((head, i) =>
    Math.max(...[HEAD, ...rows].map((row) => row[i]?.length ?? 0), head.length),
  );
  return [HEAD, ...rows].map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

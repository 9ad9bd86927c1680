import type { KeyValue, Process } from '@spoor/model';
import { jsonString } from '@spoor/wire';

export type KeyValuesJson = (keyValues: readonly KeyValue[]) => string;

/** Names the distinct processes of one trace p1, p2, … in the order of the spans. Equal processes of several batches share a name. */
export class ProcessNames {
  private readonly byIdentity = new Map<Process, string>();
  /** The JSON of each process with its name. */
  private readonly byContent = new Map<string, string>();

  nameOf(process: Process, tagsJson: KeyValuesJson): string {
    const known = this.byIdentity.get(process);
    if (known !== undefined) return known;
    const json = `{"serviceName":${jsonString(process.serviceName)},"tags":${tagsJson(process.tags)}}`;
    let name = this.byContent.get(json);
    if (name === undefined) {
      name = `p${this.byContent.size + 1}`;
      this.byContent.set(json, name);
    }
    this.byIdentity.set(process, name);
    return name;
  }

  /** Names with the JSON of their processes, in order. */
  entries(): [name: string, json: string][] {
    return [...this.byContent].map(([json, name]) => [name, json]);
  }
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contractDirectory } from '@spoor/fixtures';
import { parseExactJson } from '../exact-json.ts';

/** A document as a real jaeger-collector stored it. */
export interface RecordedDocument {
  readonly _index: string;
  readonly _id: string;
  readonly _source: unknown;
}

/** A file of fixtures/contract/elasticsearch. */
export function recorded(file: string): unknown {
  const path = join(contractDirectory, 'elasticsearch', file);
  return parseExactJson(readFileSync(path, 'utf8'));
}

/** The recorded documents of one kind, `spans-8`. */
export function recordedDocuments(kind: string): readonly RecordedDocument[] {
  const all = recorded('documents.json') as Record<string, readonly RecordedDocument[]>;
  const documents = all[kind];
  if (documents === undefined) throw new Error(`no recorded documents ${kind}`);
  return documents;
}

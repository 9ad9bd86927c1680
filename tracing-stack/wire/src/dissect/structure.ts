import type { Role } from './part.ts';

/** What is known of a field: its name, and how its value is best read. */
export interface Field {
  readonly name: string;
  /** Of what it holds, alone or in a list. */
  readonly of?: Structure;
  /** Micros and nanos since 1970. */
  readonly as?: 'id' | 'micros' | 'nanos' | 'bytes' | 'ip';
  /** Names of its values. */
  readonly values?: readonly string[];
  readonly role?: Role;
}

/** A struct of Thrift or a message of protobuf: what is known of its fields, by their ids. */
export interface Structure {
  readonly name: string;
  readonly fields: Readonly<Record<number, Field>>;
  readonly is?: 'span' | 'reference';
}

export const text = (name: string): Field => ({ name });
export const bytes = (name: string): Field => ({ name, as: 'bytes' });
export const micros = (name: string): Field => ({ name, as: 'micros' });
export const nanos = (name: string): Field => ({ name, as: 'nanos' });
export const choice = (name: string, values: readonly string[]): Field => ({ name, values });
export const holding = (name: string, of: Structure): Field => ({ name, of });

export function id(name: string, role?: Role): Field {
  return { name, as: 'id', ...(role && { role }) };
}

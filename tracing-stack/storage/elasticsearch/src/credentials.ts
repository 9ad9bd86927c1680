import { readFile } from 'node:fs/promises';
import { StorageError } from '@spoor/storage-api';
import type { ElasticsearchStoreOptions } from './store-options.ts';

type CredentialOptions = Pick<
  ElasticsearchStoreOptions,
  'username' | 'password' | 'passwordFile' | 'tokenFile'
>;

/** Who we say that we are. Files are read when they are first needed, and again once what they said was refused. */
export class Credentials {
  private readonly options: CredentialOptions;
  private known: Promise<string | undefined> | undefined;

  constructor(options: CredentialOptions) {
    this.options = options;
  }

  /** Whether another look might say something else. */
  get areInFiles(): boolean {
    return Boolean(this.options.passwordFile || this.options.tokenFile);
  }

  /** The header `authorization`; `undefined` for none. */
  header(): Promise<string | undefined> {
    this.known ??= this.read().catch((error: unknown) => {
      this.known = undefined;
      throw error;
    });
    return this.known;
  }

  forget(): void {
    this.known = undefined;
  }

  private async read(): Promise<string | undefined> {
    const { username, password = '', passwordFile, tokenFile } = this.options;
    if (tokenFile) return `Bearer ${await firstLine(tokenFile)}`;
    if (!username) return undefined;
    const secret = passwordFile ? await firstLine(passwordFile) : password;
    return `Basic ${Buffer.from(`${username}:${secret}`).toString('base64')}`;
  }
}

async function firstLine(path: string): Promise<string> {
  try {
    const [line = ''] = (await readFile(path, 'utf8')).split(/\r?\n/);
    return line;
  } catch (cause) {
    const text = `[elasticsearch] cannot read ${path}: ${(cause as Error).message}`;
    throw new StorageError('unavailable', text, { cause });
  }
}

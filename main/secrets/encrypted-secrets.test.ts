import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SecretStoreUnavailableError, SecretUnreadableError, type SecretStore } from '../host.ts';
import { encryptedSecrets, type Encryption } from './encrypted-secrets.ts';

const reversed = (text: string): string => Array.from(text).reverse().join('');

/** Turns text round: enough to see whether plain text was written. */
class Reversing implements Encryption {
  works = true;
  stale = false;
  delays: Promise<void>[] = [];

  async encrypt(text: string): Promise<Uint8Array> {
    await this.delays.shift();
    if (!this.works) throw new Error('the keychain is locked');
    return Buffer.from(`key:${reversed(text)}`);
  }

  async decrypt(bytes: Uint8Array): Promise<{ text: string; stale: boolean }> {
    const text = Buffer.from(bytes).toString('utf8');
    if (!this.works || !text.startsWith('key:')) throw new Error('not ours');
    return { text: reversed(text.slice(4)), stale: this.stale };
  }
}

describe('secrets in encrypted files', () => {
  let folder: string;
  let encryption: Reversing;
  let secrets: SecretStore;
  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'backstop-secrets-')), 'secrets');
    encryption = new Reversing();
    secrets = encryptedSecrets(folder, encryption);
  });
  afterEach(() => {
    rmSync(join(folder, '..'), { recursive: true, force: true });
  });

  it('are kept, replaced and removed', async () => {
    expect(await secrets.load('sign-in-1')).toBeUndefined();
    await secrets.save('sign-in-1', 'first');
    await secrets.save('sign-in-1', 'second');
    expect(await encryptedSecrets(folder, encryption).load('sign-in-1')).toBe('second');
    await secrets.remove('sign-in-1');
    await secrets.remove('sign-in-1');
    expect(await secrets.load('sign-in-1')).toBeUndefined();
  });

  it('never lie in plain text, and are for their owner alone', async () => {
    await secrets.save('sign-in-1', 'PLAIN');
    expect(readdirSync(folder)).toEqual(['sign-in-1.bin']);
    expect(readFileSync(join(folder, 'sign-in-1.bin'), 'utf8')).not.toContain('PLAIN');
    expect(statSync(join(folder, 'sign-in-1.bin')).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it('are not written where the platform can not encrypt; what was there stays', async () => {
    await secrets.save('sign-in-1', 'first');
    encryption.works = false;
    await expect(secrets.save('sign-in-1', 'second')).rejects.toBeInstanceOf(SecretStoreUnavailableError);
    encryption.works = true;
    expect(await secrets.load('sign-in-1')).toBe('first');
    expect(readdirSync(folder)).toEqual(['sign-in-1.bin']);
  });

  it('say so when they can not be decrypted here', async () => {
    await secrets.save('sign-in-1', 'first');
    writeFileSync(join(folder, 'sign-in-1.bin'), "another machine's");
    await expect(secrets.load('sign-in-1')).rejects.toBeInstanceOf(SecretUnreadableError);
  });

  it('are carried out in their order, and one that fails holds up no other', async () => {
    const slow = Promise.withResolvers<void>();
    encryption.delays = [slow.promise];
    const first = secrets.save('sign-in-1', 'first');
    const second = secrets.save('sign-in-1', 'second');
    const read = secrets.load('sign-in-1');
    slow.resolve();
    await Promise.all([first, second]);
    expect(await read).toBe('second');
    encryption.works = false;
    const failing = secrets.save('sign-in-1', 'third');
    await expect(failing).rejects.toThrow();
    encryption.works = true;
    await secrets.save('sign-in-1', 'fourth');
    expect(await secrets.load('sign-in-1')).toBe('fourth');
  });

  it('are encrypted again when the platform has a newer key', async () => {
    await secrets.save('sign-in-1', 'first');
    const before = statSync(join(folder, 'sign-in-1.bin')).ino;
    encryption.stale = true;
    expect(await secrets.load('sign-in-1')).toBe('first');
    expect(statSync(join(folder, 'sign-in-1.bin')).ino).not.toBe(before);
  });

  it.each(['../outside', 'a/b', '', 'UPPER', 'a.b', 'x'.repeat(101)])('take no name like %j', async name => {
    await expect(secrets.save(name, 'x')).rejects.toBeInstanceOf(TypeError);
    await expect(secrets.load(name)).rejects.toBeInstanceOf(TypeError);
  });
});

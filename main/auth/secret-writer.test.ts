import { describe, expect, it } from 'vitest';
import { SecretWriter } from './secret-writer.ts';
import { MemorySecrets } from './testing/memory-secrets.ts';

function aWriter() {
  const secrets = new MemorySecrets();
  const outcomes: unknown[] = [];
  return { secrets, outcomes, writer: new SecretWriter(secrets, 'name', error => outcomes.push(error)) };
}

describe('writing a secret in the background', () => {
  it('keeps the order, and skips what was overtaken', async () => {
    const { secrets, writer, outcomes } = aWriter();
    const gate = Promise.withResolvers<void>();
    secrets.gate = gate.promise;
    writer.save(() => '1');
    writer.save(() => '2');
    writer.save(() => '3');
    gate.resolve();
    await writer.flush();
    writer.save(() => '4');
    writer.remove();
    await writer.flush();
    expect(secrets.writes.map(write => write.value)).toEqual(['1', '3', '4', undefined]);
    expect(secrets.kept.has('name')).toBe(false);
    expect(outcomes).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('flushes at once where nothing waits', async () => {
    const { secrets, writer } = aWriter();
    await writer.flush();
    expect(secrets.writes).toEqual([]);
  });

  it('tells a failure, keeps the value for the next flush, and throws what the store threw', async () => {
    const { secrets, writer, outcomes } = aWriter();
    const failure = new Error('disk full');
    secrets.failSave = failure;
    writer.save(() => '1');
    await expect(writer.flush()).rejects.toBe(failure);
    expect(outcomes[0]).toBe(failure);
    secrets.failSave = undefined;
    await writer.flush();
    expect(secrets.kept.get('name')).toBe('1');
    expect(outcomes.at(-1)).toBeUndefined();
  });

  it('goes on to a newer value after a failure', async () => {
    const { secrets, writer } = aWriter();
    const gate = Promise.withResolvers<void>();
    secrets.gate = gate.promise;
    secrets.failSave = new Error('disk full');
    writer.save(() => '1');
    writer.remove();
    gate.resolve();
    await writer.flush();
    expect(secrets.writes).toEqual([{ name: 'name', value: undefined }]);
  });
});

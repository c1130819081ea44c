import { expect, test } from 'vitest';
import { StopStack } from './stop-stack.ts';

test('stops newest first, each once and one after the other, also below what fails', async () => {
  const stopped: string[] = [];
  const stack = new StopStack();
  stack.push(() => stopped.push('first'));
  stack.push(async () => {
    await Promise.resolve();
    stopped.push('second');
    throw new Error('second');
  });
  stack.push(() => {
    stopped.push('third');
    throw new Error('third');
  });
  await expect(stack.stop()).rejects.toThrow('third');
  expect(stopped).toEqual(['third', 'second', 'first']);
  await stack.stop();
  expect(stopped).toHaveLength(3);
});

import { describe, expect, it } from 'vitest';
import { browserSetUp, type TestMachine } from './browser-packages.ts';

const bare: TestMachine = { isDebian: true, isRoot: true, platform: 'linux', has: () => false };
const commands = (machine: Partial<TestMachine>): string[] =>
  browserSetUp({ ...bare, ...machine }).map(({ command }) => command.join(' '));

describe('what the tests need of a machine', () => {
  it("is installed from Debian's packages as root", () => {
    expect(commands({})).toEqual(['apt-get update', expect.stringMatching(/^apt-get install .*chromium xvfb/)]);
  });

  it('is only what is missing', () => {
    expect(commands({ has: program => program === 'chromium' })[1]).not.toContain('chromium');
    expect(commands({ has: () => true })).toEqual([]);
  });

  it('comes from Playwright elsewhere', () => {
    expect(commands({ isRoot: false })).toEqual(['playwright install chromium']);
    expect(commands({ isDebian: false, platform: 'darwin' })).toEqual(['playwright install chromium']);
    expect(commands({ isRoot: false, has: program => program === 'chromium' })).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { browserCommand } from './system-browser.ts';

describe("the system's browser", () => {
  const url = new URL('http://127.0.0.1:1/authorize?a=1&b=2;calc.exe');

  it.each(['linux', 'darwin', 'win32'] as const)(
    'gets the address as one argument on %s, through no shell',
    platform => {
      const [command, ...args] = browserCommand(platform, url);
      expect(args.filter(arg => arg.includes('authorize'))).toEqual([url.href]);
      expect(['cmd', 'cmd.exe', 'sh', 'powershell']).not.toContain(command);
    },
  );
});

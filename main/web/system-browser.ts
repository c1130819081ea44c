import { spawn } from 'node:child_process';

/** The program that opens an address in the technician's browser. The address is an argument of its own, never part of a command line. */
export function browserCommand(platform: NodeJS.Platform, url: URL): readonly [string, ...string[]] {
  switch (platform) {
    case 'darwin':
      return ['open', url.href];
    case 'win32':
      // `start` is a word of cmd.exe, which would read the & of a query as its own; this takes the address whole.
      return ['rundll32', 'url.dll,FileProtocolHandler', url.href];
    default:
      return ['xdg-open', url.href];
  }
}

/** @returns whether such a program could be started; a machine without a desktop has none */
export function openInSystemBrowser(url: URL): Promise<boolean> {
  const [command, ...args] = browserCommand(process.platform, url);
  return new Promise(resolve => {
    const child = spawn(command, args, { stdio: 'ignore', detached: true });
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}

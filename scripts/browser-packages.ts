export interface TestMachine {
  readonly isDebian: boolean;
  readonly isRoot: boolean;
  readonly platform: NodeJS.Platform;
  /** Programs that can be found on this machine. */
  readonly has: (program: string) => boolean;
}

/** A command to run, with what it is for. */
export interface SetUpStep {
  readonly why: string;
  readonly command: readonly [string, ...string[]];
}

/**
 * What has to be run so that the end-to-end tests find a browser, and a display for Electron. Nothing where all is there.
 * Debian's own Chromium where it may be installed; elsewhere the one that Playwright brings.
 */
export function browserSetUp({ isDebian, isRoot, platform, has }: TestMachine): SetUpStep[] {
  if (isDebian && isRoot) {
    const packages = [
      ...(has('chromium') ? [] : ['chromium']),
      // Electron needs a display even where nobody looks; the fonts keep screenshots readable.
      ...(has('Xvfb') ? [] : ['xvfb', 'fonts-dejavu-core']),
    ];
    if (packages.length === 0) return [];
    return [
      { why: 'to know the newest packages', command: ['apt-get', 'update'] },
      {
        why: `to have ${packages.join(', ')} for the tests`,
        command: ['apt-get', 'install', '--yes', '--no-install-recommends', ...packages],
      },
    ];
  }
  if (platform === 'linux' && has('chromium')) return [];
  return [{ why: 'to have a browser for the tests', command: ['playwright', 'install', 'chromium'] }];
}

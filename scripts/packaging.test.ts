import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { Arch, build, Platform } from 'electron-builder';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { makeStandInDistribution } from './testing/stand-in-distribution.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
// Through their owners: both are electron-builder's own, and only it says which versions fit.
const ofBuilder = createRequire(createRequire(import.meta.url).resolve('electron-builder'));
const ofBuilderLib = createRequire(ofBuilder.resolve('app-builder-lib'));

/** The parts of app-builder-lib that check a configuration; it has no public door to them, and no types for this one. */
interface ConfigTools {
  getConfig(folder: string, path: string | null, options: object | null): Promise<Configuration>;
  validateConfiguration(configuration: object, log: object): Promise<void>;
}
type Configuration = z.infer<typeof Configuration>;
const Targets = z.array(z.union([z.string(), z.object({ target: z.string() })]));
const Configuration = z.looseObject({
  npmRebuild: z.boolean(),
  asarUnpack: z.array(z.string()),
  electronFuses: z.record(z.string(), z.boolean()),
  win: z.looseObject({ target: Targets }),
  mac: z.looseObject({ target: Targets }),
  linux: z.looseObject({ target: Targets }),
});

const names = (targets: z.infer<typeof Targets>): string[] =>
  targets.map(target => (typeof target === 'string' ? target : target.target));

describe('electron-builder.yml', () => {
  const tools: ConfigTools = ofBuilder('app-builder-lib/out/util/config/config');
  const log = { isEnabled: false, add: () => undefined };

  it("is valid by electron-builder's own schema", async () => {
    await tools.validateConfiguration(await tools.getConfig(root, null, null), log);
  });

  it('would not be with a fuse that does not exist', async () => {
    const configuration = await tools.getConfig(root, null, null);
    const wrong = { ...configuration, electronFuses: { ...configuration.electronFuses, runAsDeno: false } };
    await expect(tools.validateConfiguration(wrong, log)).rejects.toThrow(/electronFuses should be/);
  });

  it('packs for three platforms, in the forms that people install and that can be updated', async () => {
    const { win, mac, linux } = Configuration.parse(await tools.getConfig(root, null, null));
    expect(names(win.target)).toEqual(['nsis', 'zip']);
    expect(names(mac.target)).toEqual(['dmg', 'zip']);
    expect(names(linux.target)).toEqual(['AppImage', 'deb']);
  });

  it('compiles nothing', async () => {
    const { npmRebuild, asarUnpack } = Configuration.parse(await tools.getConfig(root, null, null));
    expect(npmRebuild).toBe(false);
    expect(asarUnpack).toEqual(['**/*.node']);
  });
});

describe('a packed application', () => {
  let folder: string;
  let app: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'backstop-pack-'));
    const project = join(folder, 'project');
    makeProject(project);
    const manifest: unknown = JSON.parse(readFileSync(join(root, 'node_modules', 'electron', 'package.json'), 'utf8'));
    const { version } = z.object({ version: z.string() }).parse(manifest);
    makeStandInDistribution(join(folder, 'electron'), version);
    await build({
      projectDir: project,
      publish: 'never',
      targets: Platform.LINUX.createTarget(['dir'], Arch.x64),
      config: { electronDist: join(folder, 'electron'), electronVersion: version },
    });
    app = join(project, 'release', 'linux-unpacked');
  }, 180_000);
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('has its fuses flipped', async () => {
    const wire = await getCurrentFuseWire(join(app, 'backstop'));
    const state = (fuse: FuseV1Options): string => String.fromCharCode(wire[fuse] ?? 0);
    expect({
      runAsNode: state(FuseV1Options.RunAsNode),
      cookieEncryption: state(FuseV1Options.EnableCookieEncryption),
      nodeOptions: state(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
      nodeCliInspect: state(FuseV1Options.EnableNodeCliInspectArguments),
      asarIntegrity: state(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
      onlyAsar: state(FuseV1Options.OnlyLoadAppFromAsar),
      filePrivileges: state(FuseV1Options.GrantFileProtocolExtraPrivileges),
    }).toEqual({
      runAsNode: '0',
      cookieEncryption: '1',
      nodeOptions: '0',
      nodeCliInspect: '0',
      asarIntegrity: '1',
      onlyAsar: '1',
      filePrivileges: '0',
    });
  });

  it('holds the shell, its page and its worker, and neither sources nor the loopback host', () => {
    const asar: { listPackage(path: string, options: object): string[] } = ofBuilderLib('@electron/asar');
    const files = asar.listPackage(join(app, 'resources', 'app.asar'), { isPack: false });
    for (const file of ['shell.js', 'catalog-worker.js', 'emulator.js']) expect(files).toContain(`/dist/main/${file}`);
    expect(files).toContain('/dist/preload/index.cjs');
    expect(files).toContain('/dist/renderer/index.html');
    expect(files).toContain('/node_modules/better-sqlite3/package.json');
    const packages = new Set(files.filter(file => file.startsWith('/node_modules/')).map(file => file.split('/')[2]));
    expect([...packages]).toEqual(['better-sqlite3']);
    expect(files.filter(file => /\.(ts|tsx|map|cpp|gyp)$/.test(file))).toEqual([]);
    expect(files).not.toContain('/dist/main/web.js');
    expect(files.filter(file => file.startsWith('/main') || file.startsWith('/e2e'))).toEqual([]);
  });

  it("has the native library of its platform beside the archive, and no other platform's", () => {
    const prebuilds = join(app, 'resources', 'app.asar.unpacked', 'node_modules', 'better-sqlite3', 'prebuilds');
    expect(existsSync(join(prebuilds, 'linux-x64.node'))).toBe(true);
    expect(existsSync(join(prebuilds, 'darwin-arm64.node'))).toBe(false);
    expect(existsSync(join(prebuilds, 'win32-x64.node'))).toBe(false);
  });
});

/** A project as the build leaves it, laid out as ours but small: so this test needs no build, and tells of the configuration alone. */
function makeProject(folder: string): void {
  const files = [
    'dist/main/shell.js',
    'dist/main/shell.js.map',
    'dist/main/web.js',
    'dist/main/catalog-worker.js',
    'dist/main/emulator.js',
    'dist/preload/index.cjs',
    'dist/renderer/index.html',
    'dist/renderer/assets/index.js',
    'main/shell/main.ts',
    'e2e/main-job.spec.ts',
    'README.md',
  ];
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), `${file}\n`);
  }
  cpSync(join(root, 'electron-builder.yml'), join(folder, 'electron-builder.yml'));
  const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const Manifest = z.object({
    name: z.string(),
    productName: z.string(),
    version: z.string(),
    description: z.string(),
    type: z.string(),
    main: z.string(),
    dependencies: z.record(z.string(), z.string()),
  });
  writeFileSync(join(folder, 'package.json'), JSON.stringify(Manifest.parse(manifest)));
  for (const name of ['better-sqlite3', 'node-addon-api']) {
    cpSync(join(root, 'node_modules', name), join(folder, 'node_modules', name), { recursive: true });
  }
}

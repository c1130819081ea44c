import type { ShownNotification } from '../shared/contract/notifications.ts';
import type { UtcSeconds } from '../shared/domain/time.ts';

/**
 * What a host gives the services: everything that Electron would, as an interface. Nothing below `services.ts` knows which
 * host it runs in; a feature asks for a capability (`secrets.isPersistent`), never for the host's name.
 */
export interface Host {
  /** Keeps secrets encrypted at rest, or in memory alone where the platform can't encrypt. */
  readonly secrets: SecretStore;
  /** Opens an address in the system browser. Resolves once the browser was asked, not when the page is there. */
  readonly openUrl: (url: URL) => Promise<void>;
  /** The network, through the host's stack (system proxy and certificates in the shell). */
  readonly fetch: typeof globalThis.fetch;
  /** Shows a desktop notification. Absent where the host can't: then open pages show it by their browser's means. */
  readonly notify?: (notice: Notice) => Promise<ShownNotification>;
  readonly paths: Paths;
  /** The host's own clock, in whole UTC seconds, floored. In the demo it runs at the emulator's rate. */
  readonly now: () => UtcSeconds;
  /** The console's own log. Never given a token, a claim, or a person's data beyond ids. */
  readonly log: Log;
  /** Present where the host can open the other profile. Resolves before the switch begins: the services of this one end with it. */
  readonly switchProfile?: (to: 'demo' | 'own') => Promise<void>;
  /** Where and as which application to sign in, and which Graph to ask. A packaged build knows Microsoft's alone. */
  readonly cloud: Cloud;
  /** False where the console was started without background sync (for tests that count requests); the settings decide otherwise. */
  readonly backgroundSync: boolean;
  /** Present where this host is showing the demo tenants. */
  readonly demo?: DemoTenants;
}

/** Named secrets. Values are text; names are `[a-z0-9-]+`. */
export interface SecretStore {
  /** False where secrets live in memory only and are gone with the process. */
  readonly isPersistent: boolean;
  /**
   * @returns the secret, or `undefined` where none is kept
   * @throws SecretUnreadableError where one is kept that can't be decrypted here
   */
  load(name: string): Promise<string | undefined>;
  /** Replaces the secret, atomically. Never writes plain text: @throws SecretStoreUnavailableError where encryption is not to be had. */
  save(name: string, value: string): Promise<void>;
  remove(name: string): Promise<void>;
}

export class SecretUnreadableError extends Error {
  override readonly name = 'SecretUnreadableError';
}

export class SecretStoreUnavailableError extends Error {
  override readonly name = 'SecretStoreUnavailableError';
}

/** One line an event; facts are small and plain. */
export interface Log {
  info(event: string, facts?: LogFacts): void;
  warn(event: string, facts?: LogFacts): void;
  error(event: string, facts?: LogFacts): void;
}

export type LogFacts = Readonly<Record<string, unknown>>;

export interface Notice {
  readonly title: string;
  readonly body: string;
  /** Called when it is clicked, once the window stands in front. */
  readonly onClick: () => void;
}

export interface Paths {
  /** The profile's folder: databases, secrets, logs. Readable by its owner alone. */
  readonly profile: string;
  /** The built catalog worker's script. */
  readonly catalogWorker: URL;
}

/** The sign-in authority and Graph that the console talks to. */
export interface Cloud {
  readonly clientId: string;
  /** Graph's origin, `https://graph.microsoft.com` but for the demo. A token is attached to requests to this origin alone. */
  readonly graphOrigin: string;
  /** The sign-in authority's origin, `https://login.microsoftonline.com`; the demo keeps it and sets `authorityMetadata`. */
  readonly loginOrigin: string;
  /** MSAL's `authorityMetadata`, a JSON text with `{tenant}` left in; only the demo's emulator has one. */
  readonly authorityMetadata?: string;
}

/** The emulator's tenants and people, as its ready line tells them; what the demo's first screen offers. */
export interface DemoTenants {
  readonly emulatorUrl: string;
  readonly timeScale: number;
  readonly userPrincipalName: string;
  readonly homeTenantId: string;
  readonly customers: readonly { readonly id: string; readonly domain: string; readonly displayName: string }[];
}

import { BrowserWindow, MessageChannelMain, type WebContents } from 'electron';
import { PAGE_ORIGIN, PORT_MESSAGE } from '../../shared/bridge/hand-over.ts';
import { carryOverPort, serveBridge, type BridgeConnection } from '../bridge/index.ts';
import type { OpenConsole } from '../start/index.ts';

export interface ConsoleWindowParts {
  readonly preload: string;
  readonly devTools: boolean;
  /** The console that is open now; none while the profile is being switched. */
  readonly console: () => OpenConsole | undefined;
}

/** A page that crashes again and again is left alone after this many times. */
const MAX_CRASH_RELOADS = 3;

/** The one window. Each load of its page gets a port of its own, and the port of the load before is closed. */
export class ConsoleWindow {
  readonly #parts: ConsoleWindowParts;
  #window: BrowserWindow | undefined;
  #connection: BridgeConnection | undefined;
  #crashes = 0;

  constructor(parts: ConsoleWindowParts) {
    this.#parts = parts;
  }

  /** Opens the window, or brings it to the front where it is open. */
  show(): void {
    if (this.#window !== undefined) {
      if (this.#window.isMinimized()) this.#window.restore();
      this.#window.focus();
      return;
    }
    const window = new BrowserWindow({
      title: 'Backstop',
      width: 1_360,
      height: 880,
      minWidth: 960,
      minHeight: 640,
      show: false,
      webPreferences: {
        preload: this.#parts.preload,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInSubFrames: false,
        nodeIntegrationInWorker: false,
        webviewTag: false,
        webSecurity: true,
        spellcheck: false,
        devTools: this.#parts.devTools,
      },
    });
    this.#window = window;
    window.once('ready-to-show', () => window.show());
    window.on('closed', () => {
      this.#disconnect();
      this.#window = undefined;
    });
    this.#follow(window.webContents);
    // A load that fails is told by `did-fail-load`; the promise says the same.
    window
      .loadURL(`${PAGE_ORIGIN}/`)
      .catch((error: unknown) => this.#log('window.loadFailed', { error: String(error) }));
  }

  /** Ends the page's connection and loads it anew, for the console that is open then. */
  reload(): void {
    this.#disconnect();
    this.#window?.webContents.reload();
  }

  /** Ends the page's connection; it stays on screen and says so. */
  disconnect(): void {
    this.#disconnect();
  }

  #follow(contents: WebContents): void {
    contents.on('did-finish-load', () => this.#connect(contents));
    contents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) this.#disconnect();
    });
    contents.on('render-process-gone', (_, { reason }) => {
      this.#disconnect();
      this.#log('window.pageGone', { reason });
      if (reason === 'clean-exit' || this.#crashes >= MAX_CRASH_RELOADS) return;
      this.#crashes += 1;
      contents.reload();
    });
  }

  #connect(contents: WebContents): void {
    this.#disconnect();
    const opened = this.#parts.console();
    const { mainFrame } = contents;
    // The port is the key to everything, so it goes to the main frame alone, and only while that shows our own page.
    if (opened === undefined || mainFrame.origin !== PAGE_ORIGIN) return;
    const { port1, port2 } = new MessageChannelMain();
    this.#connection = serveBridge(opened.router, carryOverPort(port1), opened.log);
    mainFrame.postMessage(PORT_MESSAGE, null, [port2]);
  }

  #disconnect(): void {
    this.#connection?.close();
    this.#connection = undefined;
  }

  #log(event: string, facts: Readonly<Record<string, unknown>>): void {
    this.#parts.console()?.log.warn(event, facts);
  }
}

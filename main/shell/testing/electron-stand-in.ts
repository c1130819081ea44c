import { EventEmitter } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';

/**
 * A stand-in for `electron` with the members that the shell is allowed to use, and no other: reading any other member throws.
 * So a slip (a call that Electron does not have, or that nobody here has thought about) fails a test, not a technician.
 */
function strict<T extends object>(name: string, members: T): T {
  return new Proxy(members, {
    get(target, key, receiver) {
      // A promise is told from an object by its `then`; whoever prints an object asks for symbols and `toJSON`.
      if (typeof key === 'symbol' || key === 'then' || key === 'toJSON' || Reflect.has(target, key)) {
        return Reflect.get(target, key, receiver);
      }
      throw new Error(`electron's ${name}.${key} is not in the stand-in: declare it there, or do without`);
    },
  });
}

// What the shell gives takes its own events; what a test makes happen is made to fit.
type Listener = (...args: never[]) => unknown;

/** The events of an Electron object: what the shell listens to, and what a test makes happen. */
class StandInEvents {
  readonly #emitter = new EventEmitter();
  readonly on = (event: string, listener: Listener): void => {
    this.#emitter.on(event, (...args) => Reflect.apply(listener, undefined, args));
  };
  readonly once = (event: string, listener: Listener): void => {
    this.#emitter.once(event, (...args) => Reflect.apply(listener, undefined, args));
  };

  /** @param details becomes part of the event; `args` follow it. @returns whether a listener prevented the default */
  happen(event: string, details: object = {}, ...args: unknown[]): boolean {
    let prevented = false;
    const preventDefault = (): void => {
      prevented = true;
    };
    this.#emitter.emit(event, { ...details, preventDefault }, ...args);
    return prevented;
  }

  /** For events whose first argument is no event object. */
  tell(event: string, ...args: unknown[]): void {
    this.#emitter.emit(event, ...args);
  }
}

/** One window, its contents and its main frame, as a test sees them. */
export class StandInWindow {
  readonly events = new StandInEvents();
  readonly contents = new StandInEvents();
  /** What the shell did to it, in order. */
  readonly calls: string[] = [];
  /** Ports that were posted to the page's preload, oldest first. */
  readonly ports: { readonly channel: string; readonly port: MessagePort }[] = [];
  openHandler: ((details: { readonly url: string }) => { readonly action: string }) | undefined;
  origin = 'app://backstop';
  minimized = false;
}

export interface StandInOptions {
  readonly isPackaged?: boolean;
  readonly userData: string;
  /** Whether another instance holds the lock. */
  readonly isSecond?: boolean;
  readonly encryption?: 'fine' | 'unavailable' | 'basic_text';
  /** What `net.fetch` rejects with. */
  readonly fetchFails?: Error;
  /** What the system does with notifications; it shows them unless given. */
  readonly notifications?: 'unsupported' | 'refused' | 'unanswered';
  /** Told of each utility process as it starts. */
  readonly onFork?: (utility: StandInUtility) => void;
}

/** A fresh Electron: the module that the shell imports, and the strings that a test pulls. */
export function standInElectron(options: StandInOptions) {
  const app = new StandInEvents();
  const ready = Promise.withResolvers<void>();
  const windows: StandInWindow[] = [];
  const pagePorts = new WeakMap<object, MessagePort>();
  const utilities: StandInUtility[] = [];
  const notifications: StandInEvents[] = [];
  const seen = {
    /** Calls that matter in their order, `ready` among them. */
    order: [] as string[],
    schemes: [] as unknown[],
    errorBoxes: [] as { readonly title: string; readonly content: string }[],
    opened: [] as string[],
    fetched: [] as unknown[],
    notices: [] as unknown[],
    menu: undefined as unknown,
    windowOptions: [] as unknown[],
  };
  let serve: ((request: Request) => Promise<Response>) | undefined;
  const sessionEvents = new StandInEvents();
  const permissions = {
    request: undefined as
      | ((
          contents: object,
          permission: string,
          answer: (granted: boolean) => void,
          details: { requestingUrl: string },
        ) => void)
      | undefined,
    check: undefined as ((contents: object | null, permission: string, origin: string) => boolean) | undefined,
    device: undefined as (() => boolean) | undefined,
  };
  let userData = options.userData;

  // A function: what it makes is the strict window itself.
  function BrowserWindow(windowOptions: unknown): object {
    const window = new StandInWindow();
    windows.push(window);
    seen.windowOptions.push(windowOptions);
    return strict('BrowserWindow', browserWindow(window, pagePorts));
  }
  class MessageChannelMain {
    readonly port1: object;
    readonly port2: object;
    constructor() {
      const { port1, port2 } = new MessageChannel();
      this.port1 = mainPort(port1);
      this.port2 = strict('MessagePortMain', {});
      pagePorts.set(this.port2, port2);
    }
  }
  class Notification {
    static isSupported(): boolean {
      return options.notifications !== 'unsupported';
    }
    readonly on: StandInEvents['on'];
    readonly show: () => void;
    constructor(noticeOptions: unknown) {
      const events = new StandInEvents();
      this.on = events.on;
      this.show = () => {
        seen.notices.push(noticeOptions);
        notifications.push(events);
        if (options.notifications === 'refused') events.tell('failed', {}, 'Notifications are off for this app');
        else if (options.notifications !== 'unanswered') events.tell('show', {});
      };
    }
  }

  const electron = {
    app: strict('app', {
      isPackaged: options.isPackaged ?? false,
      on: app.on,
      quit: () => {
        seen.order.push('quit');
        // As Electron does: whoever prevents it, stops it.
        if (!app.happen('before-quit')) seen.order.push('will-quit');
      },
      exit: (code: number) => void seen.order.push(`exit ${code}`),
      enableSandbox: () => void seen.order.push('enableSandbox'),
      requestSingleInstanceLock: () => {
        seen.order.push('requestSingleInstanceLock');
        return options.isSecond !== true;
      },
      setPath: (name: string, path: string) => {
        seen.order.push(`setPath ${name}`);
        userData = path;
      },
      getPath: (name: string) => {
        if (name !== 'userData') throw new Error(`no path is called ${name}`);
        return userData;
      },
      whenReady: () => ready.promise,
    }),
    protocol: strict('protocol', {
      registerSchemesAsPrivileged: (schemes: readonly unknown[]) => {
        seen.order.push('registerSchemesAsPrivileged');
        seen.schemes.push(...schemes);
      },
      handle: (scheme: string, handler: (request: Request) => Promise<Response>) => {
        seen.order.push(`handle ${scheme}`);
        serve = handler;
      },
    }),
    session: strict('session', {
      defaultSession: strict('Session', {
        on: sessionEvents.on,
        setPermissionRequestHandler: (handler: typeof permissions.request) => {
          permissions.request = handler;
        },
        setPermissionCheckHandler: (handler: typeof permissions.check) => {
          permissions.check = handler;
        },
        setDevicePermissionHandler: (handler: typeof permissions.device) => {
          permissions.device = handler;
        },
      }),
    }),
    dialog: strict('dialog', {
      showErrorBox: (title: string, content: string) => void seen.errorBoxes.push({ title, content }),
    }),
    Menu: strict('Menu', {
      buildFromTemplate: (template: unknown) => template,
      setApplicationMenu: (menu: unknown) => {
        seen.menu = menu;
      },
    }),
    net: strict('net', {
      fetch: async (input: unknown) => {
        seen.fetched.push(input);
        if (options.fetchFails !== undefined) throw options.fetchFails;
        return new Response('answered');
      },
    }),
    shell: strict('shell', {
      openExternal: async (url: string) => void seen.opened.push(url),
    }),
    safeStorage: strict('safeStorage', {
      isAsyncEncryptionAvailable: async () => options.encryption !== 'unavailable',
      getSelectedStorageBackend: () => (options.encryption === 'basic_text' ? 'basic_text' : 'gnome_libsecret'),
      encryptStringAsync: async (text: string) => Buffer.from(`locked:${Buffer.from(text).toString('hex')}`),
      decryptStringAsync: async (bytes: Buffer) => ({
        result: Buffer.from(bytes.toString('utf8').slice('locked:'.length), 'hex').toString('utf8'),
        shouldReEncrypt: false,
      }),
    }),
    utilityProcess: strict('utilityProcess', {
      fork: (path: string, args: readonly string[], forkOptions: unknown) => {
        const utility = new StandInUtility(path, args, forkOptions);
        utilities.push(utility);
        options.onFork?.(utility);
        return utility.process;
      },
    }),
    BrowserWindow,
    MessageChannelMain,
    Notification,
  };

  return {
    electron,
    app,
    seen,
    windows,
    utilities,
    /** Those shown, each as what a test makes happen to it. */
    notifications,
    session: sessionEvents,
    permissions,
    becomeReady: (): void => {
      seen.order.push('ready');
      ready.resolve();
    },
    /** Asks the page's protocol as Chromium would. */
    request: async (url: string, method = 'GET'): Promise<Response> => {
      if (serve === undefined) throw new Error('nothing serves the page');
      return serve(new Request(url, { method }));
    },
  };
}

export type StandIn = ReturnType<typeof standInElectron>;

/** No process has it: what is meant for the utility process must not meet another. */
export const PID_OF_UTILITY = 2 ** 30;

/** A utility process, which a test lets speak and die. */
class StandInUtility {
  readonly path: string;
  readonly args: readonly string[];
  readonly options: unknown;
  readonly #events = new StandInEvents();
  readonly #stdout = new StandInEvents();
  killed = false;
  /** A test's that has one which does not end when it is asked to. */
  ignoresKill = false;
  readonly process: object;

  constructor(path: string, args: readonly string[], options: unknown) {
    this.path = path;
    this.args = args;
    this.options = options;
    this.process = strict('UtilityProcess', {
      stdout: strict('stdout', { on: this.#stdout.on }),
      on: this.#events.on,
      pid: PID_OF_UTILITY,
      kill: () => {
        this.killed = true;
        if (!this.ignoresKill) this.exit(0);
      },
    });
  }

  /** V8 gives up in it. */
  breakDown(): void {
    this.#events.tell('error', 'FatalError', 'somewhere', 'a report');
  }

  print(text: string): void {
    this.#stdout.tell('data', Buffer.from(text));
  }

  exit(code: number): void {
    this.#events.tell('exit', code);
  }
}

function browserWindow(window: StandInWindow, pagePorts: WeakMap<object, MessagePort>) {
  const note = (call: string) => (): void => void window.calls.push(call);
  const mainFrame = strict('WebFrameMain', {
    get origin() {
      return window.origin;
    },
    postMessage: (channel: string, _message: unknown, transfer: readonly object[]) => {
      const [given] = transfer;
      const port = given === undefined ? undefined : pagePorts.get(given);
      if (port === undefined || transfer.length !== 1)
        throw new Error('exactly one port of a new channel is handed over');
      // As a page does that takes it. A port that nobody has started hears of no end.
      port.start();
      window.ports.push({ channel, port });
    },
  });
  return {
    on: window.events.on,
    once: window.events.once,
    webContents: strict('WebContents', {
      on: window.contents.on,
      mainFrame,
      reload: note('reload'),
      setWindowOpenHandler: (handler: StandInWindow['openHandler']) => {
        window.openHandler = handler;
      },
    }),
    loadURL: async (url: string) => void window.calls.push(`loadURL ${url}`),
    show: note('show'),
    focus: note('focus'),
    restore: note('restore'),
    isMinimized: () => window.minimized,
  };
}

/** Electron's manner of a port in main: events with `data`, and `close` when the other end has gone. */
function mainPort(port: MessagePort): object {
  const events = new EventEmitter();
  port.on('message', (data: unknown) => events.emit('message', { data }));
  port.on('close', () => events.emit('close'));
  return strict('MessagePortMain', {
    on: (event: string, listener: (...args: unknown[]) => void) => events.on(event, listener),
    postMessage: (message: unknown) => port.postMessage(message),
    start: () => port.start(),
    close: () => port.close(),
  });
}

import { app, type Session } from 'electron';
import { PAGE_ORIGIN } from '../../shared/bridge/hand-over.ts';

/** From now on no contents of this application can go anywhere, open anything or hold a web view. */
export function lockDownContents(): void {
  app.on('web-contents-created', (_, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-navigate', event => event.preventDefault());
    contents.on('will-frame-navigate', event => event.preventDefault());
    contents.on('will-redirect', event => event.preventDefault());
    contents.on('will-attach-webview', event => event.preventDefault());
  });
}

/** What the page may do that a page could not do by itself: put a text that was clicked on the clipboard. Reading it is another permission. */
const GRANTED = 'clipboard-sanitized-write';

/** Electron grants what nobody refuses. A file is saved only where the page itself has made it (a report). */
export function lockDownSession(session: Session): void {
  const isGranted = (permission: string, address: string): boolean =>
    permission === GRANTED && (address === PAGE_ORIGIN || address.startsWith(`${PAGE_ORIGIN}/`));
  session.setPermissionRequestHandler((_, permission, answer, { requestingUrl }) =>
    answer(isGranted(permission, requestingUrl)),
  );
  session.setPermissionCheckHandler((_, permission, origin) => isGranted(permission, origin));
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event, item) => {
    if (!item.getURL().startsWith(`blob:${PAGE_ORIGIN}/`)) event.preventDefault();
  });
}

import { net, Notification, shell } from 'electron';
import type { ShownNotification } from '../../shared/contract/notifications.ts';
import type { Host, Log, Notice } from '../host.ts';
import { openSecrets } from './secret-store.ts';

/** What Electron gives the services, beside what every host gives. */
export async function electronHost(
  profile: string,
  log: Log,
  switchProfile: Host['switchProfile'],
  showWindow: () => void,
): Promise<Pick<Host, 'secrets' | 'openUrl' | 'fetch' | 'notify' | 'switchProfile'>> {
  return {
    secrets: await openSecrets(profile, process.platform, log),
    openUrl,
    fetch: fetchThroughChromium,
    notify: notice => showNotification(notice, showWindow),
    ...(switchProfile === undefined ? {} : { switchProfile }),
  };
}

/**
 * Chromium's stack knows the system's proxy and certificates. Where a redirect is not to be followed, `net.fetch` cancels the request
 * and rejects (electron#43715), which would pass for a lost connection: it becomes what the Fetch standard gives for a redirect
 * that nobody may look into, an answer of status 0.
 */
const fetchThroughChromium: Host['fetch'] = async (input, init) => {
  try {
    return await net.fetch(input instanceof URL ? input.href : input, init);
  } catch (error) {
    const isManual = (init?.redirect ?? (input instanceof Request ? input.redirect : undefined)) === 'manual';
    if (isManual && error instanceof Error && error.message.includes('Redirect was cancelled')) return Response.error();
    throw error;
  }
};

/** The system opens whatever an address names, programs too: only web addresses may get there. */
async function openUrl(url: URL): Promise<void> {
  const isLoopback = url.protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(url.hostname);
  if (url.protocol !== 'https:' && !isLoopback) throw new TypeError(`not an address for a browser: ${url.protocol}`);
  await shell.openExternal(url.href);
}

/** Real milliseconds that the system has to say that it shows a notification. Some never say so, and show it all the same. */
const SHOWN_WITHIN_MS = 5_000;
/** Those on screen. One that nobody holds may be collected before it is clicked, and its click with it. */
const onScreen = new Set<Notification>();

/** Shows it, and brings the window to the front when it is clicked. */
async function showNotification({ title, body, onClick }: Notice, showWindow: () => void): Promise<ShownNotification> {
  if (!Notification.isSupported()) return { outcome: 'unsupported' };
  const notification = new Notification({ title, body });
  onScreen.add(notification);
  const gone = (): void => void onScreen.delete(notification);
  notification.on('close', gone);
  notification.on('click', () => {
    gone();
    showWindow();
    onClick();
  });
  const shown = new Promise<ShownNotification>(resolve => {
    const timer = setTimeout(() => resolve({ outcome: 'unanswered' }), SHOWN_WITHIN_MS);
    const answer = (result: ShownNotification): void => {
      clearTimeout(timer);
      resolve(result);
    };
    notification.on('show', () => answer({ outcome: 'shown' }));
    notification.on('failed', (_, reason) => {
      gone();
      answer({ outcome: 'refused', reason });
    });
  });
  notification.show();
  return await shown;
}

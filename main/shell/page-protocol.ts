import { protocol } from 'electron';
import { PAGE_HOST, PAGE_SCHEME } from '../../shared/bridge/hand-over.ts';
import { contentSecurityPolicy, pageHeaders, type PageFiles } from '../page/index.ts';

/** Makes `app:` a scheme with an origin of its own. Has an effect only before the application is ready. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: PAGE_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the built page under `app://backstop/`, with its policy, and nothing else under any other name. */
export function servePage(files: PageFiles): void {
  const headers = pageHeaders(contentSecurityPolicy());
  const refuse = (status: number): Response => new Response(null, { status, headers });
  protocol.handle(PAGE_SCHEME, async request => {
    const url = new URL(request.url);
    if (url.host !== PAGE_HOST) return refuse(403);
    if (request.method !== 'GET') return refuse(405);
    const file = await files.find(url.pathname);
    if (file === undefined) return refuse(404);
    return new Response(file.body, { headers: { ...headers, 'content-type': file.contentType } });
  });
}

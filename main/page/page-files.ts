import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { StartError } from '../start-error.ts';

interface PageFile {
  readonly contentType: string;
  readonly body: Uint8Array<ArrayBuffer>;
}

export interface PageFiles {
  /** @param pathname of the request's address, `/` for the document; `undefined` where the page has no such file */
  find(pathname: string): Promise<PageFile | undefined>;
}

/** The page is not built. */
class PageMissingError extends StartError {
  override readonly name = 'PageMissingError';
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/**
 * Lists the built page once. What is not in the list does not exist, however its address is written: no path of a request
 * ever reaches the file system.
 *
 * @throws PageMissingError where the folder holds no `index.html`
 */
export async function openPageFiles(folder: string): Promise<PageFiles> {
  const files = new Map<string, string>();
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (!entry.isFile() || CONTENT_TYPES[extname(entry.name)] === undefined) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(`/${relative(folder, path).split(sep).join('/')}`, path);
  }
  const index = files.get('/index.html');
  if (index === undefined) {
    throw new PageMissingError(`The page is not built: ${folder} holds no index.html. Run "npm run build".`);
  }
  files.set('/', index);
  return {
    find: async pathname => {
      const path = files.get(pathname);
      if (path === undefined) return undefined;
      return {
        contentType: CONTENT_TYPES[extname(path)] ?? 'application/octet-stream',
        body: new Uint8Array(await readFile(path)),
      };
    },
  };
}

import { parentPort, workerData } from 'node:worker_threads';
import { toWire, toWorkerMessage } from '../protocol.ts';
import type { FromWorker, WorkerData } from '../protocol.ts';
import type { CatalogNotice } from '../notice.ts';
import { answering, toCallError } from './answering.ts';
import { finishForgetting } from './forget-tenant.ts';
import { takeAwayAsides } from './plan-filling.ts';
import { prepareProfileFolder } from './profile-folder.ts';
import { refillTexts } from './refill-texts.ts';
import { openStore } from './store.ts';
import type { Store } from './store.ts';

/** The catalog's worker thread: the only code that opens SQLite. It answers the calls of `openCatalog`'s client. */

const port = parentPort;
if (port === null) throw new Error('This is the script of the catalog worker; start it with openCatalog.');

const send = (message: FromWorker): void => port.postMessage(toWire(message));
const { profile, now: startedAt } = workerData as WorkerData;
const startedMs = performance.now();
const now = (): number => startedAt + Math.floor((performance.now() - startedMs) / 1000);

const serve = (store: Store): void => {
  let isClosing = false;
  const end = (): void => {
    store.close();
    port.close();
  };
  const calls = answering(store, send, setImmediate, () => {
    if (isClosing) end();
  });
  const tell = (error: unknown): void => send({ type: 'error', id: -1, ...toCallError(error) });
  calls.run('ingest', finishForgetting(store), tell);
  calls.run('ingest', refillTexts(store), tell);
  calls.run('plans', takeAwayAsides(store), tell);

  port.on('message', (raw: unknown) => {
    const message = toWorkerMessage(raw);
    if (message === undefined || isClosing) return;
    if (message.type === 'call') {
      calls.call(message);
      return;
    }
    isClosing = true;
    if (calls.isIdle) end();
  });
};

const opening: CatalogNotice[] = [];
let isOpen = false;
try {
  prepareProfileFolder(profile);
  const store = openStore(profile, now, notice => {
    if (isOpen) send({ type: 'notice', notice });
    else opening.push(notice);
  });
  isOpen = true;
  send({ type: 'opened', notices: opening });
  serve(store);
} catch (error) {
  send({ type: 'notOpened', ...toCallError(error) });
  port.close();
}

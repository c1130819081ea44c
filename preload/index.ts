import { ipcRenderer } from 'electron';
import { PORT_MESSAGE } from '../shared/bridge/hand-over.ts';

// All of it: main posts one port for each page load, once the page has loaded; the page takes it. No procedure is known here.
ipcRenderer.once(PORT_MESSAGE, event => {
  window.postMessage(PORT_MESSAGE, window.location.origin, [...event.ports]);
});

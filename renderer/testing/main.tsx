import { createRoot } from 'react-dom/client';
import { App } from '../app/app.tsx';
import { fakeClient } from './fake-client.ts';
import { toScene } from './scene.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root');
createRoot(root).render(
  <App client={fakeClient(toScene(window.location.search))} closed={new AbortController().signal} />,
);

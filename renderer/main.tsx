import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { StartFailed } from './app/start-failed.tsx';
import { connectBridge } from './bridge/index.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root');
const page = createRoot(root);
connectBridge().then(
  ({ client, closed }) => page.render(<App client={client} closed={closed} />),
  (error: unknown) => page.render(<StartFailed error={error} />),
);

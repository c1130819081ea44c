import { FluentProvider } from '@fluentui/react-components';
import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import { followClicked, noteNotification } from '../notifications/index.ts';
import { ConsoleClientProvider, followEvents, queries, useClient, watchClocks } from '../store/index.ts';
import type { ConsoleClient } from '../store/index.ts';
import { lightTheme, themeFor } from '../ui/theme.ts';
import { BridgeGone } from './bridge-gone.tsx';
import { leaveForgotten } from './leave-forgotten.ts';
import { Shell } from './shell.tsx';

/** Reads go to this machine's catalog: they work offline, are quick, and an error of theirs is no hiccup to be retried. */
function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        networkMode: 'always',
        retry: false,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        staleTime: Infinity,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}

interface AppProps {
  readonly client: ConsoleClient;
  /** Aborted once the connection to main has ended. */
  readonly closed: AbortSignal;
}

/** The whole console over a client of main. */
export function App({ client, closed }: AppProps) {
  const [queryClient] = useState(newQueryClient);
  return (
    <QueryClientProvider client={queryClient}>
      <ConsoleClientProvider client={client}>
        <Themed>
          <Connected closed={closed} queryClient={queryClient} />
        </Themed>
      </ConsoleClientProvider>
    </QueryClientProvider>
  );
}

const darkSetting = window.matchMedia('(prefers-color-scheme: dark)');

function useSystemDark(): boolean {
  return useSyncExternalStore(
    listener => {
      darkSetting.addEventListener('change', listener);
      return () => darkSetting.removeEventListener('change', listener);
    },
    () => darkSetting.matches,
  );
}

function Themed({ children }: { children: ReactNode }) {
  const setting = useQuery(queries.settings(useClient())).data?.theme ?? 'system';
  const theme = themeFor(setting, useSystemDark());
  // Scrollbars and the browser's own controls follow the window's theme, not the system's; menus and dialogs hang beside the provider.
  useEffect(() => {
    document.documentElement.style.colorScheme = theme === lightTheme ? 'light' : 'dark';
  }, [theme]);
  // A class would be copied to every menu and dialog, and lay them over the window.
  return (
    <FluentProvider theme={theme} style={{ height: '100%' }}>
      {children}
    </FluentProvider>
  );
}

function Connected({ closed, queryClient }: { closed: AbortSignal; queryClient: QueryClient }) {
  const client = useClient();
  const [isGone, setGone] = useState(closed.aborted);
  useEffect(() => {
    const leaving = new AbortController();
    const onGone = () => setGone(true);
    closed.addEventListener('abort', onGone);
    watchClocks(queryClient, leaving.signal);
    // The stream of events ends with the connection alone; without it the window would show old data as if it were new.
    followEvents(client, queryClient, leaving.signal, leaveForgotten, event => {
      // Without a connection nothing can be followed; that it is gone is said by the stream's end.
      noteNotification(client, event).catch(() => undefined);
    }).then(() => {
      if (!leaving.signal.aborted) onGone();
    }, onGone);
    // The click may have opened this window. Without a connection nothing can be followed; that it is gone is said by the stream's end.
    followClicked(client).catch(() => undefined);
    return () => {
      leaving.abort();
      closed.removeEventListener('abort', onGone);
    };
  }, [client, closed, queryClient]);
  return (
    <>
      {isGone && <BridgeGone />}
      <Shell />
    </>
  );
}

import { FluentProvider } from '@fluentui/react-components';
import { toAppError } from '../store/index.ts';
import { messageFor } from '../ui/messages.ts';
import { formatUtc } from '../ui/time/format.ts';
import { lightTheme } from '../ui/theme.ts';

/** Shown where the page could not connect to Backstop at all: there is no client yet, so no tenant names and no settings. */
export function StartFailed({ error }: { error: unknown }) {
  const message = messageFor(toAppError(error), {
    tenantName: () => 'the tenant',
    moment: formatUtc,
    datedMoment: formatUtc,
  });
  return (
    <FluentProvider theme={lightTheme}>
      <main role="alert" style={{ padding: 32, maxWidth: '60ch' }}>
        <h1 style={{ fontSize: 20 }}>{message.what}</h1>
        <p>{message.why}</p>
        <p>{message.next}</p>
      </main>
    </FluentProvider>
  );
}

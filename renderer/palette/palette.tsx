import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogSurface,
  Input,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { Search16Regular } from '@fluentui/react-icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { navigate, queries, useClient, useIsOffline } from '../store/index.ts';
import { formatQuantity } from '../ui/number.ts';
import { ErrorBar } from '../ui/states/error-bar.tsx';
import { FoundList } from './found-list.tsx';
import { entryFrom, foundRows, routeOf } from './found.ts';
import type { NamedView } from './found.ts';
import { closePalette, usePalette } from './palette-store.ts';

const useStyles = makeStyles({
  // Near the top, so that the list grows downwards and the field stays where it is.
  surface: { width: '680px', maxWidth: 'calc(100vw - 32px)', marginTop: '64px', marginBottom: 'auto', padding: '12px' },
  body: { display: 'block' },
  content: { display: 'flex', flexDirection: 'column', gap: '8px', overflow: 'hidden' },
  foot: {
    display: 'flex',
    gap: '16px',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground3,
  },
  status: { flexGrow: 1, margin: 0, minWidth: 0 },
  keys: { whiteSpace: 'nowrap' },
  empty: { margin: 0, padding: '12px 8px 16px', color: tokens.colorNeutralForeground2, maxWidth: '70ch' },
});

/** Units that one answer lists; more letters make it shorter. */
const LIMIT = 100;

/** The search over all tenants, over whatever view. `views`: what can be gone to by name. */
export function Palette({ views }: { views: readonly NamedView[] }) {
  return usePalette(state => state.isOpen) ? <OpenPalette views={views} /> : null;
}

function OpenPalette({ views }: { views: readonly NamedView[] }) {
  const styles = useStyles();
  const client = useClient();
  const listId = useId();
  const isOffline = useIsOffline();
  const tenants = useQuery(queries.tenants(client)).data ?? [];
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const typed = text.trim();
  const answer = useQuery({
    queryKey: ['search', typed],
    queryFn: ({ signal }) => client.search.units({ text: typed, limit: LIMIT }, { signal }),
    enabled: typed !== '',
    staleTime: 0,
    gcTime: 10_000,
    placeholderData: keepPreviousData,
  });
  const found = typed === '' ? undefined : answer.data;
  const rows = foundRows({ text, tenants, views, hits: found?.hits ?? [] });
  const at = rows.findIndex(row => row.is !== 'heading' && row.id === chosen);
  const active = at >= 0 ? at : entryFrom(rows, -1, 1);
  const go = (index: number) => {
    const row = rows[index];
    if (row === undefined || row.is === 'heading') return;
    closePalette();
    navigate(routeOf(row));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') {
      event.preventDefault();
      go(active);
      return;
    }
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : undefined;
    const page = event.key === 'PageDown' ? 1 : event.key === 'PageUp' ? -1 : undefined;
    if (step === undefined && page === undefined) return;
    event.preventDefault();
    let next = active;
    if (step !== undefined) next = entryFrom(rows, active, step);
    else if (page !== undefined) for (let rest = PAGE; rest > 0; rest -= 1) next = entryFrom(rows, next, page);
    setChosen(rows[next]?.id);
  };
  const isWaiting = typed !== '' && answer.isPlaceholderData;
  const unread = tenants.filter(({ syncedAt }) => syncedAt === undefined).length;
  return (
    <Dialog open onOpenChange={(_, data) => (data.open ? undefined : closePalette())}>
      <DialogSurface className={styles.surface} aria-label="Search all tenants">
        <DialogBody className={styles.body}>
          <DialogContent className={styles.content}>
            <Input
              role="combobox"
              aria-label="Search all tenants"
              aria-expanded={rows.length > 0}
              aria-controls={listId}
              aria-autocomplete="list"
              {...(rows.length === 0 ? {} : { 'aria-activedescendant': `${listId}-${active}` })}
              size="large"
              contentBefore={<Search16Regular aria-hidden />}
              placeholder="A user, a site’s URL, a mailbox’s address, a tenant, a view"
              value={text}
              maxLength={200}
              spellCheck={false}
              autoComplete="off"
              onChange={(_, data) => {
                setText(data.value);
                setChosen(undefined);
              }}
              onKeyDown={onKeyDown}
            />
            {answer.error !== null && typed !== '' && <ErrorBar error={answer.error} />}
            <FoundList id={listId} rows={rows} active={active} onChoose={setChosen} onGo={go} />
            {rows.length === 0 && !isWaiting && answer.error === null && (answer.isSuccess || typed === '') && (
              <p className={styles.empty}>
                Nothing in the catalog answers to “{typed}”.
                {unread > 0 &&
                  ` ${formatQuantity(unread, 'tenant')} ${unread === 1 ? 'has' : 'have'} not been synced: what is there is not known here.`}
              </p>
            )}
            <div className={styles.foot}>
              <p className={styles.status} role="status">
                {found === undefined
                  ? `${formatQuantity(tenants.length, 'tenant')}, from the catalog.`
                  : `${found.more ? `The best ${LIMIT}` : formatQuantity(found.hits.length, 'unit')}${found.more ? ' units; type more to find others' : ''}, from the catalog.`}
                {isOffline && ' Offline: as of each tenant’s last sync.'}
              </p>
              <span className={styles.keys}>↑ ↓ move, Enter opens, Esc closes</span>
            </div>
          </DialogContent>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

/** Entries that Page Up and Page Down go over. */
const PAGE = 8;

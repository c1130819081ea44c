import { Button, Input, makeStyles, tokens } from '@fluentui/react-components';
import { Add16Regular, Dismiss16Regular, Search16Regular } from '@fluentui/react-icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { DirectoryEntry, OwnerToAdd } from '../../shared/contract/policies.ts';
import type { UnitKind } from '../../shared/domain/protection-unit.ts';
import { toAppError, useClient } from '../store/index.ts';
import { SignInAgain } from '../tenants/index.ts';
import { formatQuantity } from '../ui/number.ts';
import { ErrorBar } from '../ui/states/error-bar.tsx';
import { SkeletonLines } from '../ui/states/skeleton.tsx';
import { unitState } from '../ui/unit-words.ts';

const useStyles = makeStyles({
  search: { display: 'flex', flexDirection: 'column', gap: '8px', minHeight: 0 },
  list: {
    margin: 0,
    padding: 0,
    listStyleType: 'none',
    maxHeight: '184px',
    overflowY: 'auto',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  row: {
    display: 'flex',
    alignItems: 'center',
    gap: '8px',
    padding: '4px 4px 4px 12px',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    ':last-child': { borderBottom: 'none' },
  },
  text: { flexGrow: 1, minWidth: 0, display: 'flex', flexDirection: 'column' },
  name: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  second: {
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    fontSize: tokens.fontSizeBase200,
    lineHeight: '16px',
    color: tokens.colorNeutralForeground3,
  },
  title: { margin: 0, fontSize: tokens.fontSizeBase200, lineHeight: '16px', fontWeight: tokens.fontWeightSemibold },
  quiet: { margin: 0, color: tokens.colorNeutralForeground3 },
  button: { flexShrink: 0 },
});

/** A burst of typing asks once, when it pauses. */
const PAUSE_MILLIS = 300;

const placeholders = {
  user: 'Name or address begins with',
  site: 'Name or address holds',
  group: 'Name of the group begins with',
} as const;

interface DirectorySearchProps {
  readonly tenantId: string;
  readonly type: DirectoryEntry['type'];
  /** The kind of unit that is looked for: what protects it already is said. */
  readonly kind?: UnitKind;
  readonly picked: readonly OwnerToAdd[];
  readonly limit: number;
  readonly onChange: (picked: readonly OwnerToAdd[]) => void;
}

/** Looks for users, groups or sites in the tenant’s directory, and keeps those that are picked. */
export function DirectorySearch({ tenantId, type, kind, picked, limit, onChange }: DirectorySearchProps) {
  const styles = useStyles();
  const client = useClient();
  const [typed, setTyped] = useState('');
  const [text, setText] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setText(typed.trim()), PAUSE_MILLIS);
    return () => clearTimeout(timer);
  }, [typed]);
  const found = useQuery({
    queryKey: ['directory', tenantId, type, text],
    queryFn: ({ signal }) => client.policies.searchDirectory({ tenantId, type, text }, { signal }),
    enabled: text !== '',
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
  // What was found for the text before stays while the next is looked for; that nothing was found says nothing of the next.
  const isSearching =
    text !== '' &&
    found.error === null &&
    (found.data === undefined || (found.isPlaceholderData && found.data.entries.length === 0));
  const isPicked = (id: string) => picked.some(({ key }) => key === id);
  const pick = (entry: DirectoryEntry) =>
    onChange([
      ...picked,
      { key: entry.id, name: entry.name, ...(entry.address === undefined ? {} : { address: entry.address }) },
    ]);
  return (
    <div className={styles.search}>
      <Input
        value={typed}
        onChange={(_, data) => setTyped(data.value)}
        maxLength={200}
        contentBefore={<Search16Regular aria-hidden />}
        placeholder={placeholders[type]}
        aria-label="Search the directory"
      />
      {text !== '' && found.error !== null && (
        <ErrorBar
          error={found.error}
          actions={
            <>
              {toAppError(found.error).code === 'CONSENT_MISSING' && (
                <SignInAgain tenantId={tenantId} scopes="directory" />
              )}
              <Button size="small" onClick={() => void found.refetch()}>
                Try again
              </Button>
            </>
          }
        />
      )}
      {isSearching && <SkeletonLines lines={3} label="Searching the directory" />}
      {text !== '' && !isSearching && found.data !== undefined && found.error === null && (
        <>
          {found.data.entries.length === 0 ? (
            <p className={styles.quiet} role="status">
              Nothing in the directory fits “{text}”.
            </p>
          ) : (
            <ul className={styles.list} aria-label="Found in the directory">
              {found.data.entries.map(entry => (
                <li key={entry.id} className={styles.row}>
                  <span className={styles.text}>
                    <span className={styles.name} title={entry.name}>
                      {entry.name}
                    </span>
                    <span className={styles.second}>{aboutEntry(entry, kind)}</span>
                  </span>
                  <Button
                    size="small"
                    className={styles.button}
                    icon={<Add16Regular />}
                    aria-label={`Take ${entry.name}`}
                    disabledFocusable={isPicked(entry.id) || picked.length >= limit}
                    onClick={() => {
                      if (!isPicked(entry.id) && picked.length < limit) pick(entry);
                    }}
                  >
                    {isPicked(entry.id) ? 'Taken' : 'Take'}
                  </Button>
                </li>
              ))}
            </ul>
          )}
          {found.data.more && <p className={styles.quiet}>There are more: type more of the name.</p>}
        </>
      )}
      {picked.length > 0 && (
        <>
          <h3 className={styles.title} aria-live="polite">
            {formatQuantity(picked.length, 'taken', 'taken')}
            {picked.length >= limit && `: no more than ${limit} at a time`}
          </h3>
          <ul className={styles.list} aria-label="Taken">
            {picked.map(owner => (
              <li key={owner.key} className={styles.row}>
                <span className={styles.text}>
                  <span className={styles.name} title={owner.name}>
                    {owner.name}
                  </span>
                  {owner.address !== undefined && <span className={styles.second}>{owner.address}</span>}
                </span>
                <Button
                  size="small"
                  appearance="subtle"
                  className={styles.button}
                  icon={<Dismiss16Regular />}
                  aria-label={`Leave ${owner.name} out`}
                  onClick={() => onChange(picked.filter(({ key }) => key !== owner.key))}
                />
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

/** `ada@contoso.example; Protected in Default; blocked account`: what the directory and the catalog say of an entry. */
function aboutEntry(entry: DirectoryEntry, kind: UnitKind | undefined): string {
  const unit = entry.units.find(each => each.kind === kind);
  return [
    entry.address,
    unit === undefined
      ? undefined
      : `${unitState(unit).word}${unit.policyName === undefined ? '' : ` in ${unit.policyName}`}`,
    entry.enabled === false ? 'blocked account' : undefined,
  ]
    .filter(part => part !== undefined)
    .join('; ');
}

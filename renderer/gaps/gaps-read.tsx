import { Button, Link, makeStyles, tokens } from '@fluentui/react-components';
import { skipToken, useQuery } from '@tanstack/react-query';
import type { ConsoleEvent } from '../../shared/contract/console.ts';
import { AppFailure } from '../../shared/contract/errors.ts';
import type { AppError } from '../../shared/contract/errors.ts';
import { gapParts } from '../../shared/contract/gaps.ts';
import type { GapPart, GapsSummary } from '../../shared/contract/gaps.ts';
import { DIRECTORY_RULE, SITES_NOTE } from '../../shared/domain/gaps.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { keys, navigate, useIsOffline } from '../store/index.ts';
import { SignInAgain } from '../tenants/index.ts';
import { formatCount, formatQuantity } from '../ui/number.ts';
import { NoticeBar } from '../ui/notice-bar.tsx';
import { ErrorBar } from '../ui/states/error-bar.tsx';
import { formatAgo } from '../ui/time/format.ts';

const useStyles = makeStyles({
  line: {
    display: 'flex',
    alignItems: 'baseline',
    gap: '2px 16px',
    flexWrap: 'wrap',
    flexShrink: 0,
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
  },
});

type Progress = Extract<ConsoleEvent, { type: 'gapsReading' }>;

/** How far a reading is, as its events told it last. */
export function useGapsProgress(tenantId: string): Progress | undefined {
  const { data } = useQuery<Progress>({ queryKey: keys.gapsReading(tenantId), queryFn: skipToken });
  return data === undefined || data.ended ? undefined : data;
}

/** `1,204 users, 318 sites, 4 policies read` */
export function progressInWords({ users, sites, policies }: Pick<Progress, 'users' | 'sites' | 'policies'>): string {
  const parts = [
    formatQuantity(users, 'user'),
    formatQuantity(sites, 'site'),
    formatQuantity(policies, 'policy', 'policies'),
  ];
  return `${parts.join(', ')} read`;
}

const partWords: { readonly [P in GapPart]: { readonly name: string; readonly one: string; readonly many: string } } = {
  users: { name: 'Users', one: 'user', many: 'users' },
  sites: { name: 'Sites', one: 'site', many: 'sites' },
  additions: { name: 'Rules and bulk jobs', one: 'policy', many: 'policies' },
};

interface GapsReadProps {
  readonly summary: GapsSummary;
  readonly now: UtcSeconds;
  readonly showsRule: boolean;
  readonly onShowRule: (shows: boolean) => void;
}

/** What the gaps are told from, and how old each part of that is. */
export function GapsAge({ summary, now, showsRule, onShowRule }: GapsReadProps) {
  const styles = useStyles();
  const { notAsked, parts, unitsReadAt, tenantId } = summary;
  const ageOf = (part: GapPart): string => {
    const { readAt, count } = parts[part];
    const { name, one, many } = partWords[part];
    return readAt === undefined
      ? `${name}: never read`
      : `${name}: ${formatCount(count)} ${part === 'additions' ? `${count === 1 ? one : many} looked into, ` : ''}read ${formatAgo(readAt, now)}`;
  };
  return (
    <div className={styles.line}>
      {gapParts.map(part => (
        <span key={part}>{ageOf(part)}</span>
      ))}
      <span>Units: {unitsReadAt === undefined ? 'never read' : `read ${formatAgo(unitsReadAt, now)}`}</span>
      {notAsked > 0 && (
        <Link as="button" onClick={() => navigate({ at: 'protection', tenantId })}>
          {formatQuantity(notAsked, 'unit')} never asked: not known whether late
        </Link>
      )}
      <Link as="button" aria-expanded={showsRule} onClick={() => onShowRule(!showsRule)}>
        What counts as a gap
      </Link>
    </div>
  );
}

/** The rule of the list in words. */
export function GapsRule({ onDismiss }: { onDismiss: () => void }) {
  return (
    <NoticeBar intent="info" title="What counts as a gap." onDismiss={onDismiss} dismissLabel="Hide what counts">
      {DIRECTORY_RULE} {SITES_NOTE} Late is a unit whose newest point was over an hour old when the service was asked
      for it; without a point, one that was added over an hour ago and has none. Bulk jobs count for 30 days.
    </NoticeBar>
  );
}

/** Consent that several parts lack is asked for at once. */
function errorsOf({ parts }: GapsSummary): AppError[] {
  const errors = gapParts.flatMap(part => parts[part].error ?? []);
  const consents = errors.flatMap(error => (error.code === 'CONSENT_MISSING' ? [error] : []));
  const [first] = consents;
  const others = new Map(errors.filter(({ code }) => code !== 'CONSENT_MISSING').map(error => [error.code, error]));
  return [
    ...(first === undefined ? [] : [{ ...first, scopes: [...new Set(consents.flatMap(({ scopes }) => scopes))] }]),
    ...others.values(),
  ];
}

/** Why parts could not be read, each with its way out. What was known of them stays in the list. */
export function GapsErrors({ summary, onRead }: { summary: GapsSummary; onRead: () => void }) {
  const isOffline = useIsOffline();
  // Offline the banner says so, and nothing can be tried again here.
  const errors = errorsOf(summary).filter(({ code }) => !isOffline || code !== 'OFFLINE');
  return errors.map(error => (
    <ErrorBar
      key={error.code}
      error={new AppFailure(error)}
      actions={
        <>
          {(error.code === 'CONSENT_MISSING' || error.code === 'INTERACTION_REQUIRED') && (
            <SignInAgain
              tenantId={summary.tenantId}
              {...(error.code === 'CONSENT_MISSING' ? { scopes: 'directory' as const } : {})}
            />
          )}
          <Button size="small" onClick={onRead}>
            Try again
          </Button>
        </>
      }
    />
  ));
}

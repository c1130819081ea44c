import { makeStyles, tokens } from '@fluentui/react-components';
import { ErrorCircle16Regular } from '@fluentui/react-icons';
import type { RestoreSession } from '../../shared/contract/sessions.ts';
import type { Tenant, TenantAtHome } from '../../shared/contract/tenants.ts';
import { navigate } from '../store/index.ts';
import { formatPart, formatQuantity } from '../ui/number.ts';
import { StackedBar } from '../ui/stacked-bar.tsx';
import { TenantSquare } from '../ui/tenant-square.tsx';
import { kindWords } from '../ui/unit-words.ts';

const useStyles = makeStyles({
  strip: {
    display: 'grid',
    gridTemplateColumns: '92px repeat(3, minmax(0, 1fr))',
    gap: '8px',
    flexShrink: 0,
  },
  side: {
    display: 'flex',
    flexDirection: 'column',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground2,
  },
  title: {
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorNeutralForeground1,
    margin: 0,
  },
  card: {
    display: 'flex',
    flexDirection: 'column',
    gap: '6px',
    padding: '8px 12px',
    textAlign: 'start',
    font: 'inherit',
    color: 'inherit',
    cursor: 'pointer',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    minWidth: 0,
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  row: { display: 'flex', alignItems: 'center', gap: '8px', minWidth: 0 },
  name: {
    fontWeight: tokens.fontWeightSemibold,
    minWidth: 0,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  kind: { whiteSpace: 'nowrap', flexShrink: 0 },
  small: {
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground2,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  rest: { flexGrow: 1 },
  done: { whiteSpace: 'nowrap' },
  failed: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: '4px',
    color: tokens.colorStatusDangerForeground1,
    whiteSpace: 'nowrap',
  },
});

/** More cards than these would push the tenants away. */
const SHOWN = 3;

/** What is moving right now, over all tenants. Nothing where nothing runs. */
export function RunningRestores({ tenants }: { tenants: readonly TenantAtHome[] }) {
  const styles = useStyles();
  const running = tenants.flatMap(({ tenant, running: sessions }) => sessions.map(session => ({ tenant, session })));
  if (running.length === 0) return null;
  return (
    <section className={styles.strip} aria-label="Running restores">
      <div className={styles.side}>
        <h2 className={styles.title}>Running</h2>
        <span>{formatQuantity(running.length, 'session')} in</span>
        <span>{formatQuantity(new Set(running.map(({ tenant }) => tenant.id)).size, 'tenant')}</span>
      </div>
      {running.slice(0, SHOWN).map(({ tenant, session }) => (
        <Card key={session.id} tenant={tenant} session={session} />
      ))}
    </section>
  );
}

function Card({ tenant, session }: { tenant: Tenant; session: RestoreSession }) {
  const styles = useStyles();
  const { counts } = session;
  const done = formatPart(counts.succeeded + counts.failed, counts.total);
  const kind =
    session.kind === undefined
      ? ''
      : session.kind === 'drive'
        ? 'OneDrive'
        : kindWords[session.kind].many.toLowerCase();
  return (
    <button
      type="button"
      className={styles.card}
      onClick={() => navigate({ at: 'restores', tenantId: tenant.id, sessionId: session.id })}
    >
      <span className={styles.row}>
        <TenantSquare tenant={tenant} />
        <span className={styles.name} title={tenant.displayName}>
          {tenant.displayName}
        </span>
        {/* The sessions of one tenant differ by their kind alone: the name gives way, the kind never. */}
        {kind !== '' && <span className={styles.kind}>{kind}</span>}
        <span className={styles.rest} />
        <span className={styles.done}>{done} done</span>
      </span>
      <StackedBar
        height={6}
        label={`${done} done, ${counts.failed} failed, ${counts.inProgress} in progress, ${counts.waiting} waiting`}
        parts={[
          { is: 'done', count: counts.succeeded },
          { is: 'failed', count: counts.failed },
          { is: 'running', count: counts.inProgress },
          { is: 'waiting', count: counts.waiting },
        ]}
      />
      <span className={styles.row}>
        <span className={styles.small}>
          {session.planName ?? (session.createdBy === undefined ? 'Not started from here' : `By ${session.createdBy}`)}
        </span>
        <span className={styles.rest} />
        {counts.failed > 0 && (
          <span className={styles.failed}>
            <ErrorCircle16Regular aria-hidden /> {counts.failed} failed
          </span>
        )}
      </span>
    </button>
  );
}

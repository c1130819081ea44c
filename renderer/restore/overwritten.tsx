import { Link, makeStyles, tokens } from '@fluentui/react-components';
import type { PlanReview } from '../../shared/contract/plans.ts';
import { KindIcon } from '../ui/kind-icon.tsx';
import { formatCount, formatPart } from '../ui/number.ts';
import { formatDuration } from '../ui/time/format.ts';
import { kindWords } from '../ui/unit-words.ts';
import { overwriteWords } from './where-words.ts';

const useStyles = makeStyles({
  card: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    flexShrink: 0,
  },
  head: { display: 'flex', alignItems: 'center', gap: '12px', padding: '8px 12px' },
  title: {
    margin: 0,
    flexGrow: 1,
    fontSize: tokens.fontSizeBase300,
    lineHeight: '20px',
    fontWeight: tokens.fontWeightSemibold,
  },
  quiet: { color: tokens.colorNeutralForeground3 },
  table: { width: '100%', borderCollapse: 'collapse' },
  th: {
    padding: '6px 12px',
    textAlign: 'left',
    fontSize: tokens.fontSizeBase200,
    lineHeight: '16px',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    whiteSpace: 'nowrap',
  },
  td: { padding: '10px 12px', borderBottom: `1px solid ${tokens.colorNeutralStroke3}`, verticalAlign: 'top' },
  nowrap: { whiteSpace: 'nowrap' },
  end: { textAlign: 'right' },
  kind: { display: 'inline-flex', alignItems: 'center', gap: '6px' },
});

/** What a restore overwrites, or makes anew, by kind, and how much of each is lost. */
export function Overwritten({ review, onShow }: { review: PlanReview; onShow: () => void }) {
  const styles = useStyles();
  const { plan } = review;
  const destination = plan.destination ?? 'new';
  const leftOut = plan.units - plan.restorable;
  return (
    <section className={styles.card}>
      <div className={styles.head}>
        <h2 className={styles.title}>{destination === 'inPlace' ? 'What will be overwritten' : 'What will be made'}</h2>
        <Link as="button" onClick={onShow}>
          {formatPart(plan.restorable, plan.units)} {plan.units === 1 ? 'unit' : 'units'}
        </Link>
        {leftOut > 0 && <span className={styles.quiet}>{formatCount(leftOut)} left out: no known point</span>}
      </div>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col" className={styles.th}>
              Kind
            </th>
            <th scope="col" className={styles.th}>
              Units
            </th>
            <th scope="col" className={styles.th}>
              What happens
            </th>
            <th scope="col" className={`${styles.th} ${styles.end}`}>
              Loss, median to max
            </th>
          </tr>
        </thead>
        <tbody>
          {review.perKind.map(row => (
            <tr key={row.kind}>
              <td className={`${styles.td} ${styles.nowrap}`}>
                <span className={styles.kind}>
                  <KindIcon kind={row.kind} />
                  {kindWords[row.kind].many}
                </span>
              </td>
              <td className={`${styles.td} ${styles.nowrap}`}>{formatPart(row.restorable, row.units)}</td>
              <td className={styles.td}>
                {row.restorable === 0 ? 'Nothing: no point is known.' : overwriteWords[destination][row.kind]}
              </td>
              <td className={`${styles.td} ${styles.nowrap} ${styles.end}`}>
                {row.loss === undefined
                  ? '–'
                  : row.restorable === 1
                    ? `${row.loss.upTo ? 'up to ' : ''}${formatDuration(row.loss.maxSeconds)}`
                    : `${formatDuration(row.loss.medianSeconds)} to ${row.loss.upTo ? 'at most ' : ''}${formatDuration(row.loss.maxSeconds)}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

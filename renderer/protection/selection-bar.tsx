import { Link, makeStyles, tokens } from '@fluentui/react-components';
import { ArrowUndo16Regular, ClipboardTask16Regular } from '@fluentui/react-icons';
import type { SelectionSummary } from '../../shared/contract/units.ts';
import { useIsOffline } from '../store/index.ts';
import { CommandButton } from '../ui/command-button.tsx';
import { formatCount } from '../ui/number.ts';
import { offlineReasons } from '../ui/offline-reason.ts';
import { ErrorBar } from '../ui/states/error-bar.tsx';
import { countKinds } from '../ui/unit-words.ts';
import { useStartPlan } from './use-start-plan.ts';

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    alignItems: 'center',
    gap: '8px',
    padding: '8px 12px',
    minHeight: '32px',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    flexShrink: 0,
    flexWrap: 'wrap',
  },
  count: { fontWeight: tokens.fontWeightSemibold, whiteSpace: 'nowrap' },
  kinds: { color: tokens.colorNeutralForeground3, whiteSpace: 'nowrap' },
  rest: { flexGrow: 1 },
});

interface SelectionBarProps {
  readonly tenantId: string;
  readonly selectionId: string | undefined;
  readonly summary: SelectionSummary | undefined;
  readonly onlySelected: boolean;
  readonly onOnlySelected: (on: boolean) => void;
  readonly onClear: () => void;
}

/** What is selected, and what can be done with it. Offline a plan can be prepared; nothing is sent. */
export function SelectionBar({
  tenantId,
  selectionId,
  summary,
  onlySelected,
  onOnlySelected,
  onClear,
}: SelectionBarProps) {
  const styles = useStyles();
  const isOffline = useIsOffline();
  const plan = useStartPlan(tenantId);
  const count = summary?.count ?? 0;
  const nothing =
    count === 0 || selectionId === undefined ? 'Select units first: with Space or the box of a row.' : undefined;
  const start = () => {
    if (selectionId !== undefined) plan.start({ selectionId });
  };
  return (
    <>
      {plan.error !== undefined && <ErrorBar error={plan.error} onDismiss={plan.dismiss} />}
      <div className={styles.bar}>
        <span className={styles.count} aria-live="polite">
          {count === 0 ? 'None selected' : `${formatCount(count)} selected`}
        </span>
        {summary !== undefined && count > 0 && (
          <>
            <span className={styles.kinds}>{countKinds(summary)}</span>
            <Link onClick={() => onOnlySelected(!onlySelected)}>{onlySelected ? 'Show all' : 'Show only these'}</Link>
            <Link onClick={onClear}>Clear</Link>
          </>
        )}
        <span className={styles.rest} />
        {isOffline ? (
          <>
            <CommandButton icon={<ArrowUndo16Regular />} disabledReason={offlineReasons.restore}>
              Start a restore…
            </CommandButton>
            <CommandButton
              appearance="primary"
              icon={<ClipboardTask16Regular />}
              disabledReason={nothing}
              onClick={start}
            >
              Prepare a plan…
            </CommandButton>
          </>
        ) : (
          <CommandButton
            appearance="primary"
            icon={<ArrowUndo16Regular />}
            disabledReason={nothing ?? (plan.isStarting ? 'The plan is being made.' : undefined)}
            onClick={start}
          >
            Restore to a point in time…
          </CommandButton>
        )}
      </div>
    </>
  );
}

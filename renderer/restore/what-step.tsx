import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { Delete16Regular } from '@fluentui/react-icons';
import { useMemo, useState } from 'react';
import type { Plan, PlanUnit } from '../../shared/contract/plans.ts';
import { keys, useClient } from '../store/index.ts';
import { formatQuantity } from '../ui/number.ts';
import { EmptyState } from '../ui/states/empty-state.tsx';
import { ErrorState } from '../ui/states/error-state.tsx';
import { SkeletonRows } from '../ui/states/skeleton.tsx';
import { useRowPages } from '../ui/table/use-row-pages.ts';
import { VirtualTable } from '../ui/table/virtual-table.tsx';
import type { TableColumn } from '../ui/table/virtual-table.tsx';
import { kindsInWords } from './plan-words.ts';
import { namedUnitColumns } from './unit-columns.tsx';
import type { PlanChange } from './use-plan-change.ts';

const useStyles = makeStyles({
  head: { display: 'flex', alignItems: 'center', gap: '12px', flexShrink: 0 },
  title: { margin: 0, fontSize: tokens.fontSizeBase300, lineHeight: '20px', fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground3 },
  rest: { flexGrow: 1 },
});

interface WhatStepProps {
  readonly plan: Plan;
  readonly saving: PlanChange;
  readonly onChangeUnits: () => void;
}

/** The first step: which units the plan is about. */
export function WhatStep({ plan, saving, onChangeUnits }: WhatStepProps) {
  const styles = useStyles();
  const client = useClient();
  const [activeIndex, setActiveIndex] = useState<number | undefined>(undefined);
  const pages = useRowPages<PlanUnit>({
    queryKey: [...keys.plan(plan.id), 'units', 'all'],
    fetchPage: (window, signal) => client.plans.listUnits({ planId: plan.id, window }, { signal }),
  });
  const { change } = saving;
  const columns = useMemo(
    (): readonly TableColumn<PlanUnit>[] => [
      ...namedUnitColumns<PlanUnit>('Unit'),
      {
        id: 'remove',
        header: 'Remove',
        width: '56px',
        align: 'end',
        cell: row => (
          <Button
            appearance="subtle"
            size="small"
            icon={<Delete16Regular />}
            aria-label={`Take ${row.name} out of the plan`}
            title="Take it out of the plan"
            onClick={event => {
              event.stopPropagation();
              change(caller => caller.plans.removeUnits({ planId: plan.id, unitIds: [row.unitId] }));
            }}
          />
        ),
      },
    ],
    [change, plan.id],
  );
  return (
    <>
      <div className={styles.head}>
        <h2 className={styles.title}>{formatQuantity(plan.units, 'unit')} in the plan</h2>
        <span className={styles.quiet} aria-live="polite">
          {kindsInWords(plan)}
        </span>
        <span className={styles.rest} />
        <Button onClick={onChangeUnits}>Change units…</Button>
      </div>
      {pages.error !== undefined && pages.total === undefined ? (
        <ErrorState error={pages.error} onRetry={pages.refetch} />
      ) : pages.total === undefined ? (
        <SkeletonRows widths={columns.map(column => column.width)} label="Loading the units of the plan" />
      ) : (
        <VirtualTable
          label="Units of the plan"
          columns={columns}
          rowCount={pages.total}
          rowAt={pages.rowAt}
          rowId={row => row.unitId}
          onRange={pages.showRange}
          activeIndex={activeIndex}
          onActivate={setActiveIndex}
          empty={
            <EmptyState
              meaning="The plan has no unit left."
              action={<Button onClick={onChangeUnits}>Choose units…</Button>}
            />
          }
        />
      )}
    </>
  );
}

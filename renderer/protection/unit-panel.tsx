import { makeStyles } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { queries, useClient } from '../store/index.ts';
import { KindIcon } from '../ui/kind-icon.tsx';
import { SidePanel } from '../ui/side-panel.tsx';
import { ErrorState } from '../ui/states/error-state.tsx';
import { SkeletonLines } from '../ui/states/skeleton.tsx';
import { UnitActions } from './unit-actions.tsx';
import { UnitFacts } from './unit-facts.tsx';

const useStyles = makeStyles({ icon: { marginTop: '2px', flexShrink: 0 } });

interface UnitPanelProps {
  readonly tenantId: string;
  readonly unitId: string;
  readonly zone: string;
  readonly now: UtcSeconds;
  /** How often what decays with time is read again. */
  readonly rereadMillis: number;
  readonly onClose: () => void;
}

/** One unit in detail: what is known of it, its last fourteen days, and what can be done. */
export function UnitPanel({ tenantId, unitId, zone, now, rereadMillis, onClose }: UnitPanelProps) {
  const styles = useStyles();
  const unit = useQuery({ ...queries.unit(useClient(), tenantId, unitId), refetchInterval: rereadMillis });
  const name = unit.data?.name ?? 'Unit';
  return (
    <SidePanel
      title={name}
      label={`Details of ${name}`}
      icon={unit.data === undefined ? null : <KindIcon kind={unit.data.kind} className={styles.icon} />}
      onClose={onClose}
      footer={
        unit.data === undefined ? null : (
          <UnitActions unit={unit.data} tenantId={tenantId} rereadMillis={rereadMillis} />
        )
      }
    >
      {unit.error !== null ? (
        <ErrorState error={unit.error} onRetry={() => void unit.refetch()} />
      ) : unit.data === undefined ? (
        <SkeletonLines lines={8} label="Loading the unit" />
      ) : (
        <UnitFacts unit={unit.data} tenantId={tenantId} zone={zone} now={now} />
      )}
    </SidePanel>
  );
}

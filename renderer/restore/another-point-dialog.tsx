import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  makeStyles,
  Radio,
  RadioGroup,
  tokens,
} from '@fluentui/react-components';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Plan, PlanUnit } from '../../shared/contract/plans.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { keys, navigate, queries, useClient } from '../store/index.ts';
import { CommandButton } from '../ui/command-button.tsx';
import { FastBolt } from '../ui/certainty/certainty-mark.tsx';
import { ErrorState } from '../ui/states/error-state.tsx';
import { SkeletonLines } from '../ui/states/skeleton.tsx';
import { TenantTitle } from '../ui/tenant-title.tsx';
import { formatDay, formatDuration, formatMoment } from '../ui/time/format.ts';
import type { PlanChange } from './use-plan-change.ts';

const useStyles = makeStyles({
  surface: { maxWidth: '600px' },
  list: {
    maxHeight: '320px',
    overflowY: 'auto',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    padding: '0 8px',
    marginTop: '8px',
  },
  label: {
    display: 'grid',
    gridTemplateColumns: '170px 16px 1fr',
    gap: '8px',
    alignItems: 'center',
    fontVariantNumeric: 'tabular-nums',
  },
  quiet: { color: tokens.colorNeutralForeground3 },
  words: { margin: 0, color: tokens.colorNeutralForeground2 },
});

const PAGE = 50;
const RULE = 'rule';

interface AnotherPointProps {
  readonly plan: Plan;
  readonly unit: PlanUnit;
  readonly incidentAt: UtcSeconds;
  readonly zone: string;
  readonly now: UtcSeconds;
  readonly saving: PlanChange;
  readonly onClose: () => void;
}

/** Another known point for one unit, or back to the rule. Points that nobody asked about are not in the list, and it says so. */
export function AnotherPointDialog({ plan, unit, incidentAt, zone, now, saving, onClose }: AnotherPointProps) {
  const styles = useStyles();
  const client = useClient();
  const [choice, setChoice] = useState(unit.chosenBy === 'rule' ? RULE : (unit.chosen?.id ?? RULE));
  const tenant = useQuery(queries.tenants(client)).data?.find(({ id }) => id === plan.tenantId);
  const points = useInfiniteQuery({
    queryKey: [...keys.plan(plan.id), 'alternatives', unit.unitId],
    queryFn: ({ pageParam, signal }) =>
      client.plans.alternatives(
        { planId: plan.id, unitId: unit.unitId, window: { offset: pageParam, limit: PAGE } },
        { signal },
      ),
    initialPageParam: 0,
    getNextPageParam: (last, all) => (last.length < PAGE ? undefined : all.length * PAGE),
  });
  const choose = () => {
    saving.change(caller =>
      caller.plans.choosePoint({
        planId: plan.id,
        unitId: unit.unitId,
        choice: choice === RULE ? { type: 'rule' } : { type: 'point', restorePointId: choice },
      }),
    );
    onClose();
  };
  const known = points.data?.pages.flat() ?? [];
  return (
    <Dialog open onOpenChange={(_, data) => (data.open ? undefined : onClose())}>
      <DialogSurface className={styles.surface}>
        <DialogBody>
          <TenantTitle tenant={tenant}>Another point for {unit.name}</TenantTitle>
          <DialogContent>
            <p className={styles.words}>
              Known points before {formatMoment(incidentAt, zone, now)}, newest first. What nobody has asked about is
              not in this list.
            </p>
            {points.error !== null && points.data === undefined ? (
              <ErrorState error={points.error} onRetry={() => void points.refetch()} />
            ) : points.data === undefined ? (
              <SkeletonLines lines={6} label="Loading the known points" />
            ) : (
              <RadioGroup
                className={styles.list}
                value={choice}
                onChange={(_, data) => setChoice(data.value)}
                aria-label="Point to restore to"
              >
                <Radio
                  value={RULE}
                  label={`By the rule: ${plan.preference === 'fast' ? 'the fast point, else the newest' : 'the newest'} before the incident`}
                />
                {known.map(point => (
                  <Radio
                    key={point.id}
                    value={point.id}
                    label={
                      <span className={styles.label}>
                        {formatMoment(point.at, zone, now)}
                        <span>{point.fast && <FastBolt label="fast" />}</span>
                        <span className={styles.quiet}>
                          {formatDuration(incidentAt - point.at)} lost; expires {formatDay(point.expiresAt, zone, now)}
                        </span>
                      </span>
                    }
                  />
                ))}
                {points.hasNextPage && (
                  <Button
                    appearance="subtle"
                    size="small"
                    disabledFocusable={points.isFetchingNextPage}
                    onClick={() => void points.fetchNextPage()}
                  >
                    Show older points
                  </Button>
                )}
                {known.length === 0 && <p className={styles.words}>No other point of this unit is known.</p>}
              </RadioGroup>
            )}
          </DialogContent>
          <DialogActions fluid>
            <Button
              appearance="subtle"
              onClick={() => navigate({ at: 'restore-points', tenantId: plan.tenantId, unitId: unit.unitId })}
            >
              Open its restore points
            </Button>
            <Button onClick={onClose}>Cancel</Button>
            <CommandButton
              appearance="primary"
              disabledReason={points.data === undefined ? 'The points are being read.' : undefined}
              onClick={choose}
            >
              Choose
            </CommandButton>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

import { Button, makeStyles, tokens } from '@fluentui/react-components';
import {
  Building16Regular,
  Clock16Regular,
  LockClosed16Regular,
  PersonKey16Regular,
  QuestionCircle16Regular,
  ShieldCheckmark16Filled,
} from '@fluentui/react-icons';
import type { Controller, Tenant } from '../../shared/contract/tenants.ts';
import { disableReasonInWords, isRestoreLocked } from '../../shared/domain/service-lock.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { navigate, useNavigation } from '../store/index.ts';
import { NoticeBar } from '../ui/notice-bar.tsx';
import { formatShortDate } from '../ui/time/format.ts';
import { controllerWords } from './controller-words.ts';

const useStyles = makeStyles({
  mark: { display: 'inline-flex', alignItems: 'center', gap: '6px', minWidth: 0, whiteSpace: 'nowrap' },
  ours: { color: tokens.colorBrandForeground1 },
  text: { overflow: 'hidden', textOverflow: 'ellipsis' },
});

interface ControllerProps {
  readonly tenant: Tenant;
  readonly zone: string;
  readonly now: UtcSeconds;
}

const icons: { readonly [B in Controller['by']]: typeof Clock16Regular } = {
  ours: ShieldCheckmark16Filled,
  pending: Clock16Regular,
  leaving: Clock16Regular,
  anotherApp: PersonKey16Regular,
  microsoft: Building16Regular,
  nobody: QuestionCircle16Regular,
  unknown: QuestionCircle16Regular,
};

/** Who controls Backup Storage, with what the service has locked: `Backstop, locked`. `withLead` says what it is where no column does. */
export function ControllerMark({ tenant, zone, now, withLead = false }: ControllerProps & { withLead?: boolean }) {
  const styles = useStyles();
  const { short, within = short } = controllerWords(tenant.controller, at => formatShortDate(at, zone, now));
  const Icon = icons[tenant.controller.by];
  const locked = isRestoreLocked(tenant)
    ? ', locked'
    : tenant.service?.status.toLowerCase() === 'protectionchangelocked'
      ? ', part-locked'
      : '';
  return (
    <span className={styles.mark} title={`Controlled by ${short}${locked}`}>
      <Icon aria-hidden fontSize={16} className={tenant.controller.by === 'ours' ? styles.ours : ''} />
      <span className={styles.text}>
        {withLead ? `controlled by ${within}` : short}
        {locked}
      </span>
    </span>
  );
}

/** Above a tenant's views: what keeps work from being as usual, a lock before a controller. Nothing where all is as usual. */
export function ControllerBar({ tenant, zone, now }: ControllerProps) {
  const date = (at: UtcSeconds) => formatShortDate(at, zone, now);
  const { service } = tenant;
  const isThere = useNavigation(({ route }) => route.at === 'service');
  const actions = isThere ? undefined : (
    <Button size="small" onClick={() => navigate({ at: 'service', tenantId: tenant.id })}>
      Open Service
    </Button>
  );
  const why = disableReasonInWords(service?.disableReason);
  if (service !== undefined && isRestoreLocked(tenant))
    return (
      <NoticeBar
        intent="error"
        title={`Restore-locked${why === undefined ? '' : `: ${why}`}.`}
        icon={<LockClosed16Regular />}
        actions={actions}
      >
        The service refuses every restore and every change here
        {service.gracePeriodUntilAt === undefined ? '' : `; the grace period ends ${date(service.gracePeriodUntilAt)}`}.
        Healthy billing lifts the lock within 24 to 48 hours. Plans can be prepared meanwhile.
      </NoticeBar>
    );
  if (service?.status.toLowerCase() === 'protectionchangelocked')
    return (
      <NoticeBar
        intent="warning"
        title={`Protection changes are locked${why === undefined ? '' : `: ${why}`}.`}
        actions={actions}
      >
        Restores still work
        {service.restoreAllowedUntilAt === undefined ? '' : ` until ${date(service.restoreAllowedUntilAt)}`}.
      </NoticeBar>
    );
  const { notice } = controllerWords(tenant.controller, date);
  return notice === undefined ? null : (
    <NoticeBar intent={tenant.controller.by === 'leaving' ? 'warning' : 'info'} title={notice.title} actions={actions}>
      {notice.text}
    </NoticeBar>
  );
}

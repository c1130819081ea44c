import {
  Breadcrumb,
  BreadcrumbButton,
  BreadcrumbDivider,
  BreadcrumbItem,
  Button,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import type { Tenant } from '../../shared/contract/tenants.ts';
import { navigate } from '../store/index.ts';
import { CommandButton } from '../ui/command-button.tsx';
import { EmptyState } from '../ui/states/empty-state.tsx';
import type { AskedChange } from './policies-store.ts';
import { UnitList } from './unit-list.tsx';
import { useWhyNotChange } from './use-why-not-change.ts';

const useStyles = makeStyles({
  view: { display: 'flex', flexDirection: 'column', gap: '8px', minHeight: 0, flexGrow: 1 },
  crumbs: { margin: '-6px 0 -2px -8px', flexShrink: 0 },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeBase500,
    lineHeight: '28px',
    fontWeight: tokens.fontWeightSemibold,
  },
  text: { margin: 0, color: tokens.colorNeutralForeground2, maxWidth: '90ch' },
});

const which = { withoutPolicy: true } as const;
const SELECT_FIRST = 'Select units first: with Space or the box of a row.';

interface UnitsWithoutPolicyProps {
  readonly tenantId: string;
  readonly tenant: Tenant | undefined;
  readonly onAsk: (asked: AskedChange) => void;
}

/** Units that the catalog knows and no policy holds: taken into a policy again, offboarded, or kept from being deleted. */
export function UnitsWithoutPolicy({ tenantId, tenant, onAsk }: UnitsWithoutPolicyProps) {
  const styles = useStyles();
  const whyNot = useWhyNotChange(tenant);
  return (
    <div className={styles.view}>
      <Breadcrumb size="small" className={styles.crumbs} aria-label="Where this is">
        <BreadcrumbItem>
          <BreadcrumbButton onClick={() => navigate({ at: 'policies', tenantId })}>Policies</BreadcrumbButton>
        </BreadcrumbItem>
        <BreadcrumbDivider />
        <BreadcrumbItem>
          <BreadcrumbButton current>Without a policy</BreadcrumbButton>
        </BreadcrumbItem>
      </Breadcrumb>
      <h1 className={styles.title}>Units without a policy</h1>
      <p className={styles.text}>
        They get no further restore points. Those that are there stay until they expire, can be restored, and are paid
        for. Offboarding asks the service to delete them for good, with 90 days to change one’s mind.
      </p>
      <UnitList
        tenantId={tenantId}
        which={which}
        withPanel
        label="Units without a policy; Enter opens the restore points of one"
        empty={
          <EmptyState
            meaning="Every unit that is known here is in a policy."
            action={<Button onClick={() => navigate({ at: 'policies', tenantId })}>See the policies</Button>}
          />
        }
        commands={chosen => {
          const reason = whyNot ?? (chosen === undefined ? SELECT_FIRST : undefined);
          const units = { type: 'selection', selectionId: chosen?.selectionId ?? '' } as const;
          return (
            <>
              <CommandButton
                disabledReason={reason}
                onClick={() => onAsk({ is: 'whole', change: { type: 'cancelOffboard', units } })}
              >
                Keep backups…
              </CommandButton>
              <CommandButton
                disabledReason={reason}
                onClick={() => onAsk({ is: 'whole', change: { type: 'offboard', units } })}
              >
                Delete backups…
              </CommandButton>
              <CommandButton
                appearance="primary"
                disabledReason={reason}
                onClick={() => onAsk({ is: 'addSelected', selectionId: units.selectionId })}
              >
                Add to a policy…
              </CommandButton>
            </>
          );
        }}
      />
    </div>
  );
}

import { Checkbox, Field, Input, makeStyles, Radio, RadioGroup, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { unitKinds } from '../../shared/domain/protection-unit.ts';
import type { UnitKind } from '../../shared/domain/protection-unit.ts';
import { useClient } from '../store/index.ts';
import { formatCount } from '../ui/number.ts';
import { Segments } from '../ui/segments.tsx';
import { ErrorBar } from '../ui/states/error-bar.tsx';
import { SkeletonLines } from '../ui/states/skeleton.tsx';
import { noUnits } from './change-draft.ts';
import type { ChangeDraft } from './change-draft.ts';
import type { AskedChange } from './policies-store.ts';
import { policyQueries } from './policy-queries.ts';
import { policyState, RETENTION_NOTE, unitsOfKind, workloadWord } from './policy-words.ts';
import { RuleEditor } from './rule-editor.tsx';
import { UnitsForm } from './units-form.tsx';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: '12px' },
  quiet: { margin: 0, color: tokens.colorNeutralForeground3 },
  title: { margin: '4px 0 0', fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
});

interface ChangeFormProps {
  readonly tenantId: string;
  readonly asked: Exclude<AskedChange, { is: 'whole' }>;
  readonly draft: ChangeDraft;
  readonly onChange: (change: (draft: ChangeDraft) => ChangeDraft) => void;
}

/** What is typed and chosen before a change can be previewed. */
export function ChangeForm({ tenantId, asked, draft, onChange }: ChangeFormProps) {
  const styles = useStyles();
  const set = (part: Partial<ChangeDraft>) => onChange(known => ({ ...known, ...part }));
  const units = (
    <UnitsForm
      key={draft.kind}
      tenantId={tenantId}
      kind={draft.kind}
      units={draft.units}
      onChange={part => onChange(known => ({ ...known, units: { ...known.units, ...part } }))}
    />
  );
  const name = (label: string) => (
    <Field label={label} required>
      <Input value={draft.name} maxLength={1024} autoComplete="off" onChange={(_, data) => set({ name: data.value })} />
    </Field>
  );
  switch (asked.is) {
    case 'create':
      return (
        <div className={styles.form}>
          {name('Name')}
          <Field label="Workload">
            <div>
              <Segments
                label="Workload"
                value={draft.kind}
                onChange={kind => set({ kind, units: noUnits })}
                segments={unitKinds.map(kind => ({ id: kind, word: workloadWord(kind) }))}
              />
            </div>
          </Field>
          <h3 className={styles.title}>Units, now or later</h3>
          {units}
          <Checkbox
            label="Activate it at once; an inactive policy protects nothing"
            checked={draft.activate}
            onChange={(_, data) => set({ activate: data.checked === true })}
          />
          <p className={styles.quiet}>{RETENTION_NOTE}</p>
        </div>
      );
    case 'rename':
      return <div className={styles.form}>{name('New name')}</div>;
    case 'addUnits':
      return units;
    case 'addSelected':
      return <PolicyChoice tenantId={tenantId} chosen={draft.policyId} onChoose={policyId => set({ policyId })} />;
    case 'addOwners':
      return (
        <PolicyChoice
          tenantId={tenantId}
          counts={asked.counts}
          chosen={draft.policyId}
          onChoose={policyId => set({ policyId })}
        />
      );
    case 'createRule':
    case 'changeRule':
      return (
        <RuleEditor
          tenantId={tenantId}
          kind={draft.kind}
          rule={draft.rule}
          dynamic={asked.is === 'changeRule' ? asked.rule.type === 'dynamic' : draft.dynamic}
          isNew={asked.is === 'createRule'}
          onChange={set}
        />
      );
  }
}

interface PolicyChoiceProps {
  readonly tenantId: string;
  /** How many units each kind of policy would take in; policies that could take none are not offered. Absent: all are. */
  readonly counts?: { readonly [K in UnitKind]: number };
  readonly chosen: string | undefined;
  readonly onChoose: (policyId: string) => void;
}

function PolicyChoice({ tenantId, counts, chosen, onChoose }: PolicyChoiceProps) {
  const styles = useStyles();
  const list = useQuery(policyQueries.list(useClient(), tenantId));
  if (list.error !== null) return <ErrorBar error={list.error} />;
  if (list.data === undefined) return <SkeletonLines lines={3} label="Loading the policies" />;
  const policies = list.data.policies.filter(
    ({ kind }) => kind !== undefined && (counts === undefined || counts[kind] > 0),
  );
  const hint =
    counts === undefined
      ? 'Units of another workload than the policy’s are left out, and named in the preview.'
      : 'A policy takes one workload: OneDrives and mailboxes of the same people are added one after the other.';
  const wouldTake = (kind: UnitKind | undefined): string =>
    counts === undefined || kind === undefined
      ? ''
      : `: takes ${formatCount(counts[kind])} ${unitsOfKind(kind, counts[kind])}`;
  if (policies.length === 0)
    return (
      <p className={styles.quiet}>
        {counts === undefined ? 'No policy is known in this tenant.' : 'No policy of this workload is known here.'}{' '}
        Create one first, or read the policies.
      </p>
    );
  return (
    <Field label="Policy" hint={hint}>
      <RadioGroup value={chosen ?? ''} onChange={(_, data) => onChoose(data.value)}>
        {policies.map(policy => (
          <Radio
            key={policy.id}
            value={policy.id}
            label={`${policy.name} (${workloadWord(policy.kind)}, ${policyState(policy).word.toLowerCase()})${wouldTake(policy.kind)}`}
          />
        ))}
      </RadioGroup>
    </Field>
  );
}

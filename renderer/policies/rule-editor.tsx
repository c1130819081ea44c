import { Checkbox, Field, makeStyles, Textarea, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { OwnerToAdd } from '../../shared/contract/policies.ts';
import { findRuleForm, ruleLimits, toRuleExpression } from '../../shared/domain/inclusion-rule.ts';
import type { RuleForm } from '../../shared/domain/inclusion-rule.ts';
import type { UnitKind } from '../../shared/domain/protection-unit.ts';
import { useClient, useTenantNow } from '../store/index.ts';
import { Segments } from '../ui/segments.tsx';
import { DirectorySearch } from './directory-search.tsx';
import { unitsOfKind } from './policy-words.ts';
import { SiteConditions } from './site-conditions.tsx';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: '8px' },
  quiet: { margin: 0, color: tokens.colorNeutralForeground3 },
  area: { '& textarea': { minHeight: '96px', fontFamily: tokens.fontFamilyMonospace, fontSize: '12px' } },
  expression: {
    margin: 0,
    padding: '8px 12px',
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: '12px',
    lineHeight: '18px',
    backgroundColor: tokens.colorNeutralBackground3,
    borderRadius: tokens.borderRadiusMedium,
  },
});

interface RuleEditorProps {
  readonly tenantId: string;
  readonly kind: UnitKind;
  readonly rule: RuleForm;
  readonly dynamic: boolean;
  /** A rule that is changed keeps its type. */
  readonly isNew: boolean;
  readonly onChange: (part: { rule?: RuleForm; dynamic?: boolean; isTextUnread?: boolean }) => void;
}

/** An inclusion rule as a form, with its text beneath; or as a text that is read back into the form. */
export function RuleEditor({ tenantId, kind, rule, dynamic, isNew, onChange }: RuleEditorProps) {
  const styles = useStyles();
  const now = useTenantNow(tenantId);
  const [as, setAs] = useState<'form' | 'text'>('form');
  const [typed, setTyped] = useState('');
  const read = as === 'text' ? findRuleForm(typed) : undefined;
  const isOfOtherKind = read !== undefined && read.of !== rule.of;
  return (
    <div className={styles.form}>
      {isNew && kind !== 'site' && (
        <Checkbox
          checked={dynamic}
          onChange={(_, data) => onChange({ dynamic: data.checked === true })}
          label={`Dynamic: the service follows the groups (up to ${String(ruleLimits.dynamicGroups)}). Without it the rule runs once (up to ${String(ruleLimits.staticGroups)} groups).`}
        />
      )}
      <div>
        <Segments
          label="How the rule is written"
          value={as}
          onChange={next => {
            if (next === 'text') setTyped(toRuleExpression(rule));
            // The form shows what was read last, and that is what counts from then on.
            onChange({ isTextUnread: false });
            setAs(next);
          }}
          segments={[
            { id: 'form', word: 'As a form' },
            { id: 'text', word: 'As text' },
          ]}
        />
      </div>
      {as === 'text' ? (
        <Field
          label="Expression"
          {...(read === undefined || isOfOtherKind
            ? {
                validationState: 'error' as const,
                validationMessage: isOfOtherKind
                  ? `This is a rule for ${rule.of === 'sites' ? 'groups of users' : 'sites'}; the policy takes ${unitsOfKind(kind, 2)}.`
                  : 'This can’t be read as a rule; the form keeps what it was. See the text that the form writes.',
              }
            : { validationState: 'success' as const, validationMessage: 'Read; the form shows the same.' })}
        >
          <Textarea
            className={styles.area}
            value={typed}
            spellCheck={false}
            resize="vertical"
            onChange={(_, data) => {
              setTyped(data.value);
              const found = findRuleForm(data.value);
              onChange(
                found !== undefined && found.of === rule.of
                  ? { rule: found, isTextUnread: false }
                  : { isTextUnread: true },
              );
            }}
          />
        </Field>
      ) : (
        <>
          {rule.of === 'sites' ? (
            <SiteConditions rule={rule} now={now} onChange={next => onChange({ rule: next })} />
          ) : (
            <Groups
              tenantId={tenantId}
              groupIds={rule.groupIds}
              limit={dynamic ? ruleLimits.dynamicGroups : ruleLimits.staticGroups}
              onChange={groupIds => onChange({ rule: { of: 'groups', groupIds } })}
            />
          )}
          <p className={styles.quiet}>What is sent:</p>
          <pre className={styles.expression} aria-label="Expression of the rule">
            {toRuleExpression(rule)}
          </pre>
        </>
      )}
    </div>
  );
}

interface GroupsProps {
  readonly tenantId: string;
  readonly groupIds: readonly string[];
  readonly limit: number;
  readonly onChange: (groupIds: string[]) => void;
}

/** The groups of a rule, by their names where the directory tells them. */
function Groups({ tenantId, groupIds, limit, onChange }: GroupsProps) {
  const client = useClient();
  const [names, setNames] = useState<readonly OwnerToAdd[]>([]);
  const unnamed = groupIds.filter(id => !names.some(({ key }) => key === id)).slice(0, 100);
  const asked = useQuery({
    queryKey: ['directory', tenantId, 'groups', unnamed],
    queryFn: ({ signal }) => client.policies.groups({ tenantId, groupIds: unnamed }, { signal }),
    enabled: unnamed.length > 0,
  });
  const nameOf = (id: string): OwnerToAdd => {
    const told = asked.data?.find(entry => entry.id === id);
    return names.find(({ key }) => key === id) ?? { key: id, name: told?.name ?? id };
  };
  return (
    <DirectorySearch
      tenantId={tenantId}
      type="group"
      picked={groupIds.map(nameOf)}
      limit={limit}
      onChange={picked => {
        setNames(picked);
        onChange(picked.map(({ key }) => key));
      }}
    />
  );
}

import { Button, Dropdown, Input, makeStyles, Option, tokens } from '@fluentui/react-components';
import { Add16Regular, Dismiss16Regular } from '@fluentui/react-icons';
import type { RuleForm, SiteCondition } from '../../shared/domain/inclusion-rule.ts';
import { siteRuleFields } from '../../shared/domain/inclusion-rule.ts';

const useStyles = makeStyles({
  groups: { display: 'flex', flexDirection: 'column', gap: '4px', alignItems: 'stretch' },
  group: {
    display: 'flex',
    flexDirection: 'column',
    gap: '8px',
    padding: '8px 12px',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  row: { display: 'flex', alignItems: 'center', gap: '8px' },
  field: { minWidth: '176px', width: '176px' },
  value: { flexGrow: 1, minWidth: '120px' },
  joint: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, paddingLeft: '12px' },
  add: { alignSelf: 'flex-start' },
});

type SiteRule = Extract<RuleForm, { of: 'sites' }>;
type Field = SiteCondition['field'];

const fieldWords: { readonly [F in Field]: string } = {
  displayName: 'Name holds',
  webUrl: 'Address holds',
  lastModifiedDateTime: 'Changed since (UTC)',
};

const isField = (text: string | undefined): text is Field => siteRuleFields.some(field => field === text);

const startOfUtcDay = (date: string): number | undefined => {
  const millis = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(millis) || millis < 0 ? undefined : millis / 1000;
};

/** A condition of another field; a keyword that was typed stays where the new field takes one. */
function withField(condition: SiteCondition, field: Field, now: number): SiteCondition {
  if (field === 'lastModifiedDateTime') return { field, since: now - (now % 86_400) };
  return { field, contains: 'contains' in condition ? condition.contains : '' };
}

interface SiteConditionsProps {
  readonly rule: SiteRule;
  readonly now: number;
  readonly onChange: (rule: SiteRule) => void;
}

/** The form of a rule for sites: groups of conditions that all have to be met, each by any one of its conditions. */
export function SiteConditions({ rule, now, onChange }: SiteConditionsProps) {
  const styles = useStyles();
  const setGroup = (at: number, any: readonly SiteCondition[]) =>
    onChange({
      of: 'sites',
      all: any.length === 0 && rule.all.length > 1 ? rule.all.toSpliced(at, 1) : rule.all.with(at, { any: [...any] }),
    });
  return (
    <div className={styles.groups}>
      {rule.all.map(({ any }, group) => (
        // A group has no name but its place.
        <div key={`group ${String(group)}`} className={styles.groups}>
          {group > 0 && <span className={styles.joint}>and</span>}
          <div className={styles.group} role="group" aria-label={`Conditions, group ${String(group + 1)}`}>
            {any.map((condition, index) => {
              const named = `condition ${String(index + 1)} of group ${String(group + 1)}`;
              const set = (next: SiteCondition) => setGroup(group, any.with(index, next));
              return (
                <div key={`condition ${String(index)}`}>
                  {index > 0 && <span className={styles.joint}>or</span>}
                  <div className={styles.row}>
                    <Dropdown
                      className={styles.field}
                      aria-label={`What is looked at, ${named}`}
                      value={fieldWords[condition.field]}
                      selectedOptions={[condition.field]}
                      onOptionSelect={(_, data) => {
                        if (isField(data.optionValue)) set(withField(condition, data.optionValue, now));
                      }}
                    >
                      {siteRuleFields.map(field => (
                        <Option key={field} value={field}>
                          {fieldWords[field]}
                        </Option>
                      ))}
                    </Dropdown>
                    {'contains' in condition ? (
                      <Input
                        className={styles.value}
                        aria-label={`Keyword, ${named}`}
                        value={condition.contains}
                        maxLength={255}
                        onChange={(_, data) => set({ ...condition, contains: data.value })}
                      />
                    ) : (
                      <Input
                        className={styles.value}
                        type="date"
                        aria-label={`Date, ${named}`}
                        value={new Date(condition.since * 1000).toISOString().slice(0, 10)}
                        onChange={(_, data) => {
                          const since = startOfUtcDay(data.value);
                          if (since !== undefined) set({ ...condition, since });
                        }}
                      />
                    )}
                    <Button
                      appearance="subtle"
                      icon={<Dismiss16Regular />}
                      aria-label={`Take ${named} out`}
                      onClick={() =>
                        setGroup(
                          group,
                          any.filter((_, each) => each !== index),
                        )
                      }
                    />
                  </div>
                </div>
              );
            })}
            <Button
              size="small"
              className={styles.add}
              icon={<Add16Regular />}
              onClick={() => setGroup(group, [...any, { field: 'displayName', contains: '' }])}
            >
              Or another condition
            </Button>
          </div>
        </div>
      ))}
      <Button
        size="small"
        className={styles.add}
        icon={<Add16Regular />}
        onClick={() => onChange({ of: 'sites', all: [...rule.all, { any: [{ field: 'displayName', contains: '' }] }] })}
      >
        And a further group
      </Button>
    </div>
  );
}

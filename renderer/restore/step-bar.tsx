import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { Checkmark12Filled } from '@fluentui/react-icons';
import type { Plan } from '../../shared/contract/plans.ts';
import { ownColours } from '../ui/theme.ts';
import { canReach, missingOf, stepNames } from './wizard.ts';
import type { Step, StepName } from './wizard.ts';

const useStyles = makeStyles({
  list: {
    display: 'flex',
    alignItems: 'center',
    gap: '8px',
    margin: 0,
    padding: 0,
    listStyleType: 'none',
    flexShrink: 0,
  },
  item: { display: 'flex', alignItems: 'center', gap: '8px' },
  line: { width: '24px', height: '1px', backgroundColor: tokens.colorNeutralStroke1 },
  button: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: '8px',
    padding: '4px',
    border: 'none',
    borderRadius: tokens.borderRadiusMedium,
    background: 'none',
    font: 'inherit',
    color: tokens.colorNeutralForeground2,
    cursor: 'pointer',
    ':disabled': { cursor: 'default', color: tokens.colorNeutralForeground3 },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  here: { color: tokens.colorNeutralForeground1, fontWeight: tokens.fontWeightSemibold },
  number: {
    width: '20px',
    height: '20px',
    boxSizing: 'border-box',
    borderRadius: '50%',
    display: 'inline-flex',
    alignItems: 'center',
    justifyContent: 'center',
    fontSize: tokens.fontSizeBase200,
    border: `1px solid ${tokens.colorNeutralStrokeAccessible}`,
  },
  numberHere: {
    border: 'none',
    backgroundColor: tokens.colorBrandBackground,
    color: tokens.colorNeutralForegroundOnBrand,
    fontWeight: tokens.fontWeightSemibold,
  },
  numberDone: { border: 'none', backgroundColor: ownColours.backstopChosen, color: tokens.colorBrandForeground2 },
});

const words: { readonly [S in StepName]: string } = { what: 'What', when: 'When', where: 'Where', review: 'Review' };

/** The four steps; those that the plan already carries can be gone to. */
export function StepBar({ step, plan, onGo }: { step: Step; plan: Plan; onGo: (step: StepName) => void }) {
  const styles = useStyles();
  const here = step.at === 'starting' ? 'review' : step.at;
  return (
    <nav aria-label="Steps of the restore plan">
      <ol className={styles.list}>
        {stepNames.map((name, index) => {
          const isHere = name === here;
          const isDone =
            !isHere &&
            name !== 'review' &&
            canReach(name, plan, step.typed) &&
            missingOf(name, plan, step.typed) === undefined;
          const isOpen = step.at !== 'starting' && canReach(name, plan, step.typed);
          return (
            <li key={name} className={styles.item} {...(isHere ? { 'aria-current': 'step' as const } : {})}>
              {index > 0 && <span className={styles.line} aria-hidden />}
              <button
                type="button"
                className={mergeClasses(styles.button, isHere && styles.here)}
                disabled={!isOpen && !isHere}
                onClick={() => onGo(name)}
              >
                <span
                  className={mergeClasses(styles.number, isHere && styles.numberHere, isDone && styles.numberDone)}
                  aria-hidden
                >
                  {isDone ? <Checkmark12Filled /> : index + 1}
                </span>
                {words[name]}
                {isDone && (
                  <span
                    style={{ position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' }}
                  >
                    , done
                  </span>
                )}
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

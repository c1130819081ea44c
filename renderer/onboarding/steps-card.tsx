import { Button, makeStyles, tokens } from '@fluentui/react-components';
import type { Tenant } from '../../shared/contract/tenants.ts';
import { type ControlFacts, onboardingStates } from '../../shared/domain/onboarding.ts';
import type { OnboardingStep, ServiceActionType, StepState } from '../../shared/domain/onboarding.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { navigate } from '../store/index.ts';
import { CommandButton } from '../ui/command-button.tsx';
import { Mark } from '../ui/mark.tsx';
import { formatMoment } from '../ui/time/format.ts';
import { actionTitles } from './action-words.ts';
import { ServiceCard } from './service-card.tsx';
import { stepStateWords, stepWords } from './service-words.ts';
import { useTextStyles } from './use-text-styles.ts';
import { useWhyNotControl } from './use-why-not-control.ts';

const useStyles = makeStyles({
  step: {
    display: 'grid',
    gridTemplateColumns: '150px minmax(0, 1fr) auto',
    columnGap: '12px',
    alignItems: 'center',
    padding: '8px 0',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    ':first-child': { borderTop: 'none' },
    '@media (max-width: 799px)': { gridTemplateColumns: 'minmax(0, 1fr)', rowGap: '4px' },
  },
});

interface StepsCardProps {
  readonly tenant: Tenant;
  readonly facts: ControlFacts;
  readonly zone: string;
  readonly now: UtcSeconds;
  readonly onAsk: (type: ServiceActionType) => void;
}

/** The command that a step offers as it stands. */
function actionOf(step: OnboardingStep, state: StepState): ServiceActionType | undefined {
  switch (step) {
    case 'register':
      return state === 'next' ? 'register' : undefined;
    case 'activate':
      if (state === 'waiting') return 'cancelTakeover';
      return state === 'done' || state === 'later' ? undefined : 'activate';
    case 'enable':
      return state === 'later' ? undefined : 'enable';
    case 'consent':
    case 'billing':
      return undefined;
  }
}

/** The steps of onboarding in their order: what is done, what is next and what blocks it. */
export function StepsCard({ tenant, facts, zone, now, onAsk }: StepsCardProps) {
  const styles = useStyles();
  const text = useTextStyles();
  const whyNot = useWhyNotControl(tenant, facts);
  const context = { facts, tenantName: tenant.displayName, date: (at: UtcSeconds) => formatMoment(at, zone, now) };
  return (
    <ServiceCard title="Onboarding">
      <ol className={text.list}>
        {onboardingStates(facts).map(({ step, state }) => {
          const { title, detail } = stepWords(step, state, context);
          const { tone, word } = stepStateWords[state];
          const action = actionOf(step, state);
          return (
            <li key={step} className={styles.step} aria-current={state === 'next' ? 'step' : undefined}>
              <Mark tone={tone}>{word}</Mark>
              <div>
                <h3 className={text.heading}>{title}</h3>
                <p className={text.detail}>{detail}</p>
              </div>
              {action !== undefined && (
                <CommandButton
                  appearance={state === 'next' ? 'primary' : 'secondary'}
                  disabledReason={whyNot(action)}
                  onClick={() => onAsk(action)}
                >
                  {step === 'enable' && state === 'done' ? 'Enable again…' : actionTitles[action].ask}
                </CommandButton>
              )}
              {step === 'consent' && state === 'blocked' && (
                <Button onClick={() => navigate({ at: 'readiness', tenantId: tenant.id })}>Readiness check</Button>
              )}
            </li>
          );
        })}
      </ol>
    </ServiceCard>
  );
}

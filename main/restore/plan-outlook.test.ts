import { expect, it } from 'vitest';
import type { Certainty } from '../../shared/contract/certainty.ts';
import type { Plan, PlanOutlook, PlanUnit } from '../../shared/contract/plans.ts';
import { PlanOutlooks } from './plan-outlook.ts';

const INCIDENT = 1_800_000_000;
const plan: Plan = {
  id: '22222222-2222-4222-8222-222222222222',
  tenantId: '11111111-1111-4111-8111-111111111111',
  name: 'Friday',
  status: 'draft',
  createdAt: INCIDENT,
  savedAt: INCIDENT,
  createdBy: 'anna@msp.example',
  incidentAt: INCIDENT,
  preference: 'newest',
  units: 0,
  unitsByKind: { site: 0, drive: 0, mailbox: 0 },
  certainty: { exact: 0, asShown: 0, atLeast: 0, notAsked: 0, none: 0 },
  chosenByHand: 0,
  refused: 0,
  restorable: 0,
};

const exact = (secondsBefore: number, fast: boolean): Certainty => {
  const at = INCIDENT - secondsBefore;
  return { is: 'exact', point: { id: `p${at}`, at, expiresAt: INCIDENT * 2, fast } };
};

/** What a plan comes to whose units lose so much by their newest point, and so much by their newest fast one. */
function outlookOf(
  units: readonly { readonly loses: number; readonly fastLoses?: number | 'unasked' }[],
): Promise<PlanOutlook> {
  const rows = units.map(({ loses, fastLoses }, index): PlanUnit => ({
    unitId: `u${index}`,
    kind: fastLoses === undefined ? 'mailbox' : 'site',
    name: `Unit ${index}`,
    chosenBy: 'rule',
    newest: exact(loses, false),
    loss: { seconds: loses, upTo: false },
    ...(fastLoses === undefined ? {} : { fast: fastLoses === 'unasked' ? { is: 'notAsked' } : exact(fastLoses, true) }),
  }));
  const byLoss = [...units].sort((a, b) => a.loses - b.loses);
  const outlooks = new PlanOutlooks({
    catalog: {
      plans: {
        losses: async () => ({
          kind: byLoss.map(() => 'site' as const),
          seconds: byLoss.map(({ loses }) => loses),
          upTo: byLoss.map(() => false),
          fastSeconds: byLoss.map(({ fastLoses }) => (typeof fastLoses === 'number' ? fastLoses : null)),
        }),
        unitIds: async () => rows.map(({ unitId }) => unitId),
        units: async () => rows,
      },
      units: { byIds: async () => [] },
    },
    asking: { costBefore: async () => ({ units: 0, questions: 0, certain: true }) },
  });
  return outlooks.of(plan);
}

it('says what "fast preferred" would lose of the units alone whose fast point is another one', async () => {
  const outlook = await outlookOf([
    { loses: 60, fastLoses: 60 },
    { loses: 70, fastLoses: 70 },
    { loses: 80 },
    { loses: 90, fastLoses: 9_000 },
  ]);
  expect(outlook).toMatchObject({ fastMedianLossSeconds: 9_000, loss: { minSeconds: 60, maxSeconds: 90 } });
});

it('says nothing of it where every fast point is the newest one, or while some fast point was not asked for', async () => {
  expect(await outlookOf([{ loses: 60, fastLoses: 60 }, { loses: 80 }])).not.toHaveProperty('fastMedianLossSeconds');
  expect(
    await outlookOf([
      { loses: 60, fastLoses: 9_000 },
      { loses: 80, fastLoses: 'unasked' },
    ]),
  ).not.toHaveProperty('fastMedianLossSeconds');
});

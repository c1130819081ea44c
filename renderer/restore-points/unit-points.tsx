import { Button, Link, makeStyles, tokens } from '@fluentui/react-components';
import { ChevronLeft16Regular, ChevronRight16Regular } from '@fluentui/react-icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Preference } from '../../shared/contract/plans.ts';
import { DAY, MINUTE } from '../../shared/domain/time.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';
import { futureInWords } from '../restore/index.ts';
import { keys, queries, useClient, useMyZone, useTenantNow, useTenantZone } from '../store/index.ts';
import { Segments } from '../ui/segments.tsx';
import { ErrorBar } from '../ui/states/error-bar.tsx';
import { ErrorState } from '../ui/states/error-state.tsx';
import { SkeletonLines, SkeletonRows } from '../ui/states/skeleton.tsx';
import { formatLongDay } from '../ui/time/format.ts';
import { readTypedTime, toTypedTime } from '../ui/time/typed-time.ts';
import type { TypedTime } from '../ui/time/typed-time.ts';
import { elsewhereInWords, zoneChoices } from '../ui/time/zone-choices.ts';
import type { ShownZone } from '../ui/time/zone-choices.ts';
import { zoneName } from '../ui/time/zone.ts';
import { ZonedTimeInput } from '../ui/time/zoned-time-input.tsx';
import { AnswerPanel } from './answer-panel.tsx';
import { isUncertain, pointOf } from './answer.ts';
import { calendarBounds, dayIndexAt, withTimePassed } from './calendar.ts';
import { DayRulers } from './day-rulers.tsx';
import { retentionInWords } from '../ui/retention-words.ts';
import { densePeriodSeconds } from './dense-period.ts';
import { PointsCalendar } from './points-calendar.tsx';
import { StretchList } from './stretch-list.tsx';
import { dayHeadInWords, openTimeIn, stretchRows } from './stretches.ts';
import { UnitHead } from './unit-head.tsx';
import { useAsk } from './use-ask.ts';
import { useRestoreUnit } from './use-restore-unit.ts';

const useStyles = makeStyles({
  view: {
    display: 'flex',
    flexDirection: 'column',
    gap: '8px',
    minHeight: 0,
    flexGrow: 1,
    overflowY: 'auto',
    margin: '-4px',
    padding: '4px',
  },
  card: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    boxSizing: 'border-box',
  },
  calendar: { padding: '8px 16px 4px', flexShrink: 0, overflowX: 'auto' },
  // As high as its answer needs; the view scrolls where that is more than there is.
  below: { display: 'flex', minHeight: '348px', flexGrow: 1, flexShrink: 0, flexBasis: 'auto' },
  day: { display: 'flex', flexDirection: 'column', gap: '6px', flexGrow: 1, minWidth: 0, padding: '8px 16px' },
  dayHead: { display: 'flex', alignItems: 'center', gap: '8px', flexWrap: 'wrap' },
  dayName: { margin: 0, fontSize: tokens.fontSizeBase400, lineHeight: '20px', fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  rest: { flexGrow: 1 },
  list: { overflowY: 'auto', flexGrow: 1, flexBasis: 0, minHeight: '110px' },
  side: {
    width: '284px',
    flexShrink: 0,
    padding: '8px 16px 12px',
    borderLeft: `1px solid ${tokens.colorNeutralStroke2}`,
    display: 'flex',
    flexDirection: 'column',
    minHeight: 0,
    '@media (min-width: 1600px)': { width: '344px' },
    // The three fields stand in one line of the narrow panel.
    '& .fui-DatePicker': { width: '128px' },
    '& .fui-Input:not(.fui-DatePicker)': { width: '62px' },
    '& .fui-Dropdown': { minWidth: '76px', width: '78px' },
  },
});

/** `EET` where that names one of the choices alone, else with whose it is. */
function briefWord(choice: ShownZone, choices: readonly ShownZone[], at: UtcSeconds): string {
  const name = zoneName(choice.zone, at);
  return choices.filter(other => zoneName(other.zone, at) === name).length === 1 ? name : choice.short;
}

/** The end of a day is asked in steps of this, so that the day of today is not read anew each second. */
const END_STEP = 10 * MINUTE;

/** What is known of one unit's time: a year, a day, the hours around the incident, and the newest point before it. */
export function UnitPoints({ tenantId, unitId }: { tenantId: string; unitId: string }) {
  const styles = useStyles();
  const client = useClient();
  const ticking = useTenantNow(tenantId);
  // Nothing here is finer than a minute; drawing a year anew each second would only keep the machine warm.
  const now = ticking - (ticking % MINUTE);
  const myZone = useMyZone();
  const tenantZone = useTenantZone(tenantId);
  const choices = zoneChoices({ tenantZone, myZone, at: now });
  const [typed, setTyped] = useState<TypedTime>(() => toTypedTime(now, tenantZone ?? myZone));
  const [shownDayAt, setShownDayAt] = useState<UtcSeconds | undefined>(undefined);
  const [preference, setPreference] = useState<Preference>('newest');
  const ask = useAsk(tenantId);
  const restore = useRestoreUnit(tenantId, unitId);
  const zone = typed.zone;

  const read = readTypedTime(typed);
  const isFuture = read.is === 'ok' && read.at > ticking;
  const incidentAt = read.is === 'ok' && !isFuture ? read.at : undefined;
  const unit = useQuery(queries.unit(client, tenantId, unitId));
  const bounds = calendarBounds(zone, now);
  const step = now - (now % END_STEP);
  const days = useQuery({
    queryKey: [...keys.points(tenantId), 'calendar', unitId, bounds[0], bounds.length, step],
    queryFn: async ({ signal }) => ({
      readAt: now,
      days: await client.restorePoints.days({ tenantId, unitId, bounds }, { signal }),
    }),
    placeholderData: keepPreviousData,
  });
  const count = bounds.length - 1;
  const index = dayIndexAt(bounds, shownDayAt ?? incidentAt ?? now) ?? count - 1;
  const fromAt = bounds[index] ?? now - DAY;
  const toAt = bounds[index + 1] ?? now;
  const spansTo = Math.min(toAt, step + END_STEP);
  const spans = useQuery({
    queryKey: [...keys.points(tenantId), 'spans', unitId, fromAt, spansTo],
    queryFn: ({ signal }) => client.restorePoints.spans({ tenantId, unitId, fromAt, toAt: spansTo }, { signal }),
    placeholderData: keepPreviousData,
  });
  const answers = useQuery({
    queryKey: [...keys.points(tenantId), 'before', unitId, incidentAt ?? 0],
    queryFn: ({ signal }) =>
      client.restorePoints.newestBefore({ tenantId, unitId, incidentAt: incidentAt ?? 0 }, { signal }),
    enabled: incidentAt !== undefined,
    placeholderData: keepPreviousData,
  });
  const fast = answers.data?.fast;
  const any = answers.data?.any;
  const certainCost = useQuery({
    ...queries.cost(client, tenantId, {
      type: 'before',
      units: { type: 'these', unitIds: [unitId] },
      incidentAt: incidentAt ?? 0,
      fast: fast !== undefined,
    }),
    enabled: incidentAt !== undefined && (isUncertain(any) || isUncertain(fast)),
  }).data;
  const dayCost = useQuery(
    queries.cost(client, tenantId, { type: 'window', unitId, fromAt, toAt: Math.min(spansTo, toAt) }),
  ).data;

  if (unit.error !== null && unit.data === undefined)
    return <ErrorState error={unit.error} onRetry={() => void unit.refetch()} />;
  if (unit.data === undefined)
    return <SkeletonRows widths={['1fr', '1fr', '1fr']} label="Loading the restore points" />;

  const chosenCertainty = preference === 'fast' ? fast : any;
  const chosen = incidentAt === undefined ? undefined : pointOf(chosenCertainty);
  const points = spans.data?.points ?? [];
  const rows = stretchRows(spans.data?.spans ?? [], points, { zone, now, endAt: toAt });
  const askedAt =
    incidentAt === undefined
      ? undefined
      : spans.data?.spans.find(span => span.fromAt < incidentAt && span.toAt >= incidentAt)?.askedAt;
  const anyPoint = pointOf(any);
  const openTime =
    incidentAt === undefined || anyPoint === undefined
      ? undefined
      : openTimeIn(spans.data?.spans ?? [], anyPoint.at + 1, incidentAt);
  const setIncident = (at: UtcSeconds) => {
    setTyped(toTypedTime(at, zone));
    setShownDayAt(undefined);
  };
  const isElsewhere = incidentAt !== undefined && dayIndexAt(bounds, incidentAt) !== index;
  const dense = densePeriodSeconds(unit.data.retention);
  return (
    <div className={styles.view}>
      <UnitHead tenantId={tenantId} unit={unit.data} zone={myZone} now={now} ask={ask} />
      <section className={`${styles.card} ${styles.calendar}`} aria-label="Points by day">
        {days.error !== null && days.data === undefined ? (
          <ErrorBar error={days.error} />
        ) : days.data === undefined ? (
          <SkeletonLines lines={8} label="Loading the calendar" />
        ) : (
          <PointsCalendar
            days={withTimePassed(days.data.days, days.data.readAt, now)}
            bounds={bounds}
            zone={zone}
            now={now}
            protectedSinceAt={unit.data.protectedSinceAt}
            chosen={index}
            onChoose={chosenIndex => setShownDayAt(bounds[chosenIndex])}
            cadences={retentionInWords(unit.data.retention)}
            denseFromAt={dense === undefined ? undefined : now - dense}
          />
        )}
      </section>
      <div className={`${styles.card} ${styles.below}`}>
        <section className={styles.day} aria-label="The day">
          <div className={styles.dayHead}>
            <Button
              appearance="subtle"
              size="small"
              icon={<ChevronLeft16Regular />}
              aria-label="The day before"
              disabledFocusable={index === 0}
              onClick={() => setShownDayAt(bounds[index - 1])}
            />
            <h2 className={styles.dayName}>{formatLongDay(fromAt, zone)}</h2>
            <Button
              appearance="subtle"
              size="small"
              icon={<ChevronRight16Regular />}
              aria-label="The next day"
              disabledFocusable={index >= count - 1}
              onClick={() => setShownDayAt(bounds[index + 1])}
            />
            <span className={styles.quiet} aria-live="polite">
              {spans.data === undefined ? '' : dayHeadInWords(rows, points.length)}
            </span>
            {isElsewhere && (
              <Link as="button" onClick={() => setShownDayAt(undefined)}>
                Show the day of the incident
              </Link>
            )}
            <span className={styles.rest} />
            {choices.length > 1 && (
              <Segments
                label="Zone of the times"
                segments={choices.map(choice => ({ id: choice.zone, word: choice.short }))}
                value={zone}
                onChange={next => setTyped(read.is === 'ok' ? toTypedTime(read.at, next) : { ...typed, zone: next })}
              />
            )}
          </div>
          {spans.error !== null && spans.data === undefined ? (
            <ErrorBar error={spans.error} />
          ) : (
            <>
              <DayRulers
                fromAt={fromAt}
                toAt={toAt}
                spans={spans.data?.spans ?? []}
                points={points}
                zone={zone}
                now={now}
                incidentAt={incidentAt}
                chosen={chosen}
                isUpTo={chosenCertainty?.is === 'atLeast' || chosenCertainty?.is === 'asShown'}
                onIncident={setIncident}
              />
              <div className={styles.list}>
                <StretchList
                  label={`Stretches of ${formatLongDay(fromAt, zone)}`}
                  rows={rows}
                  unitId={unitId}
                  ask={ask}
                />
              </div>
            </>
          )}
        </section>
        <aside className={styles.side} aria-label="The newest point before the incident">
          <AnswerPanel
            incidentAt={incidentAt}
            zone={zone}
            now={now}
            unitId={unitId}
            answers={answers}
            askedAt={askedAt}
            openTime={openTime}
            protectedSinceAt={unit.data.protectedSinceAt}
            preference={preference}
            onPreference={setPreference}
            certainCost={certainCost}
            dayCost={dayCost}
            day={{ fromAt, toAt }}
            ask={ask}
            isMakingPlan={restore.isPending}
            problem={restore.error ?? undefined}
            onDismiss={restore.reset}
            onRestore={() => {
              if (incidentAt !== undefined) restore.make({ incidentAt, timeZone: zone, preference });
            }}
          >
            <ZonedTimeInput
              label="Incident time"
              value={typed}
              onChange={next => {
                setTyped(next);
                setShownDayAt(undefined);
              }}
              zones={choices.map(choice => ({ zone: choice.zone, word: briefWord(choice, choices, now) }))}
              now={now}
              hint={incidentAt === undefined ? undefined : elsewhereInWords(incidentAt, zone, choices, ticking)}
              problem={isFuture ? futureInWords(ticking, zone) : undefined}
            />
          </AnswerPanel>
        </aside>
      </div>
    </div>
  );
}

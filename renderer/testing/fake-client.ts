import { createRouterClient, implement } from '@orpc/server';
import { contract } from '../../shared/contract/index.ts';
import { AppFailure } from '../../shared/contract/errors.ts';
import type { AppError } from '../../shared/contract/errors.ts';
import type { AccountState } from '../../shared/contract/account.ts';
import type { Connectivity, Settings } from '../../shared/contract/console.ts';
import type { PlanOutlook } from '../../shared/contract/plans.ts';
import type { RestoreArtifact, RestoreSession } from '../../shared/contract/sessions.ts';
import type { Readiness } from '../../shared/contract/tenants.ts';
import type { UnitDetail, UnitFilter, UnitRow, UnitSort } from '../../shared/contract/units.ts';
import { DAY, HOUR, MINUTE } from '../../shared/domain/time.ts';
import type { ConsoleClient } from '../store/index.ts';
import { EventBus } from './event-bus.ts';
import { newestBefore, toPlanUnit, withCounts } from './fake-plans.ts';
import type { FakePlan } from './fake-plans.ts';
import { headOf, makeTenants, pointsOf, scatter } from './fake-world.ts';
import type { FakeTenant, FakeUnit } from './fake-world.ts';
import type { Scene } from './scene.ts';

const fail = (error: AppError): never => {
  throw new AppFailure(error);
};
const fold = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
const pause = (millis: number, signal?: AbortSignal) =>
  new Promise<void>((resolve, reject) => {
    const timer = setTimeout(resolve, millis);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(new AppFailure({ code: 'ABORTED' }));
    });
  });

const ADA = {
  state: 'signedIn',
  username: 'anna.lindqvist@northgate-it.eu',
  displayName: 'Anna Lindqvist',
  homeTenantId: '7b1c1c1e-0000-4000-8000-00000000ffff',
} as const;

/** A made-up main in this window: the whole contract over a world in memory. Inputs and outputs are checked by the contract's schemas. */
export function fakeClient(scene: Scene): ConsoleClient {
  const rate = scene.profile === 'demo' ? 60 : 1;
  const startReal = Date.now() / 1000;
  const start = Math.floor(startReal);
  const now = () => Math.floor(start + (Date.now() / 1000 - startReal) * rate) + (scene.isOffline ? 6 * HOUR : 0);
  const clock = () => ({ now: now(), rate });
  const bus = new EventBus();
  const world: FakeTenant[] = scene.isEmpty ? [] : makeTenants(start);
  const others: FakeTenant[] = scene.isEmpty ? makeTenants(start) : [];
  const selections = new Map<string, { tenantId: string; ids: Set<string> }>();
  const plans = new Map<string, FakePlan>();
  const readiness = new Map<string, Readiness>();
  let account: AccountState = scene.isSignedOut ? { state: 'signedOut' } : ADA;
  let connectivity: Connectivity = scene.isOffline
    ? { state: 'offline', sinceAt: start - 10 * MINUTE, nextTryAt: now() + 40 }
    : { state: 'online' };
  let settings: Settings = { theme: scene.theme, timeZone: 'Europe/Berlin' };

  const tenantOf = (id: string) =>
    world.find(each => each.tenant.id === id) ?? fail({ code: 'TENANT_NOT_ADDED', tenantId: id });
  const unitOf = (tenantId: string, unitId: string) =>
    tenantOf(tenantId).units.find(unit => unit.id === unitId) ?? fail({ code: 'UNIT_NOT_FOUND', unitId });
  const selectionOf = (id: string) => selections.get(id) ?? fail({ code: 'SELECTION_NOT_FOUND', selectionId: id });
  const planOf = (id: string) => plans.get(id) ?? fail({ code: 'PLAN_NOT_FOUND', planId: id });
  const needsNetwork = () => (connectivity.state === 'offline' ? fail({ code: 'OFFLINE' }) : undefined);

  const toRow = (unit: FakeUnit, chosen: ReadonlySet<string> | undefined): UnitRow => ({
    id: unit.id,
    kind: unit.kind,
    name: unit.name,
    address: unit.address,
    policyName: 'Default',
    status: unit.status,
    ...(unit.error === undefined ? {} : { error: unit.error }),
    newest: headOf(unit, now()),
    ...(unit.kind === 'mailbox' ? {} : { newestFast: headOf(unit, now(), true) }),
    selected: chosen?.has(unit.id) === true,
  });
  const matching = (units: readonly FakeUnit[], filter: UnitFilter) => {
    const words = fold(filter.text ?? '').split(/\s+/);
    const only = filter.selectionId === undefined ? undefined : selectionOf(filter.selectionId).ids;
    return units.filter(
      unit =>
        words.every(word => fold(`${unit.name} ${unit.address}`).includes(word)) &&
        (filter.kinds === undefined || filter.kinds.includes(unit.kind)) &&
        (only === undefined || only.has(unit.id)) &&
        (filter.tile === undefined ||
          (filter.tile === 'protected' && unit.status === 'protected' && unit.error === undefined) ||
          (filter.tile === 'inError' && unit.error !== undefined) ||
          (filter.tile === 'withoutPoint' && unit.headAskedAt !== undefined && unit.lastPointAt === undefined) ||
          (filter.tile === 'notAsked' && unit.headAskedAt === undefined)),
    );
  };
  const badness = (unit: FakeUnit) =>
    (unit.headAskedAt !== undefined && unit.lastPointAt === undefined
      ? 0
      : unit.error !== undefined
        ? 1
        : unit.headAskedAt === undefined
          ? 3
          : 4) +
    scatter(unit.name.length) / 2;
  const compare = (sort: UnitSort) => (a: FakeUnit, b: FakeUnit) => {
    const turn = sort.descending ? -1 : 1;
    switch (sort.by) {
      case 'worst':
        return badness(a) - badness(b);
      case 'newest':
      case 'newestFast':
        return turn * ((a.lastPointAt ?? Infinity) - (b.lastPointAt ?? Infinity));
      case 'kind':
      case 'status':
        return turn * a[sort.by].localeCompare(b[sort.by]);
      case 'name':
      case 'policy':
        return turn * a.name.localeCompare(b.name);
    }
  };
  const summaryOf = (id: string) => {
    const { ids, tenantId } = selectionOf(id);
    const kinds = tenantOf(tenantId)
      .units.filter(unit => ids.has(unit.id))
      .map(unit => unit.kind);
    const count = (kind: FakeUnit['kind']) => kinds.filter(each => each === kind).length;
    return { id, count: ids.size, sites: count('site'), drives: count('drive'), mailboxes: count('mailbox') };
  };
  const openSelection = (tenantId: string, ids: Iterable<string> = []) => {
    const id = crypto.randomUUID();
    selections.set(id, { tenantId, ids: new Set(ids) });
    return summaryOf(id);
  };
  const unitsMeant = (
    tenantId: string,
    meant: { type: string; unitIds?: string[]; selectionId?: string },
  ): FakeUnit[] => {
    const { units } = tenantOf(tenantId);
    if (meant.unitIds !== undefined) return units.filter(unit => meant.unitIds?.includes(unit.id));
    if (meant.selectionId !== undefined) {
      const { ids } = selectionOf(meant.selectionId);
      return units.filter(unit => ids.has(unit.id));
    }
    return units;
  };
  const askHeads = async (
    tenantId: string,
    units: FakeUnit[],
    purpose: 'heads' | 'incident',
    signal: AbortSignal | undefined,
  ) => {
    const askId = crypto.randomUUID();
    const total = units.length;
    for (let done = 0; done < total; done += 20) {
      bus.emit({
        type: 'askProgressed',
        progress: { tenantId, askId, purpose, unitsDone: done, unitsTotal: total, questions: Math.ceil(total / 20) },
      });
      await pause(Math.max(60, 500 / Math.ceil(total / 20)), signal);
      for (const unit of units.slice(done, done + 20)) unit.headAskedAt = now();
      bus.emit({ type: 'pointsChanged', tenantId });
    }
    bus.emit({ type: 'askEnded', tenantId, askId });
    return { questions: Math.ceil(total / 20), unsettled: 0 };
  };
  const readinessOf = (tenantId: string, isLate: boolean): Readiness => ({
    tenantId,
    checkedAt: now(),
    items: [
      { check: 'signIn', result: 'ok' },
      { check: 'consentControl', result: 'ok', subject: 'BackupRestore-Control.Read.All' },
      { check: 'consentConfiguration', result: 'ok', subject: 'BackupRestore-Configuration.Read.All' },
      { check: 'consentSearch', result: 'ok', subject: 'BackupRestore-Search.Read.All' },
      { check: 'consentRestoreRead', result: 'ok', subject: 'BackupRestore-Restore.Read.All' },
      isLate
        ? {
            check: 'consentRestoreWrite',
            result: 'failed',
            fact: 'AADSTS65001',
            subject: 'BackupRestore-Restore.ReadWrite.All',
          }
        : { check: 'consentRestoreWrite', result: 'ok', subject: 'BackupRestore-Restore.ReadWrite.All' },
      isLate
        ? { check: 'role', result: 'warning', subject: 'Exchange Administrator' }
        : { check: 'role', result: 'ok' },
      isLate ? { check: 'controller', result: 'failed', fact: 'anotherApp' } : { check: 'controller', result: 'ok' },
      isLate
        ? { check: 'serviceStatus', result: 'notChecked' }
        : { check: 'serviceStatus', result: 'ok', fact: 'enabled' },
      { check: 'billing', result: 'ok' },
    ],
  });
  const artifactsOf = (session: RestoreSession): RestoreArtifact[] => {
    const units = tenantOf(session.tenantId)
      .units.filter(unit => unit.kind === (session.kind ?? 'site'))
      .slice(0, session.counts.total);
    const { failed, inProgress, waiting } = session.counts;
    return units.map((unit, index): RestoreArtifact => {
      const common = {
        id: `${session.id}-${index}`,
        unitId: unit.id,
        name: unit.name,
        kind: unit.kind,
        pointAt: now() - 3 * DAY,
        requestId: crypto.randomUUID(),
      };
      if (index < failed)
        return {
          ...common,
          status: 'failed',
          startedAt: now() - 2 * HOUR,
          endedAt: now() - HOUR,
          error: {
            code: 'ArtifactCannotBeRestored',
            message: 'The artifact cannot be restored in place: it is under a preservation lock.',
          },
        };
      if (index < failed + inProgress) return { ...common, status: 'inProgress', startedAt: now() - HOUR };
      if (index < failed + inProgress + waiting) return { ...common, status: 'scheduled' };
      return {
        ...common,
        status: 'succeeded',
        startedAt: now() - 2 * HOUR,
        endedAt: now() - HOUR,
        restoredTo: unit.address,
        restoredItemCount: 1204,
      };
    });
  };
  const sessionsOf = (tenantId: string): RestoreSession[] => {
    const { tenant, units } = tenantOf(tenantId);
    const one = (
      kind: FakeUnit['kind'],
      total: number,
      failed: number,
      succeeded: number,
      inProgress: number,
    ): RestoreSession => ({
      id: `session-${tenantId.slice(-2)}-${kind}`,
      tenantId,
      kind,
      status: 'active',
      jobType: 'standard',
      createdAt: now() - 2 * HOUR - 42 * MINUTE,
      createdBy: 'anna.lindqvist@northgate-it.eu',
      planName: 'Encryption event 20 Nov',
      ...(tenantId === runningPlan?.plan.tenantId ? { planId: runningPlan.plan.id } : {}),
      destination: 'inPlace',
      counts: { total, succeeded, failed, inProgress, waiting: total - succeeded - failed - inProgress },
      askedAt: now() - 12,
      nextAskAt: now() + 18,
    });
    const running =
      tenant.runningSessions === 0
        ? []
        : [one('drive', 120, 9, 78, 21), one('mailbox', 11, 0, 9, 2)].slice(0, tenant.runningSessions);
    const done: RestoreSession[] =
      units.length === 0
        ? []
        : [
            {
              ...one('site', 30, 0, 30, 0),
              id: `session-${tenantId.slice(-2)}-site`,
              status: 'completed',
              endedAt: now() - HOUR,
            },
          ];
    return [...running, ...done];
  };
  const outlookOf = (of: FakePlan): PlanOutlook => {
    const rows = of.units.map(unit => toPlanUnit(of, unit, now()));
    const losses = rows.flatMap(row => row.loss ?? []);
    const bounds = [10 * MINUTE, 30 * MINUTE, HOUR, 6 * HOUR, DAY, 7 * DAY, undefined];
    const sorted = losses.map(loss => loss.seconds).toSorted((a, b) => a - b);
    const uncertain = rows.filter(row => row.newest.is === 'atLeast' || row.newest.is === 'notAsked').length;
    return {
      plan: withCounts(of, now()),
      losses: bounds.map((upToSeconds, index) => {
        const from = bounds[index - 1] ?? 0;
        const inside = losses.filter(
          loss => loss.seconds > from && (upToSeconds === undefined || loss.seconds <= upToSeconds),
        );
        return {
          ...(upToSeconds === undefined ? {} : { upToSeconds }),
          units: inside.length,
          uncertain: inside.filter(loss => loss.upTo).length,
        };
      }),
      ...(sorted.length === 0
        ? {}
        : {
            loss: {
              minSeconds: sorted[0] ?? 0,
              medianSeconds: sorted[Math.floor(sorted.length / 2)] ?? 0,
              maxSeconds: sorted.at(-1) ?? 0,
            },
          }),
      fastMedianLossSeconds: 10 * HOUR + 34 * MINUTE,
      cost: { units: uncertain, questions: Math.ceil(uncertain / 20), certain: true },
      uncertain,
    };
  };
  const createPlan = (tenantId: string, ids: ReadonlySet<string>, name: string): FakePlan => {
    if (ids.size === 0) fail({ code: 'PLAN_EMPTY' });
    const plan: FakePlan = {
      units: tenantOf(tenantId).units.filter(unit => ids.has(unit.id)),
      choices: new Map(),
      settled: new Set(),
      plan: {
        id: crypto.randomUUID(),
        tenantId,
        name,
        status: 'draft',
        createdAt: now(),
        savedAt: now(),
        createdBy: ADA.username,
        preference: 'newest',
        units: 0,
        unitsByKind: { site: 0, drive: 0, mailbox: 0 },
        certainty: { exact: 0, asShown: 0, atLeast: 0, notAsked: 0, none: 0 },
        chosenByHand: 0,
        refused: 0,
        restorable: 0,
      },
    };
    plans.set(plan.plan.id, plan);
    return plan;
  };
  const first = world[0];
  /** The plan that the first tenant's sessions belong to. Another one of it waits to be sent. */
  const runningPlan = first === undefined ? undefined : createRunningPlan(first);
  function createRunningPlan({ tenant, units }: FakeTenant): FakePlan {
    const few = (kind: FakeUnit['kind'], count: number) => units.filter(unit => unit.kind === kind).slice(0, count);
    const ids = new Set([...few('site', 30), ...few('drive', 120), ...few('mailbox', 11)].map(unit => unit.id));
    createPlan(tenant.id, new Set(few('site', 4).map(unit => unit.id)), 'Board Portal and friends');
    const plan = createPlan(tenant.id, ids, 'Encryption event 20 Nov');
    plan.plan = {
      ...plan.plan,
      status: 'running',
      incidentAt: now() - 3 * DAY,
      timeZone: 'Europe/Helsinki',
      destination: 'inPlace',
      startedAt: now() - 2 * HOUR - 42 * MINUTE,
    };
    return plan;
  }
  const changePlan = (planId: string, part: Partial<FakePlan['plan']>) => {
    const of = planOf(planId);
    of.plan = { ...of.plan, ...part, savedAt: now() };
    bus.emit({ type: 'planChanged', tenantId: of.plan.tenantId, planId });
    return withCounts(of, now());
  };

  const os = implement(contract);
  const router = os.router({
    console: {
      state: os.console.state.handler(() => ({
        version: '0.1.0',
        profile: scene.profile,
        profilePath: '/home/anna/.config/Backstop/profiles/demo',
        clock: clock(),
        canSwitchProfile: scene.profile === 'own',
        remembersSignIn: scene.profile === 'own',
        notices: [],
      })),
      connectivity: os.console.connectivity.handler(() => connectivity),
      tryNow: os.console.tryNow.handler(async () => {
        await pause(600);
        connectivity = { state: 'online' };
        bus.emit({ type: 'connectivityChanged', connectivity });
        return connectivity;
      }),
      events: os.console.events.handler(({ signal }) => bus.follow(signal)),
      settings: os.console.settings.handler(() => settings),
      changeSettings: os.console.changeSettings.handler(({ input }) => {
        settings = {
          ...settings,
          ...(input.theme === undefined ? {} : { theme: input.theme }),
          ...(input.timeZone === undefined ? {} : { timeZone: input.timeZone }),
        };
        return settings;
      }),
      openDemo: os.console.openDemo.handler(() => window.location.assign('?profile=demo')),
      closeDemo: os.console.closeDemo.handler(() => fail({ code: 'NOT_IN_THIS_HOST' })),
    },
    account: {
      state: os.account.state.handler(() => account),
      signIn: os.account.signIn.handler(async ({ signal }) => {
        account = { state: 'signingIn' };
        try {
          await pause(1500, signal);
          account = ADA;
        } finally {
          if (account.state === 'signingIn') account = { state: 'signedOut' };
        }
        return account;
      }),
      signInToTenant: os.account.signInToTenant.handler(async ({ signal }) => {
        await pause(1500, signal);
        return account;
      }),
      signOut: os.account.signOut.handler(() => {
        account = { state: 'signedOut' };
        return account;
      }),
    },
    tenants: {
      list: os.tenants.list.handler(() => world.map(each => each.tenant)),
      listCustomers: os.tenants.listCustomers.handler(() => {
        needsNetwork();
        return [...world, ...others.filter(each => !world.includes(each))].map(({ tenant }) => ({
          tenantId: tenant.id,
          displayName: tenant.displayName,
          added: world.some(each => each.tenant.id === tenant.id),
        }));
      }),
      add: os.tenants.add.handler(async ({ input, signal }) => {
        needsNetwork();
        await pause(700, signal);
        const asked = input.domainOrId.toLowerCase();
        const found = [...world, ...others].find(({ tenant }) => tenant.id === asked || tenant.domain === asked);
        if (found === undefined)
          return fail({ code: 'TENANT_UNKNOWN', asked: input.domainOrId, requestId: crypto.randomUUID() });
        if (!world.includes(found)) world.push(found);
        const answer = readinessOf(found.tenant.id, found.tenant.controller.by === 'anotherApp');
        readiness.set(found.tenant.id, answer);
        bus.emit({ type: 'tenantsChanged' });
        return { tenant: found.tenant, readiness: answer };
      }),
      checkReadiness: os.tenants.checkReadiness.handler(async ({ input, signal }) => {
        needsNetwork();
        await pause(900, signal);
        const answer = readinessOf(input.tenantId, tenantOf(input.tenantId).tenant.controller.by !== 'ours');
        readiness.set(input.tenantId, answer);
        return answer;
      }),
      readiness: os.tenants.readiness.handler(({ input }) => {
        const { tenant } = tenantOf(input.tenantId);
        return (
          readiness.get(input.tenantId) ??
          (tenant.syncedAt === undefined ? null : readinessOf(input.tenantId, tenant.controller.by !== 'ours'))
        );
      }),
      overview: os.tenants.overview.handler(({ input }) => {
        const { tenant, units } = tenantOf(input.tenantId);
        const count = (test: (unit: FakeUnit) => boolean) => units.filter(test).length;
        const oldest = Math.min(
          ...units.filter(unit => unit.headAskedAt !== undefined).map(unit => unit.lastPointAt ?? Infinity),
        );
        return {
          tenant,
          clock: clock(),
          counts: {
            units: units.length,
            protected: count(unit => unit.status === 'protected' && unit.error === undefined),
            inError: count(unit => unit.error !== undefined),
            withoutPoint: count(unit => unit.headAskedAt !== undefined && unit.lastPointAt === undefined),
            notAsked: count(unit => unit.headAskedAt === undefined),
            sites: count(unit => unit.kind === 'site'),
            drives: count(unit => unit.kind === 'drive'),
            mailboxes: count(unit => unit.kind === 'mailbox'),
          },
          ...(Number.isFinite(oldest) ? { oldestNewest: { ageSeconds: now() - oldest, certain: false } } : {}),
        };
      }),
      setTimeZone: os.tenants.setTimeZone.handler(({ input }) => {
        const each = tenantOf(input.tenantId);
        each.tenant = { ...each.tenant, timeZone: input.timeZone };
        return each.tenant;
      }),
      forget: os.tenants.forget.handler(({ input }) => {
        const each = tenantOf(input.tenantId);
        if (each.tenant.displayName !== input.typedName)
          fail({ code: 'NAME_MISMATCH', expected: each.tenant.displayName });
        world.splice(world.indexOf(each), 1);
        bus.emit({ type: 'tenantsChanged' });
      }),
    },
    units: {
      list: os.units.list.handler(({ input }) => {
        const chosen = input.selectionId === undefined ? undefined : selectionOf(input.selectionId).ids;
        const found = matching(tenantOf(input.tenantId).units, input.filter).toSorted(compare(input.sort));
        const { offset, limit } = input.window;
        return {
          total: found.length,
          offset,
          rows: found.slice(offset, offset + limit).map(unit => toRow(unit, chosen)),
        };
      }),
      get: os.units.get.handler(({ input }): UnitDetail => {
        const unit = unitOf(input.tenantId, input.unitId);
        return {
          ...toRow(unit, undefined),
          sources: ['manual', 'dynamicRule'],
          protectedSinceAt: unit.protectedSinceAt,
          retention: [
            { interval: 'R/PT10M', period: 'P2W' },
            { interval: 'R/P1W', period: 'P1Y' },
          ],
        };
      }),
      openSelection: os.units.openSelection.handler(({ input }) => openSelection(input.tenantId)),
      changeSelection: os.units.changeSelection.handler(({ input }) => {
        const selection = selectionOf(input.selectionId);
        const { change } = input;
        const ids =
          'unitIds' in change
            ? change.unitIds
            : 'filter' in change
              ? matching(tenantOf(selection.tenantId).units, change.filter).map(unit => unit.id)
              : [];
        if (change.type === 'clear') selection.ids.clear();
        else if (change.type === 'add' || change.type === 'addMatching') for (const id of ids) selection.ids.add(id);
        else for (const id of ids) selection.ids.delete(id);
        return summaryOf(input.selectionId);
      }),
      selection: os.units.selection.handler(({ input }) => summaryOf(input.selectionId)),
    },
    sync: {
      syncTenant: os.sync.syncTenant.handler(async ({ input, signal }) => {
        needsNetwork();
        const each = tenantOf(input.tenantId);
        const answer = await askHeads(input.tenantId, each.units, 'heads', signal);
        each.tenant = { ...each.tenant, syncedAt: now() };
        bus.emit({ type: 'unitsChanged', tenantId: input.tenantId });
        return { units: each.units.length, questions: answer.questions };
      }),
      cost: os.sync.cost.handler(({ input }) => {
        const { wanted } = input;
        if (wanted.type === 'window')
          return {
            units: 1,
            questions: Math.max(1, Math.round((wanted.toAt - wanted.fromAt) / (50 * MINUTE))),
            certain: false,
          };
        const units = unitsMeant(input.tenantId, wanted.units).filter(
          unit => wanted.type === 'before' || unit.headAskedAt === undefined || now() - unit.headAskedAt > 10 * MINUTE,
        );
        return { units: units.length, questions: Math.ceil(units.length / 20) * (wanted.fast ? 2 : 1), certain: true };
      }),
      ask: os.sync.ask.handler(async ({ input, signal }) => {
        needsNetwork();
        const { wanted } = input;
        if (wanted.type === 'window') {
          await pause(500, signal);
          unitOf(input.tenantId, wanted.unitId).known.push({
            fromAt: wanted.fromAt,
            toAt: wanted.toAt,
            askedAt: now(),
          });
          bus.emit({ type: 'pointsChanged', tenantId: input.tenantId });
          return { questions: 3, unsettled: 0 };
        }
        return askHeads(
          input.tenantId,
          unitsMeant(input.tenantId, wanted.units),
          wanted.type === 'heads' ? 'heads' : 'incident',
          signal,
        );
      }),
    },
    restorePoints: {
      days: os.restorePoints.days.handler(({ input }) => {
        const unit = unitOf(input.tenantId, input.unitId);
        return input.bounds.slice(0, -1).map((fromAt, index) => {
          const toAt = input.bounds[index + 1] ?? fromAt;
          const spans = spansOf(unit, fromAt, toAt, now());
          const points = spans
            .filter(span => span.proven)
            .flatMap(span => pointsOf(unit, span.fromAt, span.toAt, now()));
          return {
            fromAt,
            toAt,
            points: points.length,
            fastPoints: points.filter(point => point.fast).length,
            unaskedSeconds: spans
              .filter(span => !span.proven)
              .reduce((sum, span) => sum + Math.max(0, Math.min(span.toAt, now()) - span.fromAt), 0),
            expiringPoints: 0,
          };
        });
      }),
      spans: os.restorePoints.spans.handler(({ input }) => {
        const unit = unitOf(input.tenantId, input.unitId);
        const spans = spansOf(unit, input.fromAt, input.toAt, now());
        const known = spans.filter(span => span.proven).flatMap(span => pointsOf(unit, span.fromAt, span.toAt, now()));
        return {
          spans: spans.map(span => {
            const points = span.proven ? pointsOf(unit, span.fromAt, span.toAt, now()) : [];
            return {
              fromAt: span.fromAt,
              toAt: span.toAt,
              state: span.proven ? ('proven' as const) : ('notAsked' as const),
              points: points.length,
              fastPoints: points.filter(point => point.fast).length,
              ...(span.proven
                ? { askedAt: unit.headAskedAt ?? now() }
                : { questions: Math.max(1, Math.round((span.toAt - span.fromAt) / (50 * MINUTE))) }),
            };
          }),
          points: known,
        };
      }),
      newestBefore: os.restorePoints.newestBefore.handler(({ input }) => {
        const unit = unitOf(input.tenantId, input.unitId);
        return {
          any: newestBefore(unit, input.incidentAt, now(), false, false),
          ...(unit.kind === 'mailbox' ? {} : { fast: newestBefore(unit, input.incidentAt, now(), true, false) }),
        };
      }),
    },
    plans: {
      list: os.plans.list.handler(({ input }) =>
        [...plans.values()]
          .filter(({ plan }) => input.tenantId === undefined || plan.tenantId === input.tenantId)
          .map(of => withCounts(of, now())),
      ),
      create: os.plans.create.handler(({ input }) =>
        withCounts(createPlan(input.tenantId, selectionOf(input.selectionId).ids, 'Restore of today'), now()),
      ),
      get: os.plans.get.handler(({ input }) => withCounts(planOf(input.planId), now())),
      rename: os.plans.rename.handler(({ input }) => changePlan(input.planId, { name: input.name })),
      remove: os.plans.remove.handler(({ input }) => {
        plans.delete(input.planId);
      }),
      setUnits: os.plans.setUnits.handler(({ input }) => {
        const of = planOf(input.planId);
        const { ids } = selectionOf(input.selectionId);
        of.units = tenantOf(of.plan.tenantId).units.filter(unit => ids.has(unit.id));
        return changePlan(input.planId, {});
      }),
      removeUnits: os.plans.removeUnits.handler(({ input }) => {
        const of = planOf(input.planId);
        of.units = of.units.filter(unit => !input.unitIds.includes(unit.id));
        return changePlan(input.planId, {});
      }),
      openSelection: os.plans.openSelection.handler(({ input }) => {
        const of = planOf(input.planId);
        return {
          selectionId: openSelection(
            of.plan.tenantId,
            of.units.map(unit => unit.id),
          ).id,
        };
      }),
      setIncident: os.plans.setIncident.handler(({ input }) => {
        if (input.incidentAt > now()) fail({ code: 'INCIDENT_IN_FUTURE', now: now() });
        changePlan(input.planId, {
          incidentAt: input.incidentAt,
          timeZone: input.timeZone,
          preference: input.preference,
        });
        return outlookOf(planOf(input.planId));
      }),
      outlook: os.plans.outlook.handler(({ input }) => outlookOf(planOf(input.planId))),
      listUnits: os.plans.listUnits.handler(({ input }) => {
        const of = planOf(input.planId);
        const rows = of.units
          .map(unit => toPlanUnit(of, unit, now()))
          .filter(row => input.only === undefined || row.newest.is === input.only);
        const { offset, limit } = input.window;
        return { total: rows.length, offset, rows: rows.slice(offset, offset + limit) };
      }),
      alternatives: os.plans.alternatives.handler(({ input }) => {
        const of = planOf(input.planId);
        const unit = unitOf(of.plan.tenantId, input.unitId);
        const incidentAt = of.plan.incidentAt ?? now();
        return pointsOf(unit, incidentAt - 14 * DAY, incidentAt, now())
          .toReversed()
          .slice(input.window.offset, input.window.offset + input.window.limit);
      }),
      choosePoint: os.plans.choosePoint.handler(({ input }) => {
        const of = planOf(input.planId);
        const unit = unitOf(of.plan.tenantId, input.unitId);
        const { choice } = input;
        of.choices.delete(unit.id);
        const row = toPlanUnit(of, unit, now());
        const points = pointsOf(unit, 0, of.plan.incidentAt ?? now(), now());
        const chosen =
          choice.type === 'point'
            ? points.find(point => point.id === choice.restorePointId)
            : choice.type === 'fast' && row.fast !== undefined && 'point' in row.fast
              ? row.fast.point
              : undefined;
        if (choice.type !== 'rule' && (chosen === undefined || chosen === null))
          fail({ code: 'POINT_UNKNOWN', unitId: unit.id });
        if (chosen !== undefined && chosen !== null) of.choices.set(unit.id, chosen);
        bus.emit({ type: 'planChanged', tenantId: of.plan.tenantId, planId: input.planId });
        return toPlanUnit(of, unit, now());
      }),
      makeCertain: os.plans.makeCertain.handler(async ({ input, signal }) => {
        needsNetwork();
        const of = planOf(input.planId);
        await askHeads(of.plan.tenantId, of.units, 'incident', signal);
        for (const unit of of.units) of.settled.add(unit.id);
        return outlookOf(of);
      }),
      setDestination: os.plans.setDestination.handler(({ input }) =>
        changePlan(input.planId, { destination: input.destination }),
      ),
      review: os.plans.review.handler(({ input }) => {
        const of = planOf(input.planId);
        const { tenant } = tenantOf(of.plan.tenantId);
        const plan = withCounts(of, now());
        const uncertain = plan.certainty.atLeast + plan.certainty.notAsked;
        return {
          plan,
          tenantName: tenant.displayName,
          checkedAt: now(),
          findings: [
            ...(connectivity.state === 'offline' ? [{ code: 'OFFLINE', severity: 'stop' } as const] : []),
            ...(plan.unitsByKind.site + plan.unitsByKind.drive === 0
              ? []
              : [
                  {
                    code: 'USERS_CAN_EDIT',
                    severity: 'warning',
                    sites: plan.unitsByKind.site,
                    drives: plan.unitsByKind.drive,
                  } as const,
                ]),
            ...(uncertain === 0 ? [] : [{ code: 'UNITS_UNCERTAIN', severity: 'warning', units: uncertain } as const]),
            { code: 'HOLDS_UNSEEN', severity: 'note' } as const,
            {
              code: 'NO_OTHER_SESSION',
              severity: 'ok',
              checkedAt: now(),
              activeSessions: tenant.runningSessions,
            } as const,
          ],
          perKind: (['site', 'drive', 'mailbox'] as const).flatMap(kind => {
            const rows = of.units.filter(unit => unit.kind === kind).map(unit => toPlanUnit(of, unit, now()));
            const losses = rows.flatMap(row => row.loss?.seconds ?? []).toSorted((a, b) => a - b);
            return rows.length === 0
              ? []
              : [
                  {
                    kind,
                    units: rows.length,
                    restorable: losses.length,
                    ...(losses.length === 0
                      ? {}
                      : {
                          loss: {
                            medianSeconds: losses[Math.floor(losses.length / 2)] ?? 0,
                            maxSeconds: losses.at(-1) ?? 0,
                            upTo: uncertain > 0,
                          },
                        }),
                    estimate: { lowSeconds: HOUR, likelySeconds: 2 * HOUR, highSeconds: 4 * HOUR },
                  },
                ];
          }),
          sessions: (['site', 'drive', 'mailbox'] as const).filter(kind => plan.unitsByKind[kind] > 0).length,
          requests: 9,
          activeSessions: tenant.runningSessions,
        };
      }),
      start: os.plans.start.handler(({ input }) => {
        const of = planOf(input.planId);
        const { tenant } = tenantOf(of.plan.tenantId);
        if (of.plan.destination === undefined) fail({ code: 'PLAN_INCOMPLETE', missing: 'destination' });
        if (of.plan.destination === 'inPlace' && input.typedName !== tenant.displayName)
          fail({ code: 'NAME_MISMATCH', expected: tenant.displayName });
        needsNetwork();
        return changePlan(input.planId, { status: 'running', startedAt: now() });
      }),
      cancelStart: os.plans.cancelStart.handler(({ input }) => changePlan(input.planId, { status: 'draft' })),
      retryFailed: os.plans.retryFailed.handler(({ input }) => {
        const of = planOf(input.planId);
        const ids = of.units.slice(0, 9).map(unit => unit.id);
        return withCounts(createPlan(of.plan.tenantId, new Set(ids), `${of.plan.name}, failed again`), now());
      }),
    },
    sessions: {
      list: os.sessions.list.handler(({ input }) => sessionsOf(input.tenantId)),
      refresh: os.sessions.refresh.handler(({ input }) => {
        needsNetwork();
        return sessionsOf(input.tenantId);
      }),
      get: os.sessions.get.handler(
        ({ input }) =>
          sessionsOf(input.tenantId).find(session => session.id === input.sessionId) ??
          fail({ code: 'SESSION_NOT_FOUND', sessionId: input.sessionId }),
      ),
      listArtifacts: os.sessions.listArtifacts.handler(({ input }) => {
        const session =
          sessionsOf(input.tenantId).find(each => each.id === input.sessionId) ??
          fail({ code: 'SESSION_NOT_FOUND', sessionId: input.sessionId });
        const rows = artifactsOf(session).filter(
          artifact =>
            input.only === undefined ||
            (input.only === 'waiting' ? artifact.status === 'scheduled' : artifact.status === input.only),
        );
        const { offset, limit } = input.window;
        return { total: rows.length, offset, rows: rows.slice(offset, offset + limit) };
      }),
      report: os.sessions.report.handler(async function* report() {
        yield { fileName: 'report.html', text: '<!doctype html><title>Report</title>' };
      }),
    },
  });
  return createRouterClient(router, {
    interceptors: [
      async call => {
        const name = call.path.join('.');
        if (scene.slowMillis > 0 && name !== 'console.events') await pause(scene.slowMillis);
        if (name === scene.fail)
          fail({
            code: 'GRAPH_REFUSED',
            status: 403,
            graphCode: 'AccessDenied',
            message: 'The caller does not have the role that this request needs.',
            requestId: '5d0c7f1e-22b4-4c0e-9f67-1b8e6d40a93b',
          });
        return call.next();
      },
    ],
  });
}

/** The stretches of a window, asked and not asked, in order and without gaps. */
function spansOf(
  unit: FakeUnit,
  fromAt: number,
  toAt: number,
  now: number,
): { fromAt: number; toAt: number; proven: boolean }[] {
  const end = Math.min(toAt, now);
  const known = unit.known
    .map(each => ({ fromAt: Math.max(fromAt, each.fromAt), toAt: Math.min(end, each.toAt) }))
    .filter(each => each.toAt > each.fromAt)
    .toSorted((a, b) => a.fromAt - b.fromAt);
  const spans: { fromAt: number; toAt: number; proven: boolean }[] = [];
  let at = fromAt;
  for (const each of known) {
    if (each.fromAt > at) spans.push({ fromAt: at, toAt: each.fromAt, proven: false });
    if (each.toAt > at) spans.push({ fromAt: Math.max(at, each.fromAt), toAt: each.toAt, proven: true });
    at = Math.max(at, each.toAt);
  }
  if (at < end) spans.push({ fromAt: at, toAt: end, proven: false });
  return spans;
}

import type { Tenant } from '../../shared/contract/tenants.ts';
import type { HeadCertainty, Point } from '../../shared/contract/certainty.ts';
import type { UnitKind } from '../../shared/domain/protection-unit.ts';
import { DAY, HOUR, MINUTE, WEEK } from '../../shared/domain/time.ts';
import type { UtcSeconds } from '../../shared/domain/time.ts';

/** A unit of the made-up world, with the whole truth about its points and what has been asked so far. */
export interface FakeUnit {
  readonly id: string;
  readonly kind: UnitKind;
  readonly name: string;
  readonly address: string;
  readonly status: string;
  readonly error?: { code: string; message: string };
  readonly protectedSinceAt: UtcSeconds;
  /** Ten-minute points end here where the unit fell behind. */
  readonly lastPointAt: UtcSeconds | undefined;
  /** Minutes past the hour at which its points lie. */
  readonly phase: number;
  headAskedAt: UtcSeconds | undefined;
  /** The newest points as of the asking, kept: a table reads them over and over. */
  heads?: { askedAt: UtcSeconds; any: Point | undefined; fast: Point | undefined };
  /** Stretches that the service has answered for. */
  known: { fromAt: UtcSeconds; toAt: UtcSeconds; askedAt: UtcSeconds }[];
}

const sites = [
  'Finance & Controlling – Month-end close 2026',
  'Projekti Kalasatama – Suunnitteluaineisto',
  'Intranet (vanha), arkistoitu 2024',
  'Group Legal – Contracts under NDA, Nordics',
  'Board Portal',
  'HR – Työsuhdeasiat ja palkanlaskenta',
  'Engineering Wiki',
  'Kundservice Sverige – Ärendehantering och mallar för återkoppling till kunder',
  'Réclamations clients, Région Romande',
  '京都研究所 – 設計資料',
  'Quality Management (ISO 9001:2015), audits and corrective actions of all plants',
  'Vertrieb DACH – Angebote & Preislisten',
];
const people = [
  'Marja-Liisa Korhonen-Väisänen',
  'Ada Berg',
  'Sofia Nyqvist',
  'Bartholomew Featherstonehaugh-Cholmondeley',
  'Ilkka Savolainen-Brandt',
  'Jean-Baptiste Oyelaran-Lindström',
  'Hanna Lehtimäki-Sandström',
  'Христина Левченко',
  '渡辺 健太郎',
  'Mikko-Petteri Saarinen',
  'Elisabet Grönroos-Virtanen',
  'Þórunn Guðmundsdóttir',
  'Legal Discovery, shared account',
  'Vaasa Warehouse Handhelds, shared account',
  'Tampere Reception Desk',
];

const slug = (name: string) =>
  name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');

/** A number that looks random and is the same at each start. */
export function scatter(seed: number): number {
  const value = Math.sin(seed * 12.9898) * 43758.5453;
  return value - Math.floor(value);
}

const at = <T>(list: readonly T[], index: number): T => {
  const item = list[index % list.length];
  if (item === undefined) throw new Error('the list is empty');
  return item;
};

function makeUnit(kind: UnitKind, index: number, now: UtcSeconds, domain: string): FakeUnit {
  const base = kind === 'site' ? at(sites, index) : at(people, index);
  const round = Math.floor(index / (kind === 'site' ? sites.length : people.length));
  const name = round === 0 ? base : `${base} ${round + 1}`;
  const dice = scatter(index * 3 + kind.length);
  const isBroken = index < 2;
  const hasNoPoint = index === 1 && kind !== 'drive';
  const isBehind = index === 3 && kind === 'drive';
  const notAsked = dice > 0.968;
  const phase = Math.floor(dice * 10);
  const askedAt = notAsked ? undefined : now - Math.floor(120 + dice * 90);
  const today = now - (now % DAY);
  return {
    id: `${kind}-${index}`,
    kind,
    name: kind === 'mailbox' && index % 7 === 3 ? `invoices-inbound-${index}@${domain}` : name,
    address:
      kind === 'site'
        ? `https://${slug(domain.split('.')[0] ?? '')}.sharepoint.com/sites/${slug(name) || `site-${index}`}`
        : `${slug(name) || `user-${index}`}@${domain}`,
    status: index === 2 && kind === 'site' ? 'protectRequested' : 'protected',
    ...(isBroken || isBehind
      ? {
          error: {
            code: 'SiteInReadOnlyMode',
            message: 'The backup of this unit failed: the site is in read-only mode.',
          },
        }
      : {}),
    protectedSinceAt: now - 240 * DAY - Math.floor(dice * 40) * DAY,
    lastPointAt:
      hasNoPoint || (index === 2 && kind === 'site')
        ? undefined
        : isBehind
          ? now - 62 * HOUR
          : now - Math.floor((2 + dice * 8) * MINUTE),
    phase,
    headAskedAt: askedAt,
    known:
      askedAt === undefined
        ? []
        : [
            { fromAt: today - 13 * DAY, toAt: today - 11 * DAY - 6 * HOUR, askedAt },
            { fromAt: today - 9 * DAY + 7 * HOUR, toAt: today - 8 * DAY + 2 * HOUR, askedAt: now - 2 * DAY },
            { fromAt: today - 7 * DAY, toAt: today - 5 * DAY, askedAt: now - DAY },
            { fromAt: today - 3 * DAY + 1 * HOUR, toAt: today - 3 * DAY + 4 * HOUR, askedAt: now - DAY },
            {
              fromAt: today - 3 * DAY + 12 * HOUR + 3 * MINUTE,
              toAt: today - 3 * DAY + 14 * HOUR + 26 * MINUTE,
              askedAt: now - 8 * MINUTE,
            },
            { fromAt: today - 240 * DAY, toAt: today - 30 * DAY, askedAt: now - 3 * DAY },
            { fromAt: now - 40 * MINUTE, toAt: askedAt, askedAt },
          ],
  };
}

/** All points of a unit in a stretch: ten-minute for two weeks, weekly before, a fast one each night. Mailboxes: ten-minute throughout. */
export function pointsOf(unit: FakeUnit, fromAt: UtcSeconds, toAt: UtcSeconds, now: UtcSeconds): Point[] {
  const last = unit.lastPointAt;
  if (last === undefined) return [];
  const points: Point[] = [];
  const step = 10 * MINUTE;
  const dense = unit.kind === 'mailbox' ? unit.protectedSinceAt : now - 14 * DAY;
  const first = Math.max(fromAt, dense, unit.protectedSinceAt);
  for (let time = first - (first % step) + unit.phase * MINUTE; time < Math.min(toAt, last + 1); time += step) {
    if (time < first) continue;
    // Bursts and gaps: the service does not keep to its cadence.
    if (scatter(time) < 0.06) continue;
    const fast =
      unit.kind !== 'mailbox' && Math.floor((time % DAY) / step) === 15 && scatter(Math.floor(time / DAY)) > 0.4;
    points.push({ id: `${unit.id}@${time}`, at: time, expiresAt: time + 14 * DAY, fast });
  }
  if (unit.kind !== 'mailbox') {
    const start = Math.max(fromAt, unit.protectedSinceAt);
    for (let time = start - (start % WEEK) + 3 * DAY + unit.phase * MINUTE; time < Math.min(toAt, dense); time += WEEK)
      if (time >= start)
        points.push({ id: `${unit.id}@${time}`, at: time, expiresAt: time + 365 * DAY, fast: scatter(time) > 0.3 });
  }
  return points.toSorted((a, b) => a.at - b.at);
}

/** The newest point as main would claim it: shown while the answer is younger than a cadence, then "or newer". */
export function headOf(unit: FakeUnit, now: UtcSeconds, fastOnly = false): HeadCertainty {
  const askedAt = unit.headAskedAt;
  if (askedAt === undefined) return { is: 'notAsked' };
  const fresh = now - askedAt < 10 * MINUTE;
  if (unit.heads?.askedAt !== askedAt) {
    const points = pointsOf(unit, askedAt - 4 * DAY, askedAt, now);
    unit.heads = { askedAt, any: points.at(-1), fast: points.findLast(each => each.fast) };
  }
  const point = fastOnly ? unit.heads.fast : unit.heads.any;
  if (point === undefined) return { is: 'noneShown', askedAt, fresh };
  return fresh && !(unit.id === 'drive-3') ? { is: 'shown', point, askedAt } : { is: 'orNewer', point, askedAt };
}

export interface FakeTenant {
  tenant: Tenant;
  readonly units: FakeUnit[];
}

const guid = (number: number) => `7b1c1c1e-0000-4000-8000-${String(number).padStart(12, '0')}`;

type TenantFacts = Pick<Tenant, 'displayName' | 'domain' | 'controller'> & {
  counts: [number, number, number];
  change?: Partial<Tenant>;
  isNew?: boolean;
};

/** Tenants in every state that the console tells apart. */
export function makeTenants(now: UtcSeconds): FakeTenant[] {
  const ours = { by: 'ours' } as const;
  const facts: TenantFacts[] = [
    {
      displayName: 'Contoso Nordics Oy',
      domain: 'contoso-nordics.fi',
      controller: ours,
      counts: [318, 482, 484],
      change: { runningSessions: 2, timeZone: 'Europe/Helsinki' },
    },
    {
      displayName: 'Litware Precision Instruments GmbH',
      domain: 'litware-precision.de',
      controller: ours,
      counts: [120, 250, 242],
      change: {
        timeZone: 'Europe/Berlin',
        service: {
          status: 'restoreLocked',
          disableReason: 'invalidBillingProfile',
          gracePeriodUntilAt: now + 18 * DAY,
          askedAt: now - 180,
        },
      },
    },
    {
      displayName: 'Woodgrove Wealth Partners LLP',
      domain: 'woodgrovewealth.co.uk',
      controller: ours,
      counts: [101, 150, 150],
      change: { syncedAt: now - 36 * HOUR },
    },
    {
      displayName: 'Lamna Healthcare, Région Romande',
      domain: 'lamna-sante.ch',
      controller: { by: 'leaving', untilAt: now + 9 * DAY },
      counts: [960, 1500, 1511],
    },
    {
      displayName: 'City Power & Light, Municipal Utilities of the Greater Metropolitan Area',
      domain: 'citypower.eu',
      controller: ours,
      counts: [144, 300, 300],
      change: {
        service: {
          status: 'protectionChangeLocked',
          disableReason: 'userRequested',
          gracePeriodUntilAt: now + 7 * DAY,
          askedAt: now - 300,
        },
      },
    },
    {
      displayName: 'Tailspin Toys (Europe) AB',
      domain: 'tailspintoys.se',
      controller: { by: 'pending', fromAt: now + 5 * DAY },
      counts: [100, 210, 213],
    },
    {
      displayName: 'Humongous Insurance Versicherung',
      domain: 'humongous-insurance.at',
      controller: { by: 'anotherApp' },
      counts: [0, 0, 0],
    },
    {
      displayName: 'School of Fine Art, Fondation',
      domain: 'schooloffineart.be',
      controller: { by: 'microsoft' },
      counts: [0, 0, 0],
    },
    {
      displayName: 'Northwind Traders Ltd',
      domain: 'northwindtraders.com',
      controller: ours,
      counts: [451, 800, 800],
      change: { runningSessions: 1 },
    },
    {
      displayName: '京都商会株式会社',
      domain: 'kyoto-shokai.example',
      controller: ours,
      counts: [40, 61, 62],
      change: { timeZone: 'Asia/Tokyo' },
    },
    {
      displayName: 'Proseware Media & Publishing BV',
      domain: 'proseware.nl',
      controller: { by: 'unknown' },
      counts: [0, 0, 0],
      isNew: true,
    },
  ];
  return facts.map(({ displayName, domain, controller, counts, change, isNew }, index) => {
    const [siteCount, driveCount, mailboxCount] = counts;
    const units = [
      ...Array.from({ length: siteCount }, (_, each) => makeUnit('site', each, now, domain)),
      ...Array.from({ length: driveCount }, (_, each) => makeUnit('drive', each, now, domain)),
      ...Array.from({ length: mailboxCount }, (_, each) => makeUnit('mailbox', each, now, domain)),
    ];
    return {
      units,
      tenant: {
        id: guid(index + 1),
        displayName,
        domain,
        colour: index % 8,
        addedAt: now - 100 * DAY,
        ...(isNew === true
          ? {}
          : { syncedAt: now - 120 - index * 60, service: { status: 'enabled', askedAt: now - 120 } }),
        controller,
        protectedUnits: units.filter(unit => unit.status === 'protected' && unit.error === undefined).length,
        units: units.length,
        runningSessions: 0,
        ...change,
      },
    };
  });
}

import type { Host } from '../main/host.ts';
import { memorySecrets } from '../main/secrets/index.ts';
import { startServices } from '../main/services.ts';
import type { Figures } from './figures.ts';
import { NOW } from './sample-profile.ts';
import type { Sample } from './sample-profile.ts';
import { median, timed } from './timing.ts';

const RUNS = 7;

/** A console on the profile, without a network, that does nothing by itself. */
const hostOn = (profile: string): Host => ({
  secrets: memorySecrets(),
  openUrl: async () => undefined,
  fetch: async () => {
    throw new TypeError('the bench has no network');
  },
  notify: async () => ({ outcome: 'unsupported' }),
  paths: { profile, catalogWorker: new URL('../main/catalog/worker/main.ts', import.meta.url) },
  now: () => NOW,
  log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  cloud: {
    clientId: '2f1f6a4e-6d5f-4d3c-8a51-0f3c1f6f7a01',
    graphOrigin: 'https://graph.microsoft.com',
    loginOrigin: 'https://login.microsoftonline.com',
  },
  backgroundSync: false,
});

/** What home asks main for before it shows anything: every tenant with the facts of its state, as the services answer it. */
export async function benchHome(sample: Sample, figures: Figures): Promise<void> {
  const services = await startServices(hostOn(sample.profile));
  try {
    const look = async (): Promise<void> => {
      const rows = await services.tenants.atHome();
      const units = rows.reduce((sum, { tenant }) => sum + tenant.units, 0);
      const counted = rows.flatMap(({ kinds }) => kinds).reduce((sum, kind) => sum + kind.units, 0);
      if (units !== sample.units || counted !== sample.units)
        throw new Error(`Home counts ${units} and ${counted} units, not ${sample.units}`);
    };
    const times: number[] = [];
    for (let run = 0; run < RUNS; run += 1) times.push(await timed(look));
    figures.add(
      `home_${sample.tenants}_tenants_ms`,
      median(times.slice(1)),
      `tenants.atHome of ${sample.tenants} tenants with ${sample.units} units, alike in size, as the services answer it`,
    );
    figures.add(`home_first_ms`, times[0] ?? 0, 'the same for the first time after the console was opened');
  } finally {
    await services.stop();
  }
}

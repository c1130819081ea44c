import { AppFailure } from '../../shared/contract/errors.ts';
import type { Services } from '../services.ts';
import { bridge } from './implementing.ts';

const { console: procedures } = bridge;

export const consoleHandlers = ({ host, background, connectivity, events, settings, consoleState }: Services) => {
  const switchTo = async (profile: 'demo' | 'own'): Promise<void> => {
    if (host.switchProfile === undefined) throw new AppFailure({ code: 'NOT_IN_THIS_HOST' });
    await host.switchProfile(profile);
  };
  return {
    state: procedures.state.handler(() => consoleState()),
    connectivity: procedures.connectivity.handler(() => connectivity.state()),
    tryNow: procedures.tryNow.handler(() => connectivity.tryNow()),
    events: procedures.events.handler(({ signal }) => events.subscribe(signal)),
    settings: procedures.settings.handler(() => settings.get()),
    changeSettings: procedures.changeSettings.handler(async ({ input }) => {
      const changed = await settings.change(input);
      if (input.background !== undefined) background.settingsChanged();
      return changed;
    }),
    openDemo: procedures.openDemo.handler(() => switchTo('demo')),
    closeDemo: procedures.closeDemo.handler(() => switchTo('own')),
  };
};

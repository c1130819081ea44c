import { expect } from '@playwright/test';
import type { Emulator } from '../harness/emulator.ts';
import type { Look } from './every-view.ts';
import type { Journey } from './journey.ts';
import { toService } from './service.ts';

/** Through the tab "Service": controlled by Backstop, by Microsoft's own tool, waiting, locked for its billing; and each kind of dialog. */
export async function throughService(journey: Journey, emulator: Emulator, look: Look): Promise<void> {
  const { id: tenantId, displayName } = emulator.customer();
  const service = await toService(journey, displayName);
  await expect(service.app('Backstop')).toContainText('In control');
  await look('service');
  await service.command('Unregister…').click();
  await expect(service.effects).toBeVisible();
  await look('service-unregister');
  await service.cancel();
  await service.command('Enable again…').click();
  await expect(service.ownerField).toBeVisible();
  await look('service-owner');
  await service.cancel();

  await emulator.change(tenantId, { controller: 'firstParty' });
  await service.readNow();
  await service.command('Take control…').click();
  await expect(service.dateField).toBeVisible();
  await look('service-day');
  await service.preview();
  await service.typeName(displayName);
  await look('service-takeover');
  await service.send('Take control');
  await look('service-sent');
  await service.close();
  await expect(service.step('Take control')).toContainText('Waiting');
  await look('service-pending');

  await emulator.change(tenantId, { controller: 'self', billing: 'invalid' });
  await service.readNow();
  await expect(service.card('How it stands')).toContainText('Protection changes locked');
  await look('service-locked');
}

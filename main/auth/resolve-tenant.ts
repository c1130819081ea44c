import { domainToASCII } from 'node:url';
import { z } from 'zod';
import type { Cloud } from '../host.ts';
import { findKindOf } from './aadsts-numbers.ts';
import { NetworkFailure, type EntraNetwork } from './entra-network.ts';
import { SignInError } from './sign-in-problem.ts';
import { toTenantId } from './tenant-id.ts';

const DOMAIN = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/;
const Found = z.looseObject({ issuer: z.string() });
const Refused = z.looseObject({ error: z.string(), error_codes: z.array(z.number()).optional() });
const Metadata = z.looseObject({ token_endpoint: z.string().includes('{tenant}') });

/**
 * The tenant of a domain, as its OpenID configuration document names it.
 *
 * @param domainOrId a verified domain of the tenant, or its GUID, which is looked up all the same
 * @returns the GUID in lower case
 * @throws SignInError `unknownTenant` (also for a text that is neither), `offline`, `unavailable`, `cancelled`
 */
export async function resolveTenant(
  domainOrId: string,
  cloud: Cloud,
  network: EntraNetwork,
  signal?: AbortSignal,
): Promise<string> {
  const name = toTenantId(domainOrId) ?? toDomain(domainOrId);
  if (name === undefined) throw new SignInError({ kind: 'unknownTenant', asked: domainOrId.trim() });
  const { status, body } = await getConfiguration(toConfigurationUrl(name, cloud), network, signal);
  if (status !== 200) {
    const refused = Refused.safeParse(body);
    const errorNo = refused.data?.error_codes?.[0];
    const isUnknown =
      refused.data?.error === 'invalid_tenant' || (errorNo !== undefined && findKindOf(errorNo) === 'unknownTenant');
    const numbered = errorNo === undefined ? {} : { errorNo };
    throw new SignInError(
      isUnknown ? { ...numbered, kind: 'unknownTenant', asked: name } : { ...numbered, kind: 'unavailable', status },
    );
  }
  const found = Found.safeParse(body);
  const tenantId = found.success ? toIssuerTenant(found.data.issuer) : undefined;
  if (tenantId === undefined || (toTenantId(name) !== undefined && tenantId !== name)) {
    throw new SignInError({ kind: 'unexpected', code: 'issuer_without_the_tenant' });
  }
  return tenantId;
}

async function getConfiguration(url: URL, network: EntraNetwork, signal: AbortSignal | undefined) {
  try {
    return await network.getJson(url, signal);
  } catch (error) {
    if (!(error instanceof NetworkFailure)) throw error;
    if (error.reason === 'notFromEntra') throw new SignInError({ kind: 'unavailable', status: error.status });
    throw new SignInError({ kind: error.reason === 'aborted' ? 'cancelled' : 'offline' });
  }
}

/** Beside the token endpoint: the demo's stands elsewhere than the sign-in authority, whose name it keeps. */
function toConfigurationUrl(tenant: string, cloud: Cloud): URL {
  const document = `${tenant}/v2.0/.well-known/openid-configuration`;
  if (cloud.authorityMetadata === undefined) return new URL(`/${document}`, cloud.loginOrigin);
  const { token_endpoint: endpoint } = Metadata.parse(JSON.parse(cloud.authorityMetadata));
  return new URL(endpoint.slice(0, endpoint.indexOf('{tenant}')) + document);
}

function toDomain(text: string): string | undefined {
  const name = text.trim().replace(/\.$/, '').toLowerCase();
  // Else it would quietly take the host out of an address, and ask for another domain than was typed.
  if (/[/\\?#:@%\s]/.test(name)) return undefined;
  const domain = domainToASCII(name);
  return DOMAIN.test(domain) ? domain : undefined;
}

function toIssuerTenant(issuer: string): string | undefined {
  if (!URL.canParse(issuer)) return undefined;
  return toTenantId(new URL(issuer).pathname.split('/')[1] ?? '');
}

/** Bulk addition jobs at work: addresses are resolved, and taken into the policy. */
import type { ErrorDetail, JobRecord } from '../state/records.ts';
import { addToPolicy, noRoom, roomIn } from './unit-work.ts';
import type { Workplace } from './unit-work.ts';

const missing = ({ kind }: JobRecord, name: string): ErrorDetail =>
  kind === 'site'
    ? { code: 'SiteUrlNotFound', message: `Site Url '${name}' could not be resolved`, target: name }
    : { code: 'EmailNotFound', message: `Email address '${name}' not found in directory`, target: name };

export const settleJob = (place: Workplace, id: string): void => {
  const { tenant, now } = place;
  const job = tenant.jobs.find(id);
  if (job === undefined || job.status !== 'active') return;
  const policy = tenant.policies.find(job.policyId);
  const details: ErrorDetail[] = [];
  const room = policy === undefined ? 0 : roomIn(place, policy);
  let taken = 0;
  for (const name of [...job.addresses, ...job.ids]) {
    const resource = tenant.resources.find(job.kind, name);
    if (resource === undefined || policy === undefined) details.push(missing(job, name));
    else if (taken >= room) details.push({ ...noRoom, target: name });
    else if ('added' in addToPolicy(place, policy, resource.id)) taken += 1;
  }
  const error = {
    code: 'ProtectionResourcesNotFound',
    message: 'Errors while resolving protection resources',
    details,
  };
  tenant.jobs.put({
    ...job,
    lastModifiedAt: now,
    status: details.length === 0 ? 'completed' : 'completedWithErrors',
    ...(details.length === 0 ? {} : { error }),
  });
};

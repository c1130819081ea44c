import { oc } from '@orpc/contract';
import { AppError } from './errors.ts';

/**
 * The start of every procedure. Its one typed error carries an `AppError`; whatever else goes wrong on the way (a closed
 * port, a dead worker) is turned into one by the client, so that a caller meets nothing but `AppError`.
 */
export const procedure = oc.errors({ APP_ERROR: { data: AppError } });

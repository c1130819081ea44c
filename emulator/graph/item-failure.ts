/** A failure of one item inside a delta's answer of 200. */
import type { GraphContext } from './exchange.ts';
import type { JsonObject } from './request-body.ts';

export interface ItemFailure {
  readonly id: string;
  readonly code: string;
  readonly message: string;
  readonly failedOperation: 'add' | 'remove';
}

export const itemFailure = (context: GraphContext, failure: ItemFailure, echo: JsonObject = {}): JsonObject => ({
  '@contentId': context.world.newId(),
  '@Core.DataModificationException': {
    info: { code: failure.code, message: failure.message },
    failedOperation: failure.failedOperation,
    responseCode: 409,
  },
  id: failure.id,
  ...echo,
});

/** What may be asked of a thing in which of its states, and with what an illegal wish is refused. */

/** A refusal by status and code: a documented one where there is one (see `metadata/documented-errors.json`). */
export interface StateRefusal {
  readonly status: number;
  readonly code: string;
}

export interface Move {
  /** Allowed in these states; in none where the list is empty. */
  readonly from: readonly string[];
  readonly refused: StateRefusal;
  /** States that are refused in another way. */
  readonly refusedIn?: Readonly<Record<string, StateRefusal>>;
}

/** What a move is refused with in this state; undefined where it is allowed. States put in place by hand may be any. */
export const refusalFrom = (move: Move, state: string): StateRefusal | undefined => {
  if (move.from.includes(state)) return undefined;
  const { refusedIn = {} } = move;
  return Object.hasOwn(refusedIn, state) ? refusedIn[state] : move.refused;
};

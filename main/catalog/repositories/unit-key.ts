/** The cache's own number of a unit; it stays the same for as long as the tenant is not forgotten. */
export type UnitKey = number;

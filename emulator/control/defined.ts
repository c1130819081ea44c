/** Leaves out the properties that are undefined, as `exactOptionalPropertyTypes` asks. */
export const defined = <T extends object>(values: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };

/** The same where nothing need be there: a change that names some properties. */
export const given = <T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } => defined(values);

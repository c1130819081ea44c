/** A limit of questions in a window of real time, for each application in each tenant. */

/** Whose questions are counted together. */
interface ThrottledCaller {
  readonly tenantId: string;
  readonly applicationId: string;
}

export interface Throttle {
  /** Real seconds to wait before this question may be asked again; undefined when it may be asked now, which it then was. */
  refuse(caller: ThrottledCaller, limit: { readonly questions: number; readonly seconds: number }): number | undefined;
}

/** @param now real milliseconds */
export const createThrottle = (now: () => number = () => performance.now()): Throttle => {
  const asked = new Map<string, number[]>();
  return {
    refuse: ({ tenantId, applicationId }, { questions, seconds }) => {
      const key = `${tenantId} ${applicationId}`;
      const from = now() - seconds * 1000;
      const recent = (asked.get(key) ?? []).filter(at => at > from);
      asked.set(key, recent);
      const oldest = recent[0];
      if (recent.length < questions || oldest === undefined) {
        if (questions > 0) {
          recent.push(now());
          return undefined;
        }
        return Math.ceil(seconds);
      }
      return Math.max(1, Math.ceil((oldest + seconds * 1000 - now()) / 1000));
    },
  };
};

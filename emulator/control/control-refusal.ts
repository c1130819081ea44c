/** What the control interface refuses, with a sentence that says why. */
export class ControlRefusal extends Error {
  readonly status: 400 | 404;

  constructor(status: 400 | 404, message: string) {
    super(message);
    this.status = status;
  }
}

/** 400, for use where a value is expected. */
export const refuse = (message: string): never => {
  throw new ControlRefusal(400, message);
};

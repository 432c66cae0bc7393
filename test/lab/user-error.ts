// Belongs here: errors that the person at the keyboard can do something about.

/** Its message is all that the person reads, and it says what to do. Anything else that is thrown is a bug. */
export class UserError extends Error {
  /** 1: something is missing on this machine; 2: the command was called wrongly. */
  readonly status: 1 | 2;

  constructor(message: string, status: 1 | 2 = 1) {
    super(message);
    this.name = "UserError";
    this.status = status;
  }
}

/** Runs a command's main function; ends the process with its status, or with the message of a UserError. */
export async function runCommand(main: () => Promise<number>): Promise<never> {
  try {
    process.exit(await main());
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    console.error(error.message);
    process.exit(error.status);
  }
}

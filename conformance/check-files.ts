import { checkClient } from './client-half.ts';
import { checkEmulator } from './emulator-half.ts';
import type { Verdict } from './example.ts';
import { readExampleFiles } from './example-files.ts';

/** A file whose example fails, or that holds none. */
export interface Failure {
  readonly file: string;
  /** Each begins with the half that it is about, or with `file:`. */
  readonly problems: readonly string[];
}

/** Asks both halves for every example of a folder; one passes once both agree with it. */
export async function checkFiles(folder: string): Promise<{ passed: number; failures: readonly Failure[] }> {
  const files = readExampleFiles(folder);
  const examples = files.flatMap(read => ('example' in read ? [read.example] : []));
  const verdicts: Verdict[] = [...(await checkEmulator(examples))];
  for (const example of examples) verdicts.push({ example, half: 'client', problems: await askedOfClient(example) });
  const failures = files.flatMap((read): readonly Failure[] => {
    const problems =
      'problem' in read
        ? [`file: ${read.problem}`]
        : verdicts
            .filter(({ example }) => example === read.example)
            .flatMap(({ half, problems }) => (problems.length === 0 ? [] : [`${half}: ${problems.join(', ')}`]));
    return problems.length === 0 ? [] : [{ file: read.file, problems }];
  });
  return { passed: files.length - failures.length, failures };
}

async function askedOfClient(example: Verdict['example']): Promise<readonly string[]> {
  try {
    return await checkClient(example);
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

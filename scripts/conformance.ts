/** `npm run conformance -- --dir DIR`: documented examples, asked of the emulator, and fed to the client. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { checkEmulator } from '../conformance/emulator-half.ts';
import { checkClient } from '../conformance/client-half.ts';
import { readExamples } from '../conformance/example.ts';
import type { Verdict } from '../conformance/example.ts';

const own = fileURLToPath(new URL('../conformance/examples', import.meta.url));
const { values } = parseArgs({ options: { dir: { type: 'string' } } });
const folder = values.dir ?? own;
if (!existsSync(folder)) {
  console.error(`There is no folder ${folder}: name one with --dir.`);
  process.exit(2);
}
const examples = readExamples(folder);
const verdicts: Verdict[] = [...(await checkEmulator(examples))];
for (const example of examples)
  verdicts.push({ example: example.name, half: 'client', problems: await checkClient(example) });
for (const { example, half, problems } of verdicts)
  if (problems.length > 0) console.log(`${example} (${half}): ${problems.join('; ')}`);
// An example passes once both halves agree with it.
const failing = new Set(verdicts.filter(({ problems }) => problems.length > 0).map(({ example }) => example));
console.log(`${examples.length - failing.size} passed, ${failing.size} failed`);
process.exitCode = failing.size === 0 ? 0 : 1;

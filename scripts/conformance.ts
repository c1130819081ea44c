/** `npm run conformance -- --dir DIR`: documented examples, asked of the emulator (and, when it is there, of the client). */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { checkEmulator } from '../conformance/emulator-half.ts';
import { readExamples } from '../conformance/example.ts';

const own = fileURLToPath(new URL('../conformance/examples', import.meta.url));
const { values } = parseArgs({ options: { dir: { type: 'string' } } });
const folder = values.dir ?? own;
if (!existsSync(folder)) {
  console.error(`There is no folder ${folder}: name one with --dir.`);
  process.exit(2);
}
const examples = readExamples(folder);
// The client's half takes the same examples and gives the same verdicts: its call belongs here.
const verdicts = [...(await checkEmulator(examples))];
for (const { example, half, problems } of verdicts) {
  if (problems.length > 0) console.log(`${example} (${half}): ${problems.join('; ')}`);
}
const failed = verdicts.filter(({ problems }) => problems.length > 0).length;
console.log(`${verdicts.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

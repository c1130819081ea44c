/** `npm run conformance -- --dir DIR`: documented examples, asked of the emulator, and fed to the client. */
import { statSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { checkFiles } from '../conformance/check-files.ts';

const own = fileURLToPath(new URL('../conformance/examples', import.meta.url));
const { values } = parseArgs({ options: { dir: { type: 'string' } } });
const folder = values.dir ?? own;
if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
  console.error(`There is no folder ${folder}: name one with --dir.`);
  process.exit(2);
}
const { passed, failures } = await checkFiles(folder);
for (const { file, problems } of failures) console.log(`${relative(folder, file)} ${problems.join('; ')}`);
if (passed + failures.length === 0) console.log(`There is no example file (.json) in ${folder}.`);
console.log(`${passed} passed, ${failures.length} failed`);
process.exitCode = passed > 0 && failures.length === 0 ? 0 : 1;

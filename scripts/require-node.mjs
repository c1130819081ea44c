// Run first by each npm script, and by plain Node of any age: better-sqlite3 ends in a segmentation fault on an old one.
const wanted = 24;
const major = Number(process.versions.node.split('.')[0]);
if (major < wanted) {
  console.error(
    `Backstop needs Node ${wanted}, but this is ${process.version} (${process.execPath}). Run "npm ci", which brings it, and use the npm scripts.`,
  );
  process.exit(1);
}

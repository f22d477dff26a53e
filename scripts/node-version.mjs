// Imported first by every script: nothing after it is loaded on a Node that cannot run it.
const neededMajor = 24;

if (Number(process.versions.node.split('.', 1)[0]) < neededMajor) {
  process.stderr.write(
    `This needs Node ${neededMajor}; here is ${process.versions.node}. Use the npm scripts (npm start, npm test, npm run …): they bring it along after npm ci.\n`,
  );
  process.exit(1);
}

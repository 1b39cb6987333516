// Loaded into each process that the start command makes: when its standard input ends, the starter is gone, be it by
// kill -9, and so this process goes too.
process.stdin.on("end", () => process.exit(0)).on("error", () => process.exit(0));
process.stdin.resume();
process.stdin.unref?.();

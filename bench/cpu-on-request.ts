/** Loaded into the bot before its own code: says, whenever it is asked, how much CPU the process has had. */
process.on("message", () => process.send!(process.cpuUsage()));
process.once("disconnect", () => process.exit()); // nothing is left of a benchmark that was broken off

// Loaded into npm before it starts: a set-up that is killed closes this channel, and an npm that went
// on alone would write into the same folders as the next set-up's.
process.on('disconnect', () => process.exit(1));
process.channel?.unref();

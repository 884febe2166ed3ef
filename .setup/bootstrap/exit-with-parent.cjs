// Loaded into a child before it starts. A parent that dies, even by `kill -9`, closes this channel; a
// child that went on alone would write into the same folders as the next command's.
// Grandchildren inherit the option: their channel belongs to the program that opened it.
if (process.env['EXIT_WITH_PARENT'] === String(process.ppid)) {
  process.on('disconnect', () => process.exit(1));
  process.channel?.unref();
}

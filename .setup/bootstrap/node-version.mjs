/**
 * Whether this Node.js runs the course as it is: it strips types and has `node:sqlite` without a flag.
 * @param {string} version such as `24.16.0`
 */
export function runsTheCourse(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major >= 26 || (major === 24 && minor >= 16);
}

/** Names in user agents (RFC 9110 §10.1.5) and what people call them; the first that fits counts. */
const browsers = [
  [/Edg\/(\d+)/, 'Edge'],
  [/OPR\/(\d+)/, 'Opera'],
  [/Firefox\/(\d+)/, 'Firefox'],
  [/Chrome\/(\d+)/, 'Chrome'],
  [/Version\/(\d+).*Safari/, 'Safari'],
] as const;

const systems = [
  [/Windows/, 'Windows'],
  [/CrOS/, 'ChromeOS'],
  [/Android (\d+)/, 'Android'],
  [/(?:iPhone|iPad)/, 'iOS'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
] as const;

const named = (agent: string, names: readonly (readonly [RegExp, string])[]): string => {
  for (const [pattern, name] of names) {
    const found = pattern.exec(agent);
    if (found) return [name, found[1]].filter(Boolean).join(' ');
  }
  return '';
};

/** The browser and the system that a user agent names, as in `Chrome 138` on `Windows`. */
export const machineOf = (
  agent: string,
): { readonly browser: string; readonly system: string } => ({
  browser: named(agent, browsers),
  system: named(agent, systems),
});

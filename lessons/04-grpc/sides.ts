import type { Finding } from '../lib/judge/verdict.ts';

/** The spans of both sides have one name, that of the method: a finding about one of them says whose it is. */
export function onSide<About extends Finding>(finding: About, service: string): About {
  const { span } = finding.params;
  if (span === undefined || finding.params['service'] !== undefined) return finding;
  return { ...finding, params: { ...finding.params, span: `${span} (${service})` } };
}

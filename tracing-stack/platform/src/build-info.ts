import type { Metrics } from './metrics.ts';
import { VERSION } from './version.ts';

/**
 * Shows which version runs: `jaeger_agent_build_info` of the agent, `jaeger_build_info` of all-in-one, as Jaeger has them.
 * Revision and date are not known to what runs from its sources, and empty.
 */
export function showBuildInfo(metrics: Metrics, component: string): void {
  const name = component === 'all-in-one' ? 'jaeger' : `jaeger_${component.replaceAll('-', '_')}`;
  metrics
    .gauge(`${name}_build_info`, 'Always 1; the version is in its labels', [
      'build_date',
      'revision',
      'version',
    ])
    .set({ build_date: '', revision: '', version: `v${VERSION}` }, 1);
}

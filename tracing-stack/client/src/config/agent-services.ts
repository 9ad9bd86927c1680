import { RemoteRestrictions } from '../baggage/remote-restrictions.ts';
import { RemoteThrottler } from '../throttler/remote-throttler.ts';
import { endpointOf, LOOPBACK, urlOf } from './host-port.ts';
import { SAMPLING_PORT, type SamplerParts } from './sampler-config.ts';
import { flagOf, millisecondsOf, portOf, textOf } from './setting-values.ts';
import type { Settings } from './settings.ts';

// What a tracer may ask of the agent beside how to sample; nothing unless its section is there.

/** Restrictions that have begun to be asked for. */
export function restrictionsOf(settings: Settings, parts: SamplerParts): RemoteRestrictions {
  const restrictions = new RemoteRestrictions({
    ...parts,
    url: agentUrl(settings, '/baggageRestrictions').href,
    deniesAtFirst: flagOf(settings.get('deniesAtFirst')),
    refreshInterval: millisecondsOf(settings.get('refreshInterval')),
  });
  restrictions.start();
  return restrictions;
}

/** A throttler that has begun to ask for credits. */
export function throttlerOf(settings: Settings, parts: SamplerParts): RemoteThrottler {
  const throttler = new RemoteThrottler({
    ...parts,
    url: agentUrl(settings, '/credits').href,
    refreshInterval: millisecondsOf(settings.get('refreshInterval')),
  });
  throttler.start();
  return throttler;
}

/** A host and port, else in parts, else beside the agent. */
function agentUrl(settings: Settings, path: string): URL {
  const whole = settings.get('hostPort');
  if (whole) return endpointOf(whole, path);
  const host = textOf(settings.get('host') ?? settings.get('agentHost')) ?? LOOPBACK;
  return urlOf({ host, port: portOf(settings.get('port')) ?? SAMPLING_PORT }, path);
}

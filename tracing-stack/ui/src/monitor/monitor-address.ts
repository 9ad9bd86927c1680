import { lookbackMicros } from '../search/search-query.ts';
import { currentAddress, hrefOf } from '../shell/location.ts';

/** As the search page's texts name them. */
export const LOOKBACKS = ['15m', '1h', '6h', '24h', '2d', '7d'] as const;
export const KINDS = [
  'server',
  'client',
  'producer',
  'consumer',
  'internal',
  'unspecified',
] as const;

export interface MonitorAddress {
  /** Empty: the first there is. */
  readonly service: string;
  readonly kind: (typeof KINDS)[number];
  readonly lookback: (typeof LOOKBACKS)[number];
}

export function monitorAddress(): MonitorAddress {
  const { searchParams } = currentAddress();
  const [kind, lookback] = [searchParams.get('kind'), searchParams.get('lookback')];
  return {
    service: searchParams.get('service') ?? '',
    kind: KINDS.find((each) => each === kind) ?? 'server',
    lookback: LOOKBACKS.find((each) => each === lookback) ?? '1h',
  };
}

export const monitorHref = (address: MonitorAddress): string =>
  hrefOf(`monitor?${new URLSearchParams({ ...address })}`);

/** In milliseconds. */
export interface MonitorTimes {
  readonly lookback: number;
  readonly step: number;
  /** Each point is of the calls in so much time before it. */
  readonly ratePer: number;
}

/** As many points as a small chart can show, each of the calls in a sixth of the time before it. */
export function timesOf({ lookback }: Pick<MonitorAddress, 'lookback'>): MonitorTimes {
  const whole = (lookbackMicros(lookback) ?? 0) / 1e3;
  return { lookback: whole, step: whole / 60, ratePer: whole / 6 };
}

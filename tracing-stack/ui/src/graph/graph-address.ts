import { currentAddress, hrefOf } from '../shell/location.ts';

/** As the search page's texts name them. */
export const LOOKBACKS = ['1h', '6h', '24h', '2d', '7d', '30d'] as const;
export type Lookback = (typeof LOOKBACKS)[number];

const DEFAULT: Lookback = '24h';

/** What the address asks of the page: calls of what time, and around which service. */
export interface GraphAddress {
  readonly lookback: Lookback;
  readonly focus: string | undefined;
}

export function graphAddress(): GraphAddress {
  const { searchParams } = currentAddress();
  const lookback = LOOKBACKS.find((each) => each === searchParams.get('lookback'));
  return { lookback: lookback ?? DEFAULT, focus: searchParams.get('service') || undefined };
}

export function graphHref({ lookback, focus }: GraphAddress): string {
  const params = new URLSearchParams({
    ...(lookback !== DEFAULT && { lookback }),
    ...(focus !== undefined && { service: focus }),
  });
  return hrefOf(params.size > 0 ? `dependencies?${params}` : 'dependencies');
}

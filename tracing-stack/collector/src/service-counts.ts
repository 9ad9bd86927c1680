import type { Metrics } from '@spoor/platform';
import { SERIES, type SpanTally } from './span-tally.ts';

/** As in Jaeger: a name that a client chose makes series, so what comes after so many names is counted together. */
const MAX_SERVICES = 4000;
const MAX_NAME_LENGTH = 256;
const OTHERS = 'other-services';

/** What one service came to. */
interface Counted {
  readonly svc: string;
  /** One number for each of `SERIES`, and how much of it the counters show already. */
  readonly totals: number[];
  readonly shown: number[];
}

export interface ServiceCountsOptions {
  /** What becomes `jaeger_collector_spans_…_total` and `jaeger_collector_traces_…_total`. */
  readonly name: string;
  readonly help: string;
  /** Those that all its series have beside `svc`, `debug` and `sampler_type`. */
  readonly labels: Readonly<Record<string, string>>;
  /** The name of a service under which it is counted. */
  readonly nameOf: (service: string | undefined) => string;
}

/**
 * Jaeger's counters of spans and traces by service. On the way of a span numbers are added; labels are only looked at
 * when the metrics are read.
 */
export class ServiceCounts {
  private readonly nameOf: ServiceCountsOptions['nameOf'];
  private readonly byService = new Map<string | undefined, Counted>();
  private readonly others = counted(OTHERS);

  constructor(metrics: Metrics, { name, help, labels, nameOf }: ServiceCountsOptions) {
    this.nameOf = nameOf;
    const own = ['debug', 'svc', ...Object.keys(labels)];
    const spans = metrics.counter(`jaeger_collector_spans_${name}_total`, `Spans ${help}`, own);
    const traces = metrics.counter(
      `jaeger_collector_traces_${name}_total`,
      `Spans without a parent, ${help}`,
      [...own, 'sampler_type'],
    );
    const counterOf = SERIES.map(({ sampler_type }) => (sampler_type ? traces : spans));
    const show = ({ svc, totals, shown }: Counted) => {
      for (const [i, series] of SERIES.entries()) {
        const added = (totals[i] as number) - (shown[i] as number);
        // Nothing refused reads as 0, and not as no answer.
        if (added > 0 || svc === OTHERS)
          counterOf[i]?.inc(sorted({ ...series, ...labels, svc }), added);
        shown[i] = totals[i] as number;
      }
    };
    show(this.others);
    metrics.onRead(() => {
      for (const service of this.byService.values()) show(service);
      show(this.others);
    });
  }

  /** Services that have a series of their own, as they came. */
  get services(): Iterable<string | undefined> {
    return this.byService.keys();
  }

  add(tally: SpanTally): void {
    for (const [service, counts] of tally) {
      const { totals } = this.of(service);
      for (let i = 0; i < totals.length; i++) {
        totals[i] = (totals[i] as number) + (counts[i] as number);
      }
    }
  }

  private of(service: string | undefined): Counted {
    const known = this.byService.get(service);
    if (known) return known;
    if (this.byService.size >= MAX_SERVICES) return this.others;
    if (service !== undefined && service.length > MAX_NAME_LENGTH) return this.others;
    const one = counted(labelOf(this.nameOf(service)));
    this.byService.set(service, one);
    return one;
  }
}

/** By name, in which order Jaeger shows labels. */
function sorted(labels: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).sort());
}

function counted(svc: string): Counted {
  return { svc, totals: SERIES.map(() => 0), shown: SERIES.map(() => 0) };
}

/** As Jaeger writes a service's name: in lower case, `_` for what is Latin but no letter, digit, `-`, `_` or dot. */
function labelOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9_.\-\u0100-\uffff]/g, '_');
}

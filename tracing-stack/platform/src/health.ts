import { goDuration } from '@spoor/model';

/** The body of Jaeger's health answer. `reason` is ours, and only there while the server is not available. */
export interface Health {
  readonly status: 'Server available' | 'Server not available';
  /** RFC 3339; Go's zero time while not available. */
  readonly upSince: string;
  /** As Go prints a duration; empty while not available. */
  readonly uptime: string;
  readonly reason?: string;
  /** Ours, too: what the component's check tells of a component that is available. */
  readonly details?: object;
}

const GO_ZERO_TIME = '0001-01-01T00:00:00Z';

/** Whether a component serves: not before `ready()`, and not while its check throws. An object that the check gives is told. */
export class HealthState {
  private check: () => unknown;
  private readonly clock: () => number;
  private started = false;
  private upSince: number | undefined;

  /** `clock` in milliseconds since 1970. */
  constructor(check: () => unknown = () => undefined, clock: () => number = Date.now) {
    this.check = check;
    this.clock = clock;
  }

  /** From now on `check` is asked, or the one given before. */
  ready(check = this.check): void {
    this.check = check;
    this.started = true;
    this.upSince = this.clock();
  }

  async read(): Promise<Health> {
    if (!this.started) return unavailable('starting');
    let told: unknown;
    try {
      told = await this.check();
    } catch (error) {
      this.upSince = undefined;
      return unavailable(error instanceof Error ? error.message : String(error));
    }
    const now = this.clock();
    this.upSince ??= now;
    return {
      status: 'Server available',
      upSince: new Date(this.upSince).toISOString(),
      uptime: goDuration(1000 * (now - this.upSince)),
      ...(typeof told === 'object' && told !== null && { details: told }),
    };
  }
}

function unavailable(reason: string): Health {
  return { status: 'Server not available', upSince: GO_ZERO_TIME, uptime: '', reason };
}

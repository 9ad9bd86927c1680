import { policies } from 'cassandra-driver';

type Info = policies.retry.OperationInfo;
type Decision = policies.retry.DecisionInfo;

/** Tries again what may go well the next time, `attempts` times in all: on the same server what it had no time for. */
export class BoundedRetryPolicy extends policies.retry.RetryPolicy {
  private readonly attempts: number;

  constructor(attempts: number) {
    super();
    this.attempts = attempts;
  }

  override onReadTimeout(info: Info): Decision {
    return this.decide(info, true);
  }

  override onWriteTimeout(info: Info): Decision {
    return this.decide(info, true);
  }

  override onUnavailable(info: Info): Decision {
    return this.decide(info, false);
  }

  override onRequestError(info: Info): Decision {
    return this.decide(info, false);
  }

  private decide({ nbRetry }: Info, sameServer: boolean): Decision {
    return nbRetry + 1 < this.attempts
      ? this.retryResult(undefined as never, sameServer)
      : this.rethrowResult();
  }
}

/** Something for each operation of each service. */
export class OperationMap<T> {
  private readonly services = new Map<string, Map<string, T>>();
  private count = 0;

  get size(): number {
    return this.count;
  }

  get(service: string, operation: string): T | undefined {
    return this.services.get(service)?.get(operation);
  }

  set(service: string, operation: string, value: T): void {
    let operations = this.services.get(service);
    if (operations === undefined) {
      operations = new Map();
      this.services.set(service, operations);
    }
    if (!operations.has(operation)) this.count++;
    operations.set(operation, value);
  }

  *entries(): Generator<readonly [service: string, operation: string, value: T]> {
    for (const [service, operations] of this.services) {
      for (const [operation, value] of operations) yield [service, operation, value];
    }
  }
}

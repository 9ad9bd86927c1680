/** What `read` gives for each item, in their order, with at most `limit` of them under way. */
export async function limited<T, R>(
  items: readonly T[],
  limit: number,
  read: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  async function work(): Promise<void> {
    while (next < items.length) {
      const i = next++;
      results[i] = await read(items[i] as T);
    }
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, work));
  return results;
}

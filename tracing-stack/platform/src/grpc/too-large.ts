/** How grpc-js and grpc-go word RESOURCE_EXHAUSTED for a message that will be too large every time. */
const TOO_LARGE = /message larger than max/i;

/** Whether the details of a status say that the message was too large, so that it need not be sent again. */
export function isTooLarge(details: string): boolean {
  return TOO_LARGE.test(details);
}

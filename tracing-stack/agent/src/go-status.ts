import { type ServiceError, status } from '@grpc/grpc-js';

/** A gRPC error in the words of Go's `status.Error`: `rpc error: code = Unavailable desc = …`. */
export function goStatusText({ code, details }: ServiceError): string {
  return `rpc error: code = ${goCodeName(code)} desc = ${details}`;
}

/** `DEADLINE_EXCEEDED` is `DeadlineExceeded`; of CANCELLED Go writes one L. */
function goCodeName(code: status): string {
  if (code === status.CANCELLED) return 'Canceled';
  const name = status[code];
  if (name === undefined) return `Code(${code})`;
  return name.toLowerCase().replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

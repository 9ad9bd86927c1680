import { fileURLToPath } from 'node:url';
import {
  type ChannelCredentials,
  type Client,
  type ClientOptions,
  type ClientUnaryCall,
  type handleUnaryCall,
  loadPackageDefinition,
  type Metadata,
  type requestCallback,
  type Server,
  type ServiceDefinition,
  status,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';

/** `grpc.health.v1.HealthCheckRequest` */
interface HealthRequest {
  readonly service: string;
}

/** `grpc.health.v1.HealthCheckResponse` */
interface HealthReply {
  readonly status: 'SERVING' | 'NOT_SERVING' | 'UNKNOWN';
}

/** What a client of `grpc.health.v1.Health` can call. */
export interface HealthClient extends Client {
  Check(
    request: HealthRequest,
    metadata: Metadata,
    options: { readonly deadline: number },
    callback: requestCallback<HealthReply>,
  ): ClientUnaryCall;
}

interface HealthConstructor {
  new (address: string, credentials: ChannelCredentials, options?: ClientOptions): HealthClient;
  readonly service: ServiceDefinition;
}

const PROTO = fileURLToPath(new URL('../../../protos/health.proto', import.meta.url));

// Enums are known by their names.
const loaded = loadPackageDefinition(loadSync(PROTO, { enums: String, defaults: true }));

interface HealthPackage {
  readonly health: { readonly v1: { readonly Health: HealthConstructor } };
}

/** `grpc.health.v1.Health` */
export const { Health } = (loaded['grpc'] as unknown as HealthPackage).health.v1;

/** Lets a server answer gRPC's health protocol, for the service `name` and for the whole. */
export function addHealthService(server: Server, name: string): void {
  const check: handleUnaryCall<HealthRequest, HealthReply> = ({ request }, callback) => {
    const known = request.service === '' || request.service === name;
    if (known) callback(null, { status: 'SERVING' });
    else callback({ code: status.NOT_FOUND, details: 'unknown service' });
  };
  server.addService(Health.service, { Check: check });
}

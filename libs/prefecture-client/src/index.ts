export { BreakerGateway } from './breaker/breaker-gateway';
export type { DirectGatewaySettings } from './direct/direct-gateway';
export { DirectGateway } from './direct/direct-gateway';
export { GatewayFailure } from './gateway-failure';
export { ProcessPlaces } from './places/process-places';
export type { WireSettings } from './liaison-gateways';
export { LiaisonGateways } from './liaison-gateways';

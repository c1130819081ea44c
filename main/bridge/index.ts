export { serveBridge, type BridgeConnection, type BridgeRouter } from './serve-bridge.ts';
export { carryOverPort, type MainPort } from './port-carrier.ts';
export { carryOverSocket, type MainSocket } from './socket-carrier.ts';
export type { BridgeLog } from './to-app-error.ts';

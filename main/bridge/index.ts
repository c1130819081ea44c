export { type BridgeConnection, type BridgeRouter, serveBridge } from './serve-bridge.ts';
export { carryOverPort } from './port-carrier.ts';
export { carryOverSocket } from './socket-carrier.ts';

export { connectBridge } from './connect-bridge.ts';
export type { Bridge, BridgeClient } from './bridge-client.ts';

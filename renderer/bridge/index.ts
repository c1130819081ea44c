export { connectBridge } from './connect-bridge.ts';

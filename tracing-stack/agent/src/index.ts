export { startUdpReceiver, type UdpReceiver } from './udp-receiver.ts';

export {
  type ConnectionEnds,
  connectionEnds,
  holdsSocket,
  type PeerSocket,
  peerSocket,
  userName,
} from './peer-socket.ts';

/** Why a media node did not do what it was asked: a closed union; values, never exceptions. */
export const faultCodes = [
  'malformed',
  'unauthorized',
  'unknownSpace',
  'unknownEndpoint',
  'unknownStream',
  'unknownPeer',
  /** The endpoint was opened anew since; the order was for its former self. */
  'staleIncarnation',
  /** The order is older than one that the node has already carried out. */
  'staleToken',
  'alreadyPublished',
  'rejectedParameters',
  'draining',
  'workerUnavailable',
  'overloaded',
] as const;
export type FaultCode = (typeof faultCodes)[number];

export interface Fault {
  readonly ok: false;
  readonly fault: FaultCode;
  /** For logs and technicians, in English. */
  readonly detail?: string;
}

export type Answer<T> = ({ readonly ok: true } & T) | Fault;

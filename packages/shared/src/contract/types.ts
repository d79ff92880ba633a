/** The contract's messages by the names that both halves use. Generated from proto/thinline/v1. */
import type { Call } from './generated/thinline/v1/Call.ts';
import type { Device } from './generated/thinline/v1/Device.ts';
import type { Line } from './generated/thinline/v1/Line.ts';

export type { AgentSession } from './generated/thinline/v1/AgentSession.ts';
export type { Audio } from './generated/thinline/v1/Audio.ts';
export type { Call } from './generated/thinline/v1/Call.ts';
export type { CallQuality } from './generated/thinline/v1/CallQuality.ts';
export type { Command, CommandInput } from './generated/thinline/v1/Command.ts';
export type { CommandResult } from './generated/thinline/v1/CommandResult.ts';
export type { Configuration } from './generated/thinline/v1/Configuration.ts';
export type { Device } from './generated/thinline/v1/Device.ts';
export type { EndpointIdentity } from './generated/thinline/v1/EndpointIdentity.ts';
export type { Event, EventInput } from './generated/thinline/v1/Event.ts';
export type { Failure } from './generated/thinline/v1/Failure.ts';
export type { HandshakeRequest } from './generated/thinline/v1/HandshakeRequest.ts';
export type { HandshakeResponse } from './generated/thinline/v1/HandshakeResponse.ts';
export type { Levels } from './generated/thinline/v1/Levels.ts';
export type { Line } from './generated/thinline/v1/Line.ts';
export type { LineConfiguration } from './generated/thinline/v1/LineConfiguration.ts';
export type { Notice } from './generated/thinline/v1/Notice.ts';
export type { Party } from './generated/thinline/v1/Party.ts';
export type { PortRange } from './generated/thinline/v1/PortRange.ts';
export type { Redirection } from './generated/thinline/v1/Redirection.ts';
export type { Snapshot } from './generated/thinline/v1/Snapshot.ts';
export type { WatchRequest } from './generated/thinline/v1/WatchRequest.ts';

export type CallState = Call['state'];
export type LineState = Line['state'];
export type DeviceKind = Device['kind'];

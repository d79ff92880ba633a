// Original file: proto/thinline/v1/session.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { CommandInput as _thinline_v1_CommandInput, Command as _thinline_v1_Command } from '../../thinline/v1/Command.ts';
import type { CommandResultInput as _thinline_v1_CommandResultInput, CommandResult as _thinline_v1_CommandResult } from '../../thinline/v1/CommandResult.ts';
import type { EventInput as _thinline_v1_EventInput, Event as _thinline_v1_Event } from '../../thinline/v1/Event.ts';
import type { HandshakeRequestInput as _thinline_v1_HandshakeRequestInput, HandshakeRequest as _thinline_v1_HandshakeRequest } from '../../thinline/v1/HandshakeRequest.ts';
import type { HandshakeResponseInput as _thinline_v1_HandshakeResponseInput, HandshakeResponse as _thinline_v1_HandshakeResponse } from '../../thinline/v1/HandshakeResponse.ts';
import type { WatchRequestInput as _thinline_v1_WatchRequestInput, WatchRequest as _thinline_v1_WatchRequest } from '../../thinline/v1/WatchRequest.ts';

/**
 * The endpoint adapter as the app layer sees it. The adapter is the truth, the app layer a replica:
 * it shakes hands, watches, and sends commands.
 */
export interface EndpointClient extends grpc.Client {
  /**
   * Does a command once, however often it is sent: a repeated id gets the first answer again.
   */
  Execute(argument: _thinline_v1_CommandInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_thinline_v1_CommandResult>): grpc.ClientUnaryCall;
  Execute(argument: _thinline_v1_CommandInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_thinline_v1_CommandResult>): grpc.ClientUnaryCall;
  Execute(argument: _thinline_v1_CommandInput, options: grpc.CallOptions, callback: grpc.requestCallback<_thinline_v1_CommandResult>): grpc.ClientUnaryCall;
  Execute(argument: _thinline_v1_CommandInput, callback: grpc.requestCallback<_thinline_v1_CommandResult>): grpc.ClientUnaryCall;
  /**
   * Does a command once, however often it is sent: a repeated id gets the first answer again.
   */
  execute(argument: _thinline_v1_CommandInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_thinline_v1_CommandResult>): grpc.ClientUnaryCall;
  execute(argument: _thinline_v1_CommandInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_thinline_v1_CommandResult>): grpc.ClientUnaryCall;
  execute(argument: _thinline_v1_CommandInput, options: grpc.CallOptions, callback: grpc.requestCallback<_thinline_v1_CommandResult>): grpc.ClientUnaryCall;
  execute(argument: _thinline_v1_CommandInput, callback: grpc.requestCallback<_thinline_v1_CommandResult>): grpc.ClientUnaryCall;
  
  /**
   * Comes first on every link. Answers which protocol both speak, who is at the other end, and whether this
   * app session may hold the endpoint. Takes it from nobody.
   */
  Handshake(argument: _thinline_v1_HandshakeRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_thinline_v1_HandshakeResponse>): grpc.ClientUnaryCall;
  Handshake(argument: _thinline_v1_HandshakeRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_thinline_v1_HandshakeResponse>): grpc.ClientUnaryCall;
  Handshake(argument: _thinline_v1_HandshakeRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_thinline_v1_HandshakeResponse>): grpc.ClientUnaryCall;
  Handshake(argument: _thinline_v1_HandshakeRequestInput, callback: grpc.requestCallback<_thinline_v1_HandshakeResponse>): grpc.ClientUnaryCall;
  /**
   * Comes first on every link. Answers which protocol both speak, who is at the other end, and whether this
   * app session may hold the endpoint. Takes it from nobody.
   */
  handshake(argument: _thinline_v1_HandshakeRequestInput, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_thinline_v1_HandshakeResponse>): grpc.ClientUnaryCall;
  handshake(argument: _thinline_v1_HandshakeRequestInput, metadata: grpc.Metadata, callback: grpc.requestCallback<_thinline_v1_HandshakeResponse>): grpc.ClientUnaryCall;
  handshake(argument: _thinline_v1_HandshakeRequestInput, options: grpc.CallOptions, callback: grpc.requestCallback<_thinline_v1_HandshakeResponse>): grpc.ClientUnaryCall;
  handshake(argument: _thinline_v1_HandshakeRequestInput, callback: grpc.requestCallback<_thinline_v1_HandshakeResponse>): grpc.ClientUnaryCall;
  
  /**
   * Takes the endpoint. Snapshot or replay, then every event as it happens. Ends when another app session takes it over.
   */
  Watch(argument: _thinline_v1_WatchRequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_thinline_v1_Event>;
  Watch(argument: _thinline_v1_WatchRequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_thinline_v1_Event>;
  /**
   * Takes the endpoint. Snapshot or replay, then every event as it happens. Ends when another app session takes it over.
   */
  watch(argument: _thinline_v1_WatchRequestInput, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_thinline_v1_Event>;
  watch(argument: _thinline_v1_WatchRequestInput, options?: grpc.CallOptions): grpc.ClientReadableStream<_thinline_v1_Event>;
  
}

/**
 * The endpoint adapter as the app layer sees it. The adapter is the truth, the app layer a replica:
 * it shakes hands, watches, and sends commands.
 */
export interface EndpointHandlers extends grpc.UntypedServiceImplementation {
  /**
   * Does a command once, however often it is sent: a repeated id gets the first answer again.
   */
  Execute: grpc.handleUnaryCall<_thinline_v1_Command, _thinline_v1_CommandResultInput>;
  
  /**
   * Comes first on every link. Answers which protocol both speak, who is at the other end, and whether this
   * app session may hold the endpoint. Takes it from nobody.
   */
  Handshake: grpc.handleUnaryCall<_thinline_v1_HandshakeRequest, _thinline_v1_HandshakeResponseInput>;
  
  /**
   * Takes the endpoint. Snapshot or replay, then every event as it happens. Ends when another app session takes it over.
   */
  Watch: grpc.handleServerStreamingCall<_thinline_v1_WatchRequest, _thinline_v1_EventInput>;
  
}

export interface EndpointDefinition extends grpc.ServiceDefinition {
  Execute: MethodDefinition<_thinline_v1_CommandInput, _thinline_v1_CommandResultInput, _thinline_v1_Command, _thinline_v1_CommandResult>
  Handshake: MethodDefinition<_thinline_v1_HandshakeRequestInput, _thinline_v1_HandshakeResponseInput, _thinline_v1_HandshakeRequest, _thinline_v1_HandshakeResponse>
  Watch: MethodDefinition<_thinline_v1_WatchRequestInput, _thinline_v1_EventInput, _thinline_v1_WatchRequest, _thinline_v1_Event>
}

import type * as grpc from '@grpc/grpc-js';
import type { MessageTypeDefinition } from '@grpc/proto-loader';

import type { AgentInput as _thinline_v1_AgentInput, Agent as _thinline_v1_Agent } from './thinline/v1/Agent.ts';
import type { AgentSessionInput as _thinline_v1_AgentSessionInput, AgentSession as _thinline_v1_AgentSession } from './thinline/v1/AgentSession.ts';
import type { AlertingSettingsInput as _thinline_v1_AlertingSettingsInput, AlertingSettings as _thinline_v1_AlertingSettings } from './thinline/v1/AlertingSettings.ts';
import type { AnswerInput as _thinline_v1_AnswerInput, Answer as _thinline_v1_Answer } from './thinline/v1/Answer.ts';
import type { AppearanceInput as _thinline_v1_AppearanceInput, Appearance as _thinline_v1_Appearance } from './thinline/v1/Appearance.ts';
import type { AudioInput as _thinline_v1_AudioInput, Audio as _thinline_v1_Audio } from './thinline/v1/Audio.ts';
import type { CallInput as _thinline_v1_CallInput, Call as _thinline_v1_Call } from './thinline/v1/Call.ts';
import type { CallPolicyInput as _thinline_v1_CallPolicyInput, CallPolicy as _thinline_v1_CallPolicy } from './thinline/v1/CallPolicy.ts';
import type { CallQualityInput as _thinline_v1_CallQualityInput, CallQuality as _thinline_v1_CallQuality } from './thinline/v1/CallQuality.ts';
import type { CodecInUseInput as _thinline_v1_CodecInUseInput, CodecInUse as _thinline_v1_CodecInUse } from './thinline/v1/CodecInUse.ts';
import type { CodecSettingsInput as _thinline_v1_CodecSettingsInput, CodecSettings as _thinline_v1_CodecSettings } from './thinline/v1/CodecSettings.ts';
import type { CommandInput as _thinline_v1_CommandInput, Command as _thinline_v1_Command } from './thinline/v1/Command.ts';
import type { CommandResultInput as _thinline_v1_CommandResultInput, CommandResult as _thinline_v1_CommandResult } from './thinline/v1/CommandResult.ts';
import type { ConferenceInput as _thinline_v1_ConferenceInput, Conference as _thinline_v1_Conference } from './thinline/v1/Conference.ts';
import type { ConfigurationInput as _thinline_v1_ConfigurationInput, Configuration as _thinline_v1_Configuration } from './thinline/v1/Configuration.ts';
import type { ConfigureInput as _thinline_v1_ConfigureInput, Configure as _thinline_v1_Configure } from './thinline/v1/Configure.ts';
import type { DeviceInput as _thinline_v1_DeviceInput, Device as _thinline_v1_Device } from './thinline/v1/Device.ts';
import type { DeviceSettingsInput as _thinline_v1_DeviceSettingsInput, DeviceSettings as _thinline_v1_DeviceSettings } from './thinline/v1/DeviceSettings.ts';
import type { DialInput as _thinline_v1_DialInput, Dial as _thinline_v1_Dial } from './thinline/v1/Dial.ts';
import type { DiversionInput as _thinline_v1_DiversionInput, Diversion as _thinline_v1_Diversion } from './thinline/v1/Diversion.ts';
import type { EndpointClient as _thinline_v1_EndpointClient, EndpointDefinition as _thinline_v1_EndpointDefinition } from './thinline/v1/Endpoint.ts';
import type { EndpointIdentityInput as _thinline_v1_EndpointIdentityInput, EndpointIdentity as _thinline_v1_EndpointIdentity } from './thinline/v1/EndpointIdentity.ts';
import type { EventInput as _thinline_v1_EventInput, Event as _thinline_v1_Event } from './thinline/v1/Event.ts';
import type { FailureInput as _thinline_v1_FailureInput, Failure as _thinline_v1_Failure } from './thinline/v1/Failure.ts';
import type { ForwardingInput as _thinline_v1_ForwardingInput, Forwarding as _thinline_v1_Forwarding } from './thinline/v1/Forwarding.ts';
import type { HandshakeRequestInput as _thinline_v1_HandshakeRequestInput, HandshakeRequest as _thinline_v1_HandshakeRequest } from './thinline/v1/HandshakeRequest.ts';
import type { HandshakeResponseInput as _thinline_v1_HandshakeResponseInput, HandshakeResponse as _thinline_v1_HandshakeResponse } from './thinline/v1/HandshakeResponse.ts';
import type { HangUpInput as _thinline_v1_HangUpInput, HangUp as _thinline_v1_HangUp } from './thinline/v1/HangUp.ts';
import type { HoldInput as _thinline_v1_HoldInput, Hold as _thinline_v1_Hold } from './thinline/v1/Hold.ts';
import type { LevelsInput as _thinline_v1_LevelsInput, Levels as _thinline_v1_Levels } from './thinline/v1/Levels.ts';
import type { LineInput as _thinline_v1_LineInput, Line as _thinline_v1_Line } from './thinline/v1/Line.ts';
import type { LineConfigurationInput as _thinline_v1_LineConfigurationInput, LineConfiguration as _thinline_v1_LineConfiguration } from './thinline/v1/LineConfiguration.ts';
import type { LogSettingsInput as _thinline_v1_LogSettingsInput, LogSettings as _thinline_v1_LogSettings } from './thinline/v1/LogSettings.ts';
import type { MailboxInput as _thinline_v1_MailboxInput, Mailbox as _thinline_v1_Mailbox } from './thinline/v1/Mailbox.ts';
import type { MailboxConfigurationInput as _thinline_v1_MailboxConfigurationInput, MailboxConfiguration as _thinline_v1_MailboxConfiguration } from './thinline/v1/MailboxConfiguration.ts';
import type { MediaSettingsInput as _thinline_v1_MediaSettingsInput, MediaSettings as _thinline_v1_MediaSettings } from './thinline/v1/MediaSettings.ts';
import type { MuteInput as _thinline_v1_MuteInput, Mute as _thinline_v1_Mute } from './thinline/v1/Mute.ts';
import type { NatSettingsInput as _thinline_v1_NatSettingsInput, NatSettings as _thinline_v1_NatSettings } from './thinline/v1/NatSettings.ts';
import type { NoticeInput as _thinline_v1_NoticeInput, Notice as _thinline_v1_Notice } from './thinline/v1/Notice.ts';
import type { PartyInput as _thinline_v1_PartyInput, Party as _thinline_v1_Party } from './thinline/v1/Party.ts';
import type { PortRangeInput as _thinline_v1_PortRangeInput, PortRange as _thinline_v1_PortRange } from './thinline/v1/PortRange.ts';
import type { QualitySettingsInput as _thinline_v1_QualitySettingsInput, QualitySettings as _thinline_v1_QualitySettings } from './thinline/v1/QualitySettings.ts';
import type { RatingInput as _thinline_v1_RatingInput, Rating as _thinline_v1_Rating } from './thinline/v1/Rating.ts';
import type { RedirectionInput as _thinline_v1_RedirectionInput, Redirection as _thinline_v1_Redirection } from './thinline/v1/Redirection.ts';
import type { RegisterInput as _thinline_v1_RegisterInput, Register as _thinline_v1_Register } from './thinline/v1/Register.ts';
import type { RejectInput as _thinline_v1_RejectInput, Reject as _thinline_v1_Reject } from './thinline/v1/Reject.ts';
import type { RemoteMetricsInput as _thinline_v1_RemoteMetricsInput, RemoteMetrics as _thinline_v1_RemoteMetrics } from './thinline/v1/RemoteMetrics.ts';
import type { ResumeInput as _thinline_v1_ResumeInput, Resume as _thinline_v1_Resume } from './thinline/v1/Resume.ts';
import type { RtpPathInput as _thinline_v1_RtpPathInput, RtpPath as _thinline_v1_RtpPath } from './thinline/v1/RtpPath.ts';
import type { SelectDevicesInput as _thinline_v1_SelectDevicesInput, SelectDevices as _thinline_v1_SelectDevices } from './thinline/v1/SelectDevices.ts';
import type { SendDtmfInput as _thinline_v1_SendDtmfInput, SendDtmf as _thinline_v1_SendDtmf } from './thinline/v1/SendDtmf.ts';
import type { SetAgentStateInput as _thinline_v1_SetAgentStateInput, SetAgentState as _thinline_v1_SetAgentState } from './thinline/v1/SetAgentState.ts';
import type { SetDoNotDisturbInput as _thinline_v1_SetDoNotDisturbInput, SetDoNotDisturb as _thinline_v1_SetDoNotDisturb } from './thinline/v1/SetDoNotDisturb.ts';
import type { SetForwardingInput as _thinline_v1_SetForwardingInput, SetForwarding as _thinline_v1_SetForwarding } from './thinline/v1/SetForwarding.ts';
import type { SetVolumeInput as _thinline_v1_SetVolumeInput, SetVolume as _thinline_v1_SetVolume } from './thinline/v1/SetVolume.ts';
import type { ShutdownInput as _thinline_v1_ShutdownInput, Shutdown as _thinline_v1_Shutdown } from './thinline/v1/Shutdown.ts';
import type { SipSettingsInput as _thinline_v1_SipSettingsInput, SipSettings as _thinline_v1_SipSettings } from './thinline/v1/SipSettings.ts';
import type { SnapshotInput as _thinline_v1_SnapshotInput, Snapshot as _thinline_v1_Snapshot } from './thinline/v1/Snapshot.ts';
import type { TestSoundInput as _thinline_v1_TestSoundInput, TestSound as _thinline_v1_TestSound } from './thinline/v1/TestSound.ts';
import type { TlsSettingsInput as _thinline_v1_TlsSettingsInput, TlsSettings as _thinline_v1_TlsSettings } from './thinline/v1/TlsSettings.ts';
import type { TransferInput as _thinline_v1_TransferInput, Transfer as _thinline_v1_Transfer } from './thinline/v1/Transfer.ts';
import type { TransferringInput as _thinline_v1_TransferringInput, Transferring as _thinline_v1_Transferring } from './thinline/v1/Transferring.ts';
import type { WatchRequestInput as _thinline_v1_WatchRequestInput, WatchRequest as _thinline_v1_WatchRequest } from './thinline/v1/WatchRequest.ts';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  thinline: {
    v1: {
      Agent: MessageTypeDefinition<_thinline_v1_AgentInput, _thinline_v1_Agent>
      AgentSession: MessageTypeDefinition<_thinline_v1_AgentSessionInput, _thinline_v1_AgentSession>
      AlertingSettings: MessageTypeDefinition<_thinline_v1_AlertingSettingsInput, _thinline_v1_AlertingSettings>
      Answer: MessageTypeDefinition<_thinline_v1_AnswerInput, _thinline_v1_Answer>
      Appearance: MessageTypeDefinition<_thinline_v1_AppearanceInput, _thinline_v1_Appearance>
      Audio: MessageTypeDefinition<_thinline_v1_AudioInput, _thinline_v1_Audio>
      Call: MessageTypeDefinition<_thinline_v1_CallInput, _thinline_v1_Call>
      CallPolicy: MessageTypeDefinition<_thinline_v1_CallPolicyInput, _thinline_v1_CallPolicy>
      CallQuality: MessageTypeDefinition<_thinline_v1_CallQualityInput, _thinline_v1_CallQuality>
      CodecInUse: MessageTypeDefinition<_thinline_v1_CodecInUseInput, _thinline_v1_CodecInUse>
      CodecSettings: MessageTypeDefinition<_thinline_v1_CodecSettingsInput, _thinline_v1_CodecSettings>
      Command: MessageTypeDefinition<_thinline_v1_CommandInput, _thinline_v1_Command>
      CommandResult: MessageTypeDefinition<_thinline_v1_CommandResultInput, _thinline_v1_CommandResult>
      Conference: MessageTypeDefinition<_thinline_v1_ConferenceInput, _thinline_v1_Conference>
      Configuration: MessageTypeDefinition<_thinline_v1_ConfigurationInput, _thinline_v1_Configuration>
      Configure: MessageTypeDefinition<_thinline_v1_ConfigureInput, _thinline_v1_Configure>
      Device: MessageTypeDefinition<_thinline_v1_DeviceInput, _thinline_v1_Device>
      DeviceSettings: MessageTypeDefinition<_thinline_v1_DeviceSettingsInput, _thinline_v1_DeviceSettings>
      Dial: MessageTypeDefinition<_thinline_v1_DialInput, _thinline_v1_Dial>
      Diversion: MessageTypeDefinition<_thinline_v1_DiversionInput, _thinline_v1_Diversion>
      /**
       * The endpoint adapter as the app layer sees it. The adapter is the truth, the app layer a replica:
       * it shakes hands, watches, and sends commands.
       */
      Endpoint: SubtypeConstructor<typeof grpc.Client, _thinline_v1_EndpointClient> & { service: _thinline_v1_EndpointDefinition }
      EndpointIdentity: MessageTypeDefinition<_thinline_v1_EndpointIdentityInput, _thinline_v1_EndpointIdentity>
      Event: MessageTypeDefinition<_thinline_v1_EventInput, _thinline_v1_Event>
      Failure: MessageTypeDefinition<_thinline_v1_FailureInput, _thinline_v1_Failure>
      Forwarding: MessageTypeDefinition<_thinline_v1_ForwardingInput, _thinline_v1_Forwarding>
      HandshakeRequest: MessageTypeDefinition<_thinline_v1_HandshakeRequestInput, _thinline_v1_HandshakeRequest>
      HandshakeResponse: MessageTypeDefinition<_thinline_v1_HandshakeResponseInput, _thinline_v1_HandshakeResponse>
      HangUp: MessageTypeDefinition<_thinline_v1_HangUpInput, _thinline_v1_HangUp>
      Hold: MessageTypeDefinition<_thinline_v1_HoldInput, _thinline_v1_Hold>
      Levels: MessageTypeDefinition<_thinline_v1_LevelsInput, _thinline_v1_Levels>
      Line: MessageTypeDefinition<_thinline_v1_LineInput, _thinline_v1_Line>
      LineConfiguration: MessageTypeDefinition<_thinline_v1_LineConfigurationInput, _thinline_v1_LineConfiguration>
      LogSettings: MessageTypeDefinition<_thinline_v1_LogSettingsInput, _thinline_v1_LogSettings>
      Mailbox: MessageTypeDefinition<_thinline_v1_MailboxInput, _thinline_v1_Mailbox>
      MailboxConfiguration: MessageTypeDefinition<_thinline_v1_MailboxConfigurationInput, _thinline_v1_MailboxConfiguration>
      MediaSettings: MessageTypeDefinition<_thinline_v1_MediaSettingsInput, _thinline_v1_MediaSettings>
      Mute: MessageTypeDefinition<_thinline_v1_MuteInput, _thinline_v1_Mute>
      NatSettings: MessageTypeDefinition<_thinline_v1_NatSettingsInput, _thinline_v1_NatSettings>
      Notice: MessageTypeDefinition<_thinline_v1_NoticeInput, _thinline_v1_Notice>
      Party: MessageTypeDefinition<_thinline_v1_PartyInput, _thinline_v1_Party>
      PortRange: MessageTypeDefinition<_thinline_v1_PortRangeInput, _thinline_v1_PortRange>
      QualitySettings: MessageTypeDefinition<_thinline_v1_QualitySettingsInput, _thinline_v1_QualitySettings>
      Rating: MessageTypeDefinition<_thinline_v1_RatingInput, _thinline_v1_Rating>
      Redirection: MessageTypeDefinition<_thinline_v1_RedirectionInput, _thinline_v1_Redirection>
      Register: MessageTypeDefinition<_thinline_v1_RegisterInput, _thinline_v1_Register>
      Reject: MessageTypeDefinition<_thinline_v1_RejectInput, _thinline_v1_Reject>
      RemoteMetrics: MessageTypeDefinition<_thinline_v1_RemoteMetricsInput, _thinline_v1_RemoteMetrics>
      Resume: MessageTypeDefinition<_thinline_v1_ResumeInput, _thinline_v1_Resume>
      RtpPath: MessageTypeDefinition<_thinline_v1_RtpPathInput, _thinline_v1_RtpPath>
      SelectDevices: MessageTypeDefinition<_thinline_v1_SelectDevicesInput, _thinline_v1_SelectDevices>
      SendDtmf: MessageTypeDefinition<_thinline_v1_SendDtmfInput, _thinline_v1_SendDtmf>
      SetAgentState: MessageTypeDefinition<_thinline_v1_SetAgentStateInput, _thinline_v1_SetAgentState>
      SetDoNotDisturb: MessageTypeDefinition<_thinline_v1_SetDoNotDisturbInput, _thinline_v1_SetDoNotDisturb>
      SetForwarding: MessageTypeDefinition<_thinline_v1_SetForwardingInput, _thinline_v1_SetForwarding>
      SetVolume: MessageTypeDefinition<_thinline_v1_SetVolumeInput, _thinline_v1_SetVolume>
      Shutdown: MessageTypeDefinition<_thinline_v1_ShutdownInput, _thinline_v1_Shutdown>
      SipSettings: MessageTypeDefinition<_thinline_v1_SipSettingsInput, _thinline_v1_SipSettings>
      Snapshot: MessageTypeDefinition<_thinline_v1_SnapshotInput, _thinline_v1_Snapshot>
      TestSound: MessageTypeDefinition<_thinline_v1_TestSoundInput, _thinline_v1_TestSound>
      TlsSettings: MessageTypeDefinition<_thinline_v1_TlsSettingsInput, _thinline_v1_TlsSettings>
      Transfer: MessageTypeDefinition<_thinline_v1_TransferInput, _thinline_v1_Transfer>
      Transferring: MessageTypeDefinition<_thinline_v1_TransferringInput, _thinline_v1_Transferring>
      WatchRequest: MessageTypeDefinition<_thinline_v1_WatchRequestInput, _thinline_v1_WatchRequest>
    }
  }
}


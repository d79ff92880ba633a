// Original file: proto/thinline/v1/session.proto

import type { ConfigureInput as _thinline_v1_ConfigureInput, Configure as _thinline_v1_Configure } from '../../thinline/v1/Configure.ts';
import type { DialInput as _thinline_v1_DialInput, Dial as _thinline_v1_Dial } from '../../thinline/v1/Dial.ts';
import type { AnswerInput as _thinline_v1_AnswerInput, Answer as _thinline_v1_Answer } from '../../thinline/v1/Answer.ts';
import type { RejectInput as _thinline_v1_RejectInput, Reject as _thinline_v1_Reject } from '../../thinline/v1/Reject.ts';
import type { HangUpInput as _thinline_v1_HangUpInput, HangUp as _thinline_v1_HangUp } from '../../thinline/v1/HangUp.ts';
import type { HoldInput as _thinline_v1_HoldInput, Hold as _thinline_v1_Hold } from '../../thinline/v1/Hold.ts';
import type { ResumeInput as _thinline_v1_ResumeInput, Resume as _thinline_v1_Resume } from '../../thinline/v1/Resume.ts';
import type { MuteInput as _thinline_v1_MuteInput, Mute as _thinline_v1_Mute } from '../../thinline/v1/Mute.ts';
import type { SendDtmfInput as _thinline_v1_SendDtmfInput, SendDtmf as _thinline_v1_SendDtmf } from '../../thinline/v1/SendDtmf.ts';
import type { RegisterInput as _thinline_v1_RegisterInput, Register as _thinline_v1_Register } from '../../thinline/v1/Register.ts';
import type { ShutdownInput as _thinline_v1_ShutdownInput, Shutdown as _thinline_v1_Shutdown } from '../../thinline/v1/Shutdown.ts';
import type { TransferInput as _thinline_v1_TransferInput, Transfer as _thinline_v1_Transfer } from '../../thinline/v1/Transfer.ts';
import type { SetAgentStateInput as _thinline_v1_SetAgentStateInput, SetAgentState as _thinline_v1_SetAgentState } from '../../thinline/v1/SetAgentState.ts';
import type { SetDoNotDisturbInput as _thinline_v1_SetDoNotDisturbInput, SetDoNotDisturb as _thinline_v1_SetDoNotDisturb } from '../../thinline/v1/SetDoNotDisturb.ts';
import type { SetForwardingInput as _thinline_v1_SetForwardingInput, SetForwarding as _thinline_v1_SetForwarding } from '../../thinline/v1/SetForwarding.ts';
import type { ConferenceInput as _thinline_v1_ConferenceInput, Conference as _thinline_v1_Conference } from '../../thinline/v1/Conference.ts';
import type { SelectDevicesInput as _thinline_v1_SelectDevicesInput, SelectDevices as _thinline_v1_SelectDevices } from '../../thinline/v1/SelectDevices.ts';
import type { SetVolumeInput as _thinline_v1_SetVolumeInput, SetVolume as _thinline_v1_SetVolume } from '../../thinline/v1/SetVolume.ts';
import type { TestSoundInput as _thinline_v1_TestSoundInput, TestSound as _thinline_v1_TestSound } from '../../thinline/v1/TestSound.ts';

export interface CommandInput {
  /**
   * Random, chosen by the sender.
   */
  'id'?: (string);
  'sessionId'?: (string);
  'configure'?: (_thinline_v1_ConfigureInput | null);
  'dial'?: (_thinline_v1_DialInput | null);
  'answer'?: (_thinline_v1_AnswerInput | null);
  'reject'?: (_thinline_v1_RejectInput | null);
  'hangUp'?: (_thinline_v1_HangUpInput | null);
  'hold'?: (_thinline_v1_HoldInput | null);
  'resume'?: (_thinline_v1_ResumeInput | null);
  'mute'?: (_thinline_v1_MuteInput | null);
  'sendDtmf'?: (_thinline_v1_SendDtmfInput | null);
  'register'?: (_thinline_v1_RegisterInput | null);
  'shutdown'?: (_thinline_v1_ShutdownInput | null);
  'transfer'?: (_thinline_v1_TransferInput | null);
  'setAgentState'?: (_thinline_v1_SetAgentStateInput | null);
  'setDoNotDisturb'?: (_thinline_v1_SetDoNotDisturbInput | null);
  'setForwarding'?: (_thinline_v1_SetForwardingInput | null);
  'conference'?: (_thinline_v1_ConferenceInput | null);
  'selectDevices'?: (_thinline_v1_SelectDevicesInput | null);
  'setVolume'?: (_thinline_v1_SetVolumeInput | null);
  'testSound'?: (_thinline_v1_TestSoundInput | null);
  'body'?: "configure"|"dial"|"answer"|"reject"|"hangUp"|"hold"|"resume"|"mute"|"sendDtmf"|"register"|"shutdown"|"transfer"|"setAgentState"|"setDoNotDisturb"|"setForwarding"|"conference"|"selectDevices"|"setVolume"|"testSound";
}

export interface Command {
  /**
   * Random, chosen by the sender.
   */
  'id': (string);
  'sessionId': (string);
  'configure'?: (_thinline_v1_Configure | null);
  'dial'?: (_thinline_v1_Dial | null);
  'answer'?: (_thinline_v1_Answer | null);
  'reject'?: (_thinline_v1_Reject | null);
  'hangUp'?: (_thinline_v1_HangUp | null);
  'hold'?: (_thinline_v1_Hold | null);
  'resume'?: (_thinline_v1_Resume | null);
  'mute'?: (_thinline_v1_Mute | null);
  'sendDtmf'?: (_thinline_v1_SendDtmf | null);
  'register'?: (_thinline_v1_Register | null);
  'shutdown'?: (_thinline_v1_Shutdown | null);
  'transfer'?: (_thinline_v1_Transfer | null);
  'setAgentState'?: (_thinline_v1_SetAgentState | null);
  'setDoNotDisturb'?: (_thinline_v1_SetDoNotDisturb | null);
  'setForwarding'?: (_thinline_v1_SetForwarding | null);
  'conference'?: (_thinline_v1_Conference | null);
  'selectDevices'?: (_thinline_v1_SelectDevices | null);
  'setVolume'?: (_thinline_v1_SetVolume | null);
  'testSound'?: (_thinline_v1_TestSound | null);
  'body'?: "configure"|"dial"|"answer"|"reject"|"hangUp"|"hold"|"resume"|"mute"|"sendDtmf"|"register"|"shutdown"|"transfer"|"setAgentState"|"setDoNotDisturb"|"setForwarding"|"conference"|"selectDevices"|"setVolume"|"testSound";
}

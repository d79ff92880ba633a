/** The failure catalogue: every failure that people or programs can meet, once. docs/failures.md is generated from it. */
import type { Failure } from './contract/types.ts';

interface Row {
  code: string;
  /** One sentence; {name} takes the fact of that name. */
  message: string;
  cause: string;
  remedy: string;
}

/** 1xxx link, 2xxx signalling, 3xxx calls, 4xxx sound, 5xxx configuration, 6xxx panel and control. */
const rows = {
  endpointUnreachable: {
    code: 'TL1001',
    message: 'The phone cannot be reached.',
    cause: 'The endpoint adapter is not running, or the link to it is lost ({detail}).',
    remedy: 'Wait a few seconds; if it stays, start thinline-adapter on the endpoint, or Thinline with --standalone.',
  },
  protocolMismatch: {
    code: 'TL1002',
    message: 'The two halves of Thinline are too far apart in version.',
    cause: 'The app layer speaks protocol {app}, the endpoint adapter {endpoint}.',
    remedy: 'Update the older one of the two.',
  },
  endpointTaken: {
    code: 'TL1003',
    message: 'This phone is in use by {user}.',
    cause: 'Another app session holds the endpoint, and it has a call.',
    remedy: 'Wait until the call has ended, or end the other session.',
  },
  takenOver: {
    code: 'TL1004',
    message: 'The phone is now used from another place.',
    cause: 'A newer app session connected from {host}.',
    remedy: 'Close one of the two. To use the phone here, press "Use the phone here" or run "thinline ctl register".',
  },
  unknownCommand: {
    code: 'TL1005',
    message: 'The endpoint does not know this command.',
    cause: 'The app layer is newer than the endpoint adapter, or the command is malformed.',
    remedy: 'Update the endpoint adapter.',
  },
  commandUnanswered: {
    code: 'TL1006',
    message: 'It is not known whether that was done.',
    cause: 'The link to the phone was lost before it answered.',
    remedy: 'Look at the calls, and do it again if it was not done.',
  },
  phoneChanged: {
    code: 'TL1007',
    message: 'That was not done, as the phone is another one now.',
    cause: 'While the link was lost the endpoint adapter was started anew, or you came to another endpoint.',
    remedy: 'Look at the calls, and do it again.',
  },
  featureMissing: {
    code: 'TL1008',
    message: 'This endpoint adapter cannot {feature}.',
    cause: 'It is of version {version}, and {needed} or later can.',
    remedy: 'Update the endpoint adapter.',
  },
  adapterOld: {
    code: 'TL1009',
    message: 'The endpoint adapter is older than it should be.',
    cause: 'It is of version {version}, and policy.link.min_adapter asks for {needed}.',
    remedy: 'Update the endpoint adapter; it is used meanwhile.',
  },
  adapterReadOnly: {
    code: 'TL1010',
    message: 'Calls are only shown here: the endpoint adapter is too old to be used.',
    cause: 'It is of version {version}, and policy.link.min_adapter asks for {needed}.',
    remedy: 'Update the endpoint adapter.',
  },
  adapterBlocked: {
    code: 'TL1011',
    message: 'You cannot take calls: the endpoint adapter is too old.',
    cause: 'It is of version {version}, and policy.link.min_adapter asks for {needed}.',
    remedy: 'Update the endpoint adapter.',
  },
  noAdapter: {
    code: 'TL1012',
    message: 'You cannot take calls: there is no phone where you sit.',
    cause: 'No endpoint adapter answers by way of {channel}. {detail}',
    remedy:
      'Start thinline-adapter on the machine that you sit at; where it has none, policy.link.fallback can allow sound in the virtual desktop.',
  },
  soundInDesktop: {
    code: 'TL1013',
    message: 'Sound is inside the virtual desktop, and may be worse than where you sit.',
    cause: 'The endpoint adapter on the machine that you sit at cannot be used: {detail}',
    remedy: 'Start or update thinline-adapter there; it is used as soon as no call is up.',
  },
  callsElsewhere: {
    code: 'TL1014',
    message: 'You are still on a call at {host}, and this phone waits for its end.',
    cause: 'A call stays where its sound is, and policy.link.roaming is after_calls.',
    remedy: 'End the call there; when it has ended, register here ("thinline ctl register").',
  },
  channelRefused: {
    code: 'TL1020',
    message: 'This virtual desktop does not open the channel to the phone.',
    cause:
      '{detail}. Either the remoting client has no plugin of Thinline, or an allow list of the virtual desktop keeps the channel shut. {allowList}',
    remedy:
      'Install the plugin for the remoting client at the endpoint and start thinline-adapter there; where channels need leave, let the administrator add the lines above.',
  },
  channelStuck: {
    code: 'TL1021',
    message: 'The virtual channel to the phone hangs.',
    cause: 'The service of this virtual desktop for {name} has not answered for {seconds} s.',
    remedy: 'Wait a few seconds; if it stays, disconnect from the virtual desktop and connect again.',
  },
  channelLibrary: {
    code: 'TL1022',
    message: 'This virtual desktop has no channels of the kind "{name}".',
    cause: '{detail}',
    remedy: 'Install the software of that product inside the virtual desktop, or choose another policy.link.channel.',
  },
  tlsNotConfigured: {
    code: 'TL1023',
    message: 'The way to the phone over TLS is not configured.',
    cause: '{option} is missing, or is not usable.',
    remedy:
      'Set policy.link.endpoint (host:port), policy.link.certificate (a PEM file with chain and private key) and policy.link.authorities (a PEM file), or choose another policy.link.channel.',
  },
  tlsFiles: {
    code: 'TL1024',
    message: 'The certificates for the way to the phone cannot be used.',
    cause: '{detail}.',
    remedy: 'Correct the files that policy.link.certificate and policy.link.authorities name.',
  },
  tlsUnreachable: {
    code: 'TL1025',
    message: 'The phone at {host}:{port} cannot be reached.',
    cause: 'There is no TLS connection: {detail}.',
    remedy:
      'Check policy.link.endpoint, that thinline-adapter runs there with --tls, and that no firewall is in the way.',
  },
  tlsTheirs: {
    code: 'TL1026',
    message: 'The certificate of the phone at {host}:{port} is not accepted.',
    cause: 'What is wrong with it: {detail}.',
    remedy: 'Let the administrator correct --tls-certificate of the endpoint, or policy.link.authorities here.',
  },
  tlsName: {
    code: 'TL1027',
    message: 'The certificate of the phone at {host}:{port} is that of another host.',
    cause: 'It does not name "{host}".',
    remedy: 'Correct the host in policy.link.endpoint, or issue a certificate with that name for the endpoint.',
  },
  tlsOurs: {
    code: 'TL1028',
    message: 'The phone at {host}:{port} does not accept our certificate.',
    cause: 'Its --tls-authorities have not signed what policy.link.certificate names, or it is out of date.',
    remedy: 'Let the administrator issue a certificate for this user by an authority that the endpoint trusts.',
  },
  tlsDoorTaken: {
    code: 'TL1029',
    message: 'Nobody can come in by TLS at {host}:{port}.',
    cause: 'The system does not let us listen there: {detail}.',
    remedy: 'End the program that uses that port, or choose another address with --tls.',
  },
  tlsDoorFiles: {
    code: 'TL1030',
    message: 'The certificates for --tls cannot be used.',
    cause: '{detail}.',
    remedy: 'Correct the files that --tls-certificate and --tls-authorities name.',
  },
  wrongPassword: {
    code: 'TL2001',
    message: 'The server {server} refused the password of {user}.',
    cause: 'User name or password is wrong (SIP {status}).',
    remedy:
      'Correct user and password, then register again; the phone does not try by itself, so as not to lock the account.',
  },
  serverUnreachable: {
    code: 'TL2002',
    message: 'The server {server} does not answer.',
    cause: 'It is down, unreachable from here, or the address, port or transport ({transport}) is wrong: {detail}.',
    remedy: 'Check server and protocol in the configuration, and whether a firewall lets the traffic through.',
  },
  serverUnknown: {
    code: 'TL2003',
    message: 'The name of the server {server} cannot be resolved.',
    cause: 'DNS does not know it: {detail}.',
    remedy: 'Check the spelling of the server in the configuration, and the DNS settings of the endpoint.',
  },
  registrationRefused: {
    code: 'TL2004',
    message: 'The server {server} refused to register {user}.',
    cause: 'It answered {status} {reason}.',
    remedy: 'Ask the administrator of the SIP server whether this user exists and may register.',
  },
  portInUse: {
    code: 'TL2005',
    message: 'No free port for SIP between {min} and {max}.',
    cause: 'Other programs, perhaps a second softphone, use all of them.',
    remedy: 'End the other program, or widen sip_port_min and sip_port_max.',
  },
  tlsFailed: {
    code: 'TL2006',
    message: 'There is no secure connection to the server {server}.',
    cause: 'TLS could not be agreed upon: {detail}.',
    remedy:
      'Check the name of the server in the configuration, and that its certificate names it and is in date; name the authority that signed it in system.security.authorities where the endpoint does not know it.',
  },
  certificateUnreadable: {
    code: 'TL2007',
    message: 'The certificate file {file} cannot be used.',
    cause: '{detail}',
    remedy:
      'Correct system.security.certificate (a PEM file on the endpoint with our certificate, its chain and its private key) or system.security.authorities (a PEM file with the authorities to trust).',
  },
  agentRefused: {
    code: 'TL2008',
    message: 'The contact centre did not change the state of the agent.',
    cause: '{detail}',
    remedy: 'Check agent id and password, and ask a supervisor whether this agent may be in that state.',
  },
  agentNoAnswer: {
    code: 'TL2009',
    message: 'The contact centre has not confirmed the state of the agent.',
    cause: 'The server did not answer in time; some servers are silent when the password is wrong.',
    remedy: 'Check agent id and password, and try again.',
  },
  noAgentId: {
    code: 'TL2010',
    message: 'No agent is logged in.',
    cause: 'Any other state needs an agent, and no agent id was given.',
    remedy: 'Log in with an agent id first.',
  },
  featureUnavailable: {
    code: 'TL2011',
    message: 'This line has no {feature}.',
    cause: 'Its server does not offer it, or the configuration of the line does not ask for it.',
    remedy:
      'Ask the administrator of the SIP server; the state of an agent needs agent_state in the configuration of the line.',
  },
  featureRefused: {
    code: 'TL2012',
    message: 'The server refused to change {feature}.',
    cause: 'It answered {status} {reason}.',
    remedy: 'Ask the administrator of the SIP server whether this line may use it.',
  },
  malformedForwarding: {
    code: 'TL2013',
    message: 'Calls cannot be forwarded like this.',
    cause: '{detail}',
    remedy:
      'Give a number, user@host or sip: address to forward to, and for calls without an answer a time in seconds.',
  },
  malformedTarget: {
    code: 'TL3001',
    message: '"{target}" is not a number or address that can be called.',
    cause: 'A target is a number, user@host or a sip: address, without spaces.',
    remedy: 'Correct the number and dial again.',
  },
  noLine: {
    code: 'TL3002',
    message: 'There is no line to call from.',
    cause: 'No line is configured, or the line {line} does not exist.',
    remedy: 'Configure a line (Basic container of Softphone.config).',
  },
  noSuchCall: {
    code: 'TL3003',
    message: 'There is no such call.',
    cause: 'The call {call} has ended, or never was.',
    remedy: 'Look at the list of calls and choose one of them.',
  },
  ambiguousCall: {
    code: 'TL3004',
    message: 'There are several calls, and none was chosen.',
    cause: '{count} calls could be meant.',
    remedy: 'Say which one (--call ID).',
  },
  wrongCallState: {
    code: 'TL3005',
    message: 'This cannot be done to the call now.',
    cause: 'The call is {state}; {command} needs it to be {needed}.',
    remedy: 'Wait until the call is in that state.',
  },
  callBusy: {
    code: 'TL3006',
    message: '{target} is busy.',
    cause: 'The far end answered {status} {reason}.',
    remedy: 'Try again later.',
  },
  callRejected: {
    code: 'TL3007',
    message: '{target} did not take the call.',
    cause: 'The far end answered {status} {reason}.',
    remedy: 'Try again later, or reach the person another way.',
  },
  callNotFound: {
    code: 'TL3008',
    message: '{target} does not exist.',
    cause: 'The server answered {status} {reason}.',
    remedy: 'Check the number.',
  },
  callNotAnswered: {
    code: 'TL3009',
    message: '{target} did not answer.',
    cause: 'The call ended without an answer ({status} {reason}).',
    remedy: 'Try again later.',
  },
  callNoResponse: {
    code: 'TL3010',
    message: 'The call to {target} got no response.',
    cause: 'Neither the server nor the far end answered the INVITE in time.',
    remedy: 'Check that the line is registered; then try again.',
  },
  callNotAcceptable: {
    code: 'TL3011',
    message: 'The two phones have no way of sound in common.',
    cause:
      'No codec of the offer fits, or one of the two asks for encryption and the other has none ({status} {reason}).',
    remedy:
      'Enable a codec that the far end has (PCMU, PCMA or opus); else let the administrator compare use_srtp on both sides.',
  },
  callLost: {
    code: 'TL3012',
    message: 'The call with {target} was lost.',
    cause: '{detail}',
    remedy: 'Call again.',
  },
  renegotiationFailed: {
    code: 'TL3013',
    message: 'The call with {target} could not be held or resumed.',
    cause: 'The far end answered the re-INVITE with {status} {reason}.',
    remedy: 'Try again; the call goes on as it was.',
  },
  malformedDigits: {
    code: 'TL3014',
    message: '"{digits}" has characters that are not DTMF digits.',
    cause: 'DTMF has 0-9, *, # and A-D.',
    remedy: 'Send those characters only.',
  },
  tooManyRedirections: {
    code: 'TL3015',
    message: 'The call to {target} was sent on too often.',
    cause: 'More than {limit} redirections, or one back to a target that was tried before.',
    remedy: 'Ask the administrator to look at the forwarding of that number.',
  },
  transferFailed: {
    code: 'TL3016',
    message: 'The transfer to {target} failed; the call is back.',
    cause: 'The target answered {status} {reason}.',
    remedy: 'Go on with the call, or transfer it to somebody else.',
  },
  transferRefused: {
    code: 'TL3017',
    message: 'The far end does not let itself be transferred.',
    cause: 'It answered the REFER with {status} {reason}.',
    remedy: 'Go on with the call as it was; ask the administrator whether its server allows transfers by phones.',
  },
  transferToItself: {
    code: 'TL3018',
    message: 'A call cannot be transferred to itself.',
    cause: 'Both calls that were given are the call {call}.',
    remedy: 'Choose another call to join it with.',
  },
  appearanceTaken: {
    code: 'TL3019',
    message: 'Appearance {appearance} of the shared line cannot be used.',
    cause: 'The server answered {status} {reason}; another phone may have it.',
    remedy: 'Choose another appearance, or none.',
  },
  conferenceSize: {
    code: 'TL3020',
    message: 'There is no conference to be made of these calls.',
    cause: 'A conference joins 2 to {limit} answered calls; there are {count}.',
    remedy: 'Answer another call, or end one, and try again.',
  },
  noHeadset: {
    code: 'TL3021',
    message: 'Calls cannot be made or taken without a headset.',
    cause: 'The configuration asks for a headset, and none of those that it names is plugged in.',
    remedy: 'Plug the headset in; if it is, ask the administrator to look at its name in the configuration.',
  },
  noDevice: {
    code: 'TL4001',
    message: 'There is no {kind}.',
    cause: '{detail}',
    remedy:
      'Plug in a headset, or check that the sound service of the endpoint runs; calls go on meanwhile, without that direction.',
  },
  noAudioDriver: {
    code: 'TL4002',
    message: 'No sound can be played or recorded on this machine.',
    cause: '{detail}',
    remedy:
      'Check that a sound service runs on the endpoint; if the sound driver is missing, install the endpoint adapter again (in the sources: "npm run build:audio"). Then start the endpoint adapter again.',
  },
  noRtpPort: {
    code: 'TL4003',
    message: 'No free pair of ports for sound between {min} and {max}.',
    cause: 'Other calls or programs use all of them.',
    remedy: 'End a call, or widen rtp_port_min and rtp_port_max.',
  },
  mediaFailed: {
    code: 'TL4004',
    message: 'The sound part of the phone stopped.',
    cause: '{detail}',
    remedy: 'It is started anew by itself; if this comes again, send the log to your administrator.',
  },
  dtmfNotTaken: {
    code: 'TL4005',
    message: 'The digits cannot be sent now.',
    cause: 'The far end takes no DTMF (RFC 4733), or the call sends no sound at this moment.',
    remedy: 'Resume the call if it is held; otherwise the far end cannot be reached by digits.',
  },
  callNotProtected: {
    code: 'TL4006',
    message: 'The sound of the call could not be protected.',
    cause: 'The two phones did not agree on keys by DTLS ({detail}).',
    remedy:
      'Call again; if it happens again, let the administrator compare use_srtp here with what the server asks for.',
  },
  noPath: {
    code: 'TL4007',
    message: 'The sound of the call finds no way to the far end.',
    cause: 'No path that ICE could find works, or it has stopped working ({detail}).',
    remedy: 'Call again; if it happens again, let the administrator check the firewall and the STUN and TURN servers.',
  },
  soundLost: {
    code: 'TL4008',
    message: 'Nothing has been heard from the far end for {seconds} s.',
    cause: 'Its packets no longer arrive: the network or a firewall is in the way, or the far end is gone.',
    remedy: 'Hang up and call again; if it happens again, have the network checked.',
  },
  soundUndecipherable: {
    code: 'TL4009',
    message: 'The sound that arrives cannot be decrypted.',
    cause: 'The far end protects it with another key than was agreed on.',
    remedy: 'Call again; if it happens again, let the administrator check the SRTP settings of both sides.',
  },
  poorQuality: {
    code: 'TL4010',
    message: 'The call with {target} sounds bad.',
    cause: 'Its mean opinion score is {mos}, and below {threshold} counts as bad: packets are lost, or take too long.',
    remedy:
      'Use a cable instead of a wireless network, and end what else loads the network; if it happens often, have the network checked.',
  },
  microphoneSilent: {
    code: 'TL4011',
    message: 'Your microphone is silent.',
    cause:
      'No sound has come from it for a while: it is muted at the headset or by the system, or another one is in use.',
    remedy: 'Check the mute switch of the headset, and which microphone is chosen; this goes away once you are heard.',
  },
  farEndSilent: {
    code: 'TL4012',
    message: '{target} cannot be heard.',
    cause: 'Packets arrive from there, and what is in them is silence: a microphone is muted there, or nobody speaks.',
    remedy: 'Ask for a word; if nothing is heard, call again.',
  },
  nothingReceived: {
    code: 'TL4013',
    message: 'No sound arrives from {target}.',
    cause:
      'Not one packet of it has come for a while: the network or a firewall is in the way, or the far end sends none.',
    remedy: 'Call again; if it happens again, have the network and the firewall checked.',
  },
  configurationUnreadable: {
    code: 'TL5001',
    message: 'The configuration {file} cannot be used.',
    cause: '{detail}',
    remedy: 'Correct the file and start again.',
  },
  configurationPorts: {
    code: 'TL5002',
    message: 'The port range {option} is upside down.',
    cause: '{min} is greater than {max}.',
    remedy: 'Make the minimum the smaller one.',
  },
  noConfiguration: {
    code: 'TL5003',
    message: 'The phone has no configuration.',
    cause: 'No Softphone.config can be read at {file}.',
    remedy: 'Give one with --config FILE.',
  },
  configurationThere: {
    code: 'TL5004',
    message: '{file} is there already, and is left as it is.',
    cause: 'A new configuration file never takes the place of another.',
    remedy: 'Name another file, or move that one away.',
  },
  configurationNotWritten: {
    code: 'TL5005',
    message: 'The file {file} cannot be written.',
    cause: '{detail}',
    remedy: 'Name a file in a folder that you may write to.',
  },
  unknownSetting: {
    code: 'TL5006',
    message: 'There is no setting "{option}".',
    cause: 'No option has that path, or begins or ends with it.',
    remedy: 'Look it up in docs/configuration.md; "thinline config init" writes a file with all of them.',
  },
  panelPortInUse: {
    code: 'TL6001',
    message: 'The panel cannot be served at {address}.',
    cause: 'Another program, perhaps a second Thinline, uses that port.',
    remedy: 'End the other program, or choose another port with --port.',
  },
  notRunning: {
    code: 'TL6002',
    message: 'Thinline is not running.',
    cause: 'Nothing answers at {address}.',
    remedy:
      'Start it with "thinline" or, with both halves on one computer, "thinline --standalone" (in the sources: "npm start"); on the endpoint alone, start thinline-adapter.',
  },
  usage: {
    code: 'TL6003',
    message: '{detail}',
    cause: 'The command line is not understood.',
    remedy: 'See --help.',
  },
  notAllowed: {
    code: 'TL6004',
    message: 'This page may not control the phone.',
    cause: 'It has no token, or an old one.',
    remedy:
      'Open the panel from the menu of programs or with "thinline open"; on the endpoint, open the address that "thinline-adapter ctl page" prints.',
  },
  socketTaken: {
    code: 'TL6005',
    message: 'The socket {path} cannot be used.',
    cause: '{detail}',
    remedy: 'End the other Thinline, or move away what is in the way, and start again.',
  },
  malformedRequest: {
    code: 'TL6006',
    message: 'The panel does not understand this request.',
    cause: '{detail}',
    remedy: 'Reload the page; if it stays, page and server are of different versions: start Thinline again.',
  },
  foreignPage: {
    code: 'TL6007',
    message: 'Another page may not control the phone.',
    cause: 'The request came from {host}, which is not the panel of this Thinline.',
    remedy:
      'Open the address that Thinline prints at its start (on the endpoint: "thinline-adapter ctl page"), and no other name for it.',
  },
  tooManyListeners: {
    code: 'TL6008',
    message: 'The panel is open in too many places.',
    cause: 'All connections for live updates are in use.',
    remedy: 'Close some of the windows.',
  },
  panelNotBuilt: {
    code: 'TL6009',
    message: 'The pages of the panel are missing.',
    cause: 'They have not been built yet; the phone itself works, and so does "thinline ctl".',
    remedy: 'Run "npm run build:panel", then reload this page.',
  },
  panelRemoved: {
    code: 'TL6035',
    message: 'The pages of the panel are missing.',
    cause:
      'Thinline has been updated since it was started, or its folder was changed; the phone itself works, and so does "thinline ctl".',
    remedy: 'Sign out of this desktop and in again. If that does not help, Thinline has to be installed again.',
  },
  panelNotOpened: {
    code: 'TL6036',
    message: 'The panel could not be opened in a browser.',
    cause: '{detail}',
    remedy:
      'Run "thinline open --print", and open the address that it prints in a browser of this desktop within a minute.',
  },
  phoneNotStarted: {
    code: 'TL6037',
    message: 'Thinline could not be started.',
    cause: 'It was started just now, and does not answer.',
    remedy: 'Sign out of this desktop and in again. If that does not help, the reason is in its log.',
  },
  panelLost: {
    code: 'TL6010',
    message: 'The panel lost Thinline.',
    cause: 'Nothing answers at {address}.',
    remedy: 'Wait a few seconds; if it stays, open the panel from the menu of programs or with "thinline open".',
  },
  logNotWritten: {
    code: 'TL6012',
    message: 'The log cannot be written to {path}, and goes on here.',
    cause: '{detail}',
    remedy: 'Make room or give access there, or name another log_file.',
  },
  logUnresolved: {
    code: 'TL6013',
    message: 'The log is not written to {path}.',
    cause: 'The environment has no variable of that name.',
    remedy: 'Set it, or write a path without it.',
  },
  folderOpen: {
    code: 'TL6011',
    message: "The folder {path} cannot hold the phone's sockets.",
    cause: 'It belongs to another user, or other users may enter it.',
    remedy: 'Make it yours with mode 0700, or name another one in THINLINE_RUNTIME_DIR.',
  },
  internal: {
    code: 'TL9001',
    message: 'Thinline made a mistake.',
    cause: '{detail}',
    remedy: 'Please report it, with the log.',
  },
  pagePortInUse: {
    code: 'TL6014',
    message: 'The page of the endpoint cannot be served at {address}.',
    cause: 'Another program uses that port.',
    remedy: 'End the other program, or choose another port with --page.',
  },
  noLocalPage: {
    code: 'TL6015',
    message: 'The endpoint adapter serves no page.',
    cause: 'It was started without --page.',
    remedy: 'Start thinline-adapter with --page PORT.',
  },
  callControlOff: {
    code: 'TL6016',
    message: 'Programs may not control calls here.',
    cause: 'policy.connector.call_control is 0 in the configuration.',
    remedy:
      'Set policy.connector.call_control to 1 in Softphone.config and start Thinline again; where agents have an agent desktop, leave it at 0.',
  },
  streamsFull: {
    code: 'TL6017',
    message: 'Too many programs follow this phone.',
    cause: 'All {count} connections for live events are in use.',
    remedy: 'End some of the programs or pages that follow /phone/events.',
  },
  malformedLink: {
    code: 'TL6018',
    message: 'This link has no number that can be called.',
    cause: '{detail}',
    remedy: 'Type the number into the panel.',
  },
  desktopElsewhere: {
    code: 'TL6019',
    message: 'Another agent desktop uses this phone.',
    cause: 'A session of {client} is still open.',
    remedy: 'Log out there, or wait about a minute after it was closed; then sign in here.',
  },
  noDesktopSession: {
    code: 'TL6020',
    message: 'There is no session of an agent desktop.',
    cause: 'It was never begun, or it ended: at logout, or after the desktop had not been heard of for too long.',
    remedy: 'Begin one with POST /session, or sign in to the desktop again.',
  },
  unknownDesktopPath: {
    code: 'TL6021',
    message: 'The agent desktop asked for something that the phone does not know.',
    cause: 'There is nothing at {path}.',
    remedy: 'Look at docs/connector.md for what there is; if the desktop needs this, report it.',
  },
  desktopCookie: {
    code: 'TL6022',
    message: 'The agent desktop did not send back the cookie of its session.',
    cause: 'The browser refuses cookies of other sites, or a second desktop asks.',
    remedy: 'Set policy.connector.enable_sessionid to 0, or policy.connector.partitioned_cookies to 1.',
  },
  connectorPortInUse: {
    code: 'TL6023',
    message: 'The connector for agent desktops cannot be reached at {address}.',
    cause: 'Another program, perhaps a second Thinline, uses that address.',
    remedy:
      'End the other program, or choose another policy.connector.port; on a host of many sessions set policy.connector.address to $user.',
  },
  connectorAddress: {
    code: 'TL6024',
    message: 'The connector for agent desktops cannot listen at {address}.',
    cause: '{detail}',
    remedy:
      'Set policy.connector.address to an address of this machine between 127.0.0.1 and 127.255.255.254, ::1, localhost or $user.',
  },
  originRefused: {
    code: 'TL6025',
    message: 'This page may not use the phone.',
    cause: 'Its origin {origin} is not allowed here, or another one has the phone.',
    remedy: 'Add the origin to policy.connector.origins, or close the other agent desktop.',
  },
  otherUser: {
    code: 'TL6026',
    message: "Somebody else's program may not use this phone.",
    cause: 'The connection is of another user or session of this machine.',
    remedy: 'Open the agent desktop in the session that the phone runs in.',
  },
  secretNeeded: {
    code: 'TL6027',
    message: "The agent desktop has not shown the connector's secret.",
    cause: 'policy.connector.secret is set, and the request has another one or none.',
    remedy:
      "Put the secret into the desktop's sipendpoint.uri as the first part of its path, or send it as a Bearer token.",
  },
  tooManyRequests: {
    code: 'TL6028',
    message: 'The agent desktop asks too often.',
    cause: '{origin} sends more requests than the phone answers.',
    remedy: "Wait a moment; if it stays, reload the agent desktop's page.",
  },
  certificateNotFound: {
    code: 'TL6029',
    message: 'There is no certificate with the thumbprint {thumbprint}.',
    cause: '{detail}',
    remedy: 'Correct policy.connector.certificate_search_value, or put the certificate where it is looked for.',
  },
  certificateNotMade: {
    code: 'TL6030',
    message: 'No certificate could be made for the connector.',
    cause: '{detail}',
    remedy: 'Make one with "thinline certificate create --out FILE", and set policy.connector.certificate.',
  },
  certificateThere: {
    code: 'TL6031',
    message: '{file} is there already.',
    cause: 'A certificate that is in use is not overwritten.',
    remedy: 'Choose another file with --out, or move that one away.',
  },
  noSuchDevice: {
    code: 'TL4014',
    message: 'The device {device} is not there.',
    cause: 'It was unplugged, or the list that it was chosen from is old.',
    remedy: 'Plug it in, or choose one that is listed.',
  },
  signInElsewhere: {
    code: 'TL6033',
    message: 'You cannot sign in here.',
    cause: 'This phone is set up by {name}.',
    remedy: 'Use the phone as it is, or ask your administrator.',
  },
  signInUnusable: {
    code: 'TL6034',
    message: 'Nobody can sign in with that.',
    cause: '{detail}',
    remedy: 'Look at user, server and transport, and try again.',
  },
  connectorCertificate: {
    code: 'TL6032',
    message: 'The certificate of the connector cannot be used.',
    cause: '{detail}',
    remedy: 'Correct policy.connector.certificate, or make one with "thinline certificate create".',
  },
} as const satisfies Record<string, Row>;

export type FailureName = keyof typeof rows;

export const catalogue: Readonly<Record<FailureName, Readonly<Row>>> = rows;

/** A fact may be what somebody typed or sent; a sentence is not the place for all of it. */
const longestFact = 500;

const factText = (fact: string | number): string => String(fact).slice(0, longestFact);

/** Callers may know more than a sentence needs, a password among it: what no sentence says is no fact. */
const namesIn = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);

const fill = (text: string, facts: Record<string, string | number>): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => factText(facts[name] ?? 'unknown'));

/** Details come from programs, which seldom speak in sentences. */
const ended = (text: string): string => (/[.!?]$|^$/.test(text) ? text : `${text}.`);
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The failure of that name with the facts of this case filled in. */
export function failure(name: FailureName, facts: Record<string, string | number> = {}): Failure {
  const row = rows[name];
  return {
    code: row.code,
    message: ended(fill(row.message, facts)),
    cause: capital(ended(fill(row.cause, facts))),
    remedy: row.remedy,
    facts: Object.fromEntries(
      namesIn(row.message + row.cause).map((name) => [name, factText(facts[name] ?? 'unknown')]),
    ),
  };
}

/** A failure on its way up through code; `failure` is what people get to see. */
export class FailureError extends Error {
  readonly failure: Failure;
  constructor(name: FailureName, facts: Record<string, string | number> = {}) {
    const it = failure(name, facts);
    super(`${it.code} ${it.message} ${it.cause}`);
    this.name = 'FailureError';
    this.failure = it;
  }
}

/** What to show for anything that was thrown. */
export function failureOf(error: unknown): Failure {
  if (error instanceof FailureError) return error.failure;
  return failure('internal', { detail: error instanceof Error ? error.message : String(error) });
}

/** For one line of a terminal or a log. */
export const sentence = (it: Failure): string => `${it.code}: ${it.message} ${it.cause} ${it.remedy}`;

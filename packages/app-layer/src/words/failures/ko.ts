/** The failure catalogue in Korean. */
import type { Translation } from '../say.ts';

export const failures = {
  TL1001: {
    message: '전화기에 연결할 수 없습니다.',
    cause: '엔드포인트 어댑터가 실행되고 있지 않거나 연결이 끊어졌습니다({detail}).',
    remedy:
      '몇 초 기다려 주세요. 문제가 계속되면 엔드포인트에서 thinline-adapter를 시작하거나 Thinline을 --standalone 옵션으로 시작하세요.',
  },
  TL1002: {
    message: 'Thinline의 두 구성 요소 간 버전 차이가 너무 큽니다.',
    cause: '프로토콜 버전이 앱 계층은 {app}, 엔드포인트 어댑터는 {endpoint}입니다.',
    remedy: '둘 중 오래된 쪽을 업데이트하세요.',
  },
  TL1003: {
    message: '이 전화기는 다른 사용자가 사용 중입니다: {user}',
    cause: '다른 앱 세션이 엔드포인트를 사용하고 있으며 통화 중입니다.',
    remedy: '통화가 끝날 때까지 기다리거나 다른 세션을 종료하세요.',
  },
  TL1004: {
    message: '전화기가 현재 다른 곳에서 사용되고 있습니다.',
    cause: '더 최근의 앱 세션이 {host}에서 연결되었습니다.',
    remedy:
      '둘 중 하나를 닫으세요. 여기에서 전화를 사용하려면 ‘여기에서 전화 사용’을 누르거나 ‘thinline ctl register’를 실행하세요.',
  },
  TL1005: {
    message: '엔드포인트가 이 명령을 알지 못합니다.',
    cause: '앱 계층이 엔드포인트 어댑터보다 최신이거나 명령의 형식이 잘못되었습니다.',
    remedy: '엔드포인트 어댑터를 업데이트하세요.',
  },
  TL1006: {
    message: '작업이 실행되었는지 알 수 없습니다.',
    cause: '응답이 오기 전에 전화기와의 연결이 끊어졌습니다.',
    remedy: '통화를 확인하고, 실행되지 않았으면 다시 시도하세요.',
  },
  TL1007: {
    message: '전화기가 바뀌어 작업이 실행되지 않았습니다.',
    cause: '연결이 끊어진 동안 엔드포인트 어댑터가 다시 시작되었거나 다른 엔드포인트로 이동했습니다.',
    remedy: '통화를 확인하고 다시 시도하세요.',
  },
  TL1008: {
    message: '이 엔드포인트 어댑터는 다음 기능을 지원하지 않습니다: {feature}',
    cause: '현재 버전은 {version}이며, {needed} 이상이 필요합니다.',
    remedy: '엔드포인트 어댑터를 업데이트하세요.',
  },
  TL1009: {
    message: '엔드포인트 어댑터의 버전이 오래되었습니다.',
    cause: '현재 버전은 {version}이며, policy.link.min_adapter에서 요구하는 버전은 {needed}입니다.',
    remedy: '엔드포인트 어댑터를 업데이트하세요. 그동안에는 현재 어댑터를 사용합니다.',
  },
  TL1010: {
    message: '엔드포인트 어댑터가 너무 오래되어 여기에서는 통화를 볼 수만 있습니다.',
    cause: '현재 버전은 {version}이며, policy.link.min_adapter에서 요구하는 버전은 {needed}입니다.',
    remedy: '엔드포인트 어댑터를 업데이트하세요.',
  },
  TL1011: {
    message: '엔드포인트 어댑터가 너무 오래되어 전화를 받을 수 없습니다.',
    cause: '현재 버전은 {version}이며, policy.link.min_adapter에서 요구하는 버전은 {needed}입니다.',
    remedy: '엔드포인트 어댑터를 업데이트하세요.',
  },
  TL1012: {
    message: '내 자리에 전화기가 없어 전화를 받을 수 없습니다.',
    cause: '{channel} 경로로 응답하는 엔드포인트 어댑터가 없습니다. {detail}',
    remedy:
      '내 자리의 컴퓨터에서 thinline-adapter를 시작하세요. 그곳에 없으면 policy.link.fallback 옵션으로 원격 데스크톱 내부의 소리를 허용할 수 있습니다.',
  },
  TL1013: {
    message: '소리가 원격 데스크톱 내부에서 처리되어 내 자리의 컴퓨터보다 음질이 떨어질 수 있습니다.',
    cause: '내 자리의 컴퓨터에 있는 엔드포인트 어댑터를 사용할 수 없습니다: {detail}',
    remedy: '그곳에서 thinline-adapter를 시작하거나 업데이트하세요. 진행 중인 통화가 없어지면 바로 사용됩니다.',
  },
  TL1014: {
    message: '{host}에서 아직 통화 중이며, 이 전화기는 그 통화가 끝나기를 기다리고 있습니다.',
    cause: '통화는 소리가 있는 곳에 그대로 남으며, policy.link.roaming 값이 after_calls입니다.',
    remedy: '그곳에서 통화를 끝낸 다음 여기에서 등록하세요(‘thinline ctl register’).',
  },
  TL1020: {
    message: '이 원격 데스크톱이 전화기로 가는 가상 채널을 열지 않습니다.',
    cause:
      '{detail}. 원격 접속 클라이언트에 Thinline 플러그인이 없거나, 이 데스크톱의 허용 목록이 채널을 막고 있습니다. {allowList}',
    remedy:
      '엔드포인트의 원격 접속 클라이언트에 플러그인을 설치하고 그곳에서 thinline-adapter를 시작하세요. 채널에 허용이 필요하면 관리자에게 위의 줄을 추가해 달라고 요청하세요.',
  },
  TL1021: {
    message: '전화기로 가는 가상 채널이 멈췄습니다.',
    cause: '이 데스크톱의 {name} 구성 요소가 {seconds}초 동안 응답하지 않았습니다.',
    remedy: '몇 초 기다려 주세요. 문제가 계속되면 데스크톱 연결을 끊고 다시 연결하세요.',
  },
  TL1022: {
    message: '이 데스크톱에는 ‘{name}’ 방식의 가상 채널이 없습니다.',
    cause: '{detail}',
    remedy: '해당 데스크톱 제품의 에이전트를 여기에 설치하거나 다른 policy.link.channel 값을 선택하세요.',
  },
  TL1023: {
    message: 'TLS를 통한 전화기 연결 경로가 설정되지 않았습니다.',
    cause: '다음 항목이 없거나 사용할 수 없습니다: {option}',
    remedy:
      'policy.link.endpoint(host:port), policy.link.certificate(인증서 체인과 개인 키가 있는 PEM 파일), policy.link.authorities(PEM 파일)를 설정하거나 다른 policy.link.channel 값을 선택하세요.',
  },
  TL1024: {
    message: '전화기 연결 경로에 쓰는 인증서를 사용할 수 없습니다.',
    cause: '{detail}',
    remedy: '파일을 수정하거나, 파일을 지정하는 policy.link.certificate 및 policy.link.authorities를 수정하세요.',
  },
  TL1025: {
    message: '{host}:{port} 전화기에 연결할 수 없습니다.',
    cause: 'TLS 연결이 없습니다: {detail}',
    remedy:
      'policy.link.endpoint가 올바른지, 그곳에서 thinline-adapter가 --tls 옵션으로 실행 중인지, 방화벽이 막고 있지 않은지 확인하세요.',
  },
  TL1026: {
    message: '{host}:{port} 전화기의 인증서를 받아들일 수 없습니다.',
    cause: '인증서의 문제: {detail}',
    remedy: '관리자에게 엔드포인트의 --tls-certificate 또는 여기의 policy.link.authorities를 수정해 달라고 요청하세요.',
  },
  TL1027: {
    message: '{host}:{port} 전화기의 인증서가 다른 호스트의 것입니다.',
    cause: '인증서에 ‘{host}’ 이름이 없습니다.',
    remedy: 'policy.link.endpoint의 호스트를 수정하거나 그 이름이 들어간 인증서를 엔드포인트에 발급하세요.',
  },
  TL1028: {
    message: '{host}:{port} 전화기가 이쪽 인증서를 받아들이지 않습니다.',
    cause:
      'policy.link.certificate의 인증서가 상대측 --tls-authorities에 의해 서명되지 않았거나 유효 기간이 지났습니다.',
    remedy: '관리자에게 엔드포인트가 신뢰하는 인증 기관에서 이 사용자의 인증서를 발급해 달라고 요청하세요.',
  },
  TL1029: {
    message: '{host}:{port}에서 TLS 연결을 받을 수 없습니다.',
    cause: '시스템이 그곳에서의 수신 대기를 허용하지 않습니다: {detail}',
    remedy: '그 포트를 사용하는 프로그램을 종료하거나 --tls 옵션으로 다른 주소를 선택하세요.',
  },
  TL1030: {
    message: '--tls에 쓰는 인증서를 사용할 수 없습니다.',
    cause: '{detail}',
    remedy: '--tls-certificate 및 --tls-authorities로 지정한 파일을 수정하세요.',
  },
  TL2001: {
    message: '서버 {server}에서 {user} 사용자의 비밀번호를 거부했습니다.',
    cause: '사용자 이름 또는 비밀번호가 잘못되었습니다(SIP {status}).',
    remedy:
      '사용자와 비밀번호를 수정한 다음 다시 등록하세요. 계정이 잠기지 않도록 전화기가 자동으로 다시 시도하지 않습니다.',
  },
  TL2002: {
    message: '서버 {server}에서 응답이 없습니다.',
    cause:
      '서버가 중지되었거나, 여기에서 연결할 수 없거나, 주소, 포트 또는 전송 방식({transport})이 잘못되었습니다: {detail}',
    remedy: '설정의 서버와 프로토콜, 그리고 방화벽이 트래픽을 허용하는지 확인하세요.',
  },
  TL2003: {
    message: '서버 이름 {server}의 주소를 찾을 수 없습니다.',
    cause: 'DNS에 없는 이름입니다: {detail}',
    remedy: '설정의 서버 이름 철자와 엔드포인트의 DNS 설정을 확인하세요.',
  },
  TL2004: {
    message: '서버 {server}에서 {user} 사용자의 등록을 거부했습니다.',
    cause: '서버의 응답: {status} {reason}.',
    remedy: '이 사용자가 있는지, 등록이 허용되는지 SIP 서버 관리자에게 문의하세요.',
  },
  TL2005: {
    message: '{min}~{max} 범위에 SIP에 사용할 수 있는 빈 포트가 없습니다.',
    cause: '다른 프로그램(예: 두 번째 소프트폰)이 모두 사용하고 있습니다.',
    remedy: '다른 프로그램을 종료하거나 sip_port_min과 sip_port_max의 범위를 넓히세요.',
  },
  TL2006: {
    message: '서버 {server}에 대한 보안 연결이 없습니다.',
    cause: 'TLS 협상에 실패했습니다: {detail}',
    remedy:
      '설정의 서버 이름을 확인하고, 서버 인증서에 그 이름이 있으며 유효 기간 내인지 확인하세요. 엔드포인트가 서명한 인증 기관을 모르는 경우 system.security.authorities에 지정하세요.',
  },
  TL2007: {
    message: '인증서 파일을 사용할 수 없습니다: {file}',
    cause: '{detail}',
    remedy:
      'system.security.certificate(이쪽 인증서, 인증서 체인, 개인 키가 들어 있는 엔드포인트의 PEM 파일) 또는 system.security.authorities(신뢰할 인증 기관의 PEM 파일)를 수정하세요.',
  },
  TL2008: {
    message: '컨택센터에서 상담원 상태를 변경하지 않았습니다.',
    cause: '{detail}',
    remedy:
      '상담원 ID와 비밀번호를 확인하고, 이 상담원이 그 상태로 전환할 수 있는지 관리자(슈퍼바이저)에게 문의하세요.',
  },
  TL2009: {
    message: '컨택센터에서 상담원 상태를 확인해 주지 않았습니다.',
    cause: '서버가 제시간에 응답하지 않았습니다. 비밀번호가 잘못되면 응답하지 않는 서버도 있습니다.',
    remedy: '상담원 ID와 비밀번호를 확인하고 다시 시도하세요.',
  },
  TL2010: {
    message: '로그인한 상담원이 없습니다.',
    cause: '다른 상태로 바꾸려면 상담원이 필요하지만 상담원 ID가 입력되지 않았습니다.',
    remedy: '먼저 상담원 ID로 로그인하세요.',
  },
  TL2011: {
    message: '이 회선에서는 다음 기능을 사용할 수 없습니다: {feature}',
    cause: '서버가 이 기능을 제공하지 않거나 회선 설정에서 사용하도록 지정되지 않았습니다.',
    remedy: 'SIP 서버 관리자에게 문의하세요. 상담원 상태를 사용하려면 회선 설정에 agent_state가 필요합니다.',
  },
  TL2012: {
    message: '서버에서 다음 기능의 변경을 거부했습니다: {feature}',
    cause: '서버의 응답: {status} {reason}.',
    remedy: '이 회선에서 사용할 수 있는 기능인지 SIP 서버 관리자에게 문의하세요.',
  },
  TL2013: {
    message: '이렇게는 착신 전환을 할 수 없습니다.',
    cause: '{detail}',
    remedy:
      '착신 전환할 번호, user@host 또는 sip: 주소를 입력하고, 응답이 없을 때의 착신 전환에는 시간(초)도 입력하세요.',
  },
  TL3001: {
    message: '전화를 걸 수 있는 번호나 주소가 아닙니다: {target}',
    cause: '전화 대상은 공백이 없는 번호, user@host 또는 sip: 주소입니다.',
    remedy: '번호를 수정하고 다시 거세요.',
  },
  TL3002: {
    message: '전화를 걸 회선이 없습니다.',
    cause: '설정된 회선이 없거나 {line} 회선이 존재하지 않습니다.',
    remedy: '회선을 설정하세요(Softphone.config의 Basic 컨테이너).',
  },
  TL3003: {
    message: '그런 통화가 없습니다.',
    cause: '통화 {call}: 이미 끝났거나 처음부터 없었습니다.',
    remedy: '통화 목록에서 하나를 선택하세요.',
  },
  TL3004: {
    message: '통화가 여러 개 있는데 선택된 통화가 없습니다.',
    cause: '해당할 수 있는 통화가 {count}건 있습니다.',
    remedy: '어느 통화인지 지정하세요(--call ID).',
  },
  TL3005: {
    message: '지금은 이 통화에 이 작업을 할 수 없습니다.',
    cause: '현재 통화 상태: {state}. ‘{command}’ 작업에 필요한 상태: {needed}.',
    remedy: '통화가 그 상태가 될 때까지 기다리세요.',
  },
  TL3006: {
    message: '{target} 쪽이 통화 중입니다.',
    cause: '상대방의 응답: {status} {reason}.',
    remedy: '나중에 다시 거세요.',
  },
  TL3007: {
    message: '{target} 쪽에서 전화를 받지 않았습니다.',
    cause: '상대방의 응답: {status} {reason}.',
    remedy: '나중에 다시 걸거나 다른 방법으로 연락하세요.',
  },
  TL3008: {
    message: '없는 번호입니다: {target}',
    cause: '서버의 응답: {status} {reason}.',
    remedy: '번호를 확인하세요.',
  },
  TL3009: {
    message: '{target} 쪽에서 응답이 없습니다.',
    cause: '응답 없이 통화가 종료되었습니다({status} {reason}).',
    remedy: '나중에 다시 거세요.',
  },
  TL3010: {
    message: '{target}에 건 전화에 아무 반응이 없습니다.',
    cause: '서버와 상대방 모두 INVITE에 제시간에 응답하지 않았습니다.',
    remedy: '회선이 등록되어 있는지 확인한 다음 다시 시도하세요.',
  },
  TL3011: {
    message: '두 전화기가 공통으로 지원하는 음성 방식이 없습니다.',
    cause:
      '제안한 코덱 중 맞는 것이 없거나, 한쪽은 암호화를 요구하는데 다른 쪽은 지원하지 않습니다({status} {reason}).',
    remedy:
      '상대방이 지원하는 코덱(PCMU, PCMA 또는 opus)을 사용하도록 설정하세요. 그래도 안 되면 관리자에게 양쪽의 use_srtp를 비교해 달라고 요청하세요.',
  },
  TL3012: {
    message: '{target} 통화가 끊어졌습니다.',
    cause: '{detail}',
    remedy: '다시 거세요.',
  },
  TL3013: {
    message: '{target} 통화를 보류하거나 보류 해제하지 못했습니다.',
    cause: 're-INVITE에 대한 상대방의 응답: {status} {reason}.',
    remedy: '다시 시도하세요. 통화는 그대로 유지됩니다.',
  },
  TL3014: {
    message: '‘{digits}’에 DTMF로 보낼 수 없는 문자가 있습니다.',
    cause: 'DTMF에 쓸 수 있는 문자는 0~9, *, #, A~D입니다.',
    remedy: '이 문자들만 보내세요.',
  },
  TL3015: {
    message: '{target}에 건 전화가 너무 여러 번 다른 곳으로 돌려졌습니다.',
    cause: '돌려진 횟수가 {limit}회를 넘었거나, 이미 시도한 대상으로 되돌아왔습니다.',
    remedy: '관리자에게 그 번호의 착신 전환 설정을 확인해 달라고 요청하세요.',
  },
  TL3016: {
    message: '호전환에 실패하여 통화가 되돌아왔습니다. 대상: {target}',
    cause: '대상의 응답: {status} {reason}.',
    remedy: '통화를 계속하거나 다른 사람에게 호전환하세요.',
  },
  TL3017: {
    message: '상대방이 호전환을 허용하지 않습니다.',
    cause: 'REFER에 대한 응답: {status} {reason}.',
    remedy: '통화를 그대로 계속하세요. 서버가 전화기의 호전환을 허용하는지 관리자에게 문의하세요.',
  },
  TL3018: {
    message: '통화를 그 통화 자신에게 호전환할 수 없습니다.',
    cause: '지정한 두 통화가 모두 같은 통화입니다: {call}',
    remedy: '연결할 다른 통화를 선택하세요.',
  },
  TL3019: {
    message: '공유 회선의 회선 표시 {appearance}번을 사용할 수 없습니다.',
    cause: '서버의 응답: {status} {reason}. 다른 전화기가 사용 중일 수 있습니다.',
    remedy: '다른 회선 표시를 선택하거나 지정하지 마세요.',
  },
  TL3020: {
    message: '이 통화들로는 회의를 만들 수 없습니다.',
    cause: '회의는 응답한 통화 2~{limit}건을 연결하는데, 현재 {count}건이 있습니다.',
    remedy: '다른 전화를 받거나 통화 하나를 끝낸 다음 다시 시도하세요.',
  },
  TL3021: {
    message: '헤드셋 없이는 전화를 걸거나 받을 수 없습니다.',
    cause: '설정에서 헤드셋을 요구하지만, 지정된 헤드셋이 하나도 연결되어 있지 않습니다.',
    remedy: '헤드셋을 연결하세요. 이미 연결되어 있으면 관리자에게 설정에 있는 헤드셋 이름을 확인해 달라고 요청하세요.',
  },
  TL4001: {
    message: '다음 장치가 없습니다: {kind}',
    cause: '{detail}',
    remedy:
      '헤드셋을 연결하거나 엔드포인트의 사운드 서비스가 실행 중인지 확인하세요. 그동안 통화는 계속되지만 그 방향의 소리는 나지 않습니다.',
  },
  TL4002: {
    message: '이 컴퓨터에서는 소리를 재생하거나 녹음할 수 없습니다.',
    cause: '{detail}',
    remedy:
      '엔드포인트에서 사운드 서비스가 실행 중인지 확인하세요. 사운드 드라이버가 없으면 엔드포인트 어댑터를 다시 설치하세요(소스에서는 ‘npm run build:audio’). 그런 다음 엔드포인트 어댑터를 다시 시작하세요.',
  },
  TL4003: {
    message: '{min}~{max} 범위에 소리에 사용할 수 있는 빈 포트 쌍이 없습니다.',
    cause: '다른 통화나 프로그램이 모두 사용하고 있습니다.',
    remedy: '통화 하나를 끝내거나 rtp_port_min과 rtp_port_max의 범위를 넓히세요.',
  },
  TL4004: {
    message: '전화기의 음성 처리 부분이 중지되었습니다.',
    cause: '{detail}',
    remedy: '자동으로 다시 시작됩니다. 같은 문제가 또 생기면 관리자에게 로그를 보내세요.',
  },
  TL4005: {
    message: '지금은 번호를 보낼 수 없습니다.',
    cause: '상대방이 DTMF(RFC 4733)를 받지 않거나, 현재 이 통화에서 소리를 보내고 있지 않습니다.',
    remedy: '보류 중이면 보류를 해제하세요. 그렇지 않으면 상대방에게 번호를 보낼 수 없습니다.',
  },
  TL4006: {
    message: '통화의 소리를 보호할 수 없습니다.',
    cause: '두 전화기가 DTLS로 키를 합의하지 못했습니다({detail}).',
    remedy:
      '다시 거세요. 같은 문제가 또 생기면 관리자에게 여기의 use_srtp와 서버의 요구 사항을 비교해 달라고 요청하세요.',
  },
  TL4007: {
    message: '통화의 소리가 상대방에게 갈 경로를 찾지 못했습니다.',
    cause: 'ICE가 찾은 경로 중 작동하는 것이 없거나 작동이 중단되었습니다({detail}).',
    remedy: '다시 거세요. 같은 문제가 또 생기면 관리자에게 방화벽과 STUN 및 TURN 서버를 확인해 달라고 요청하세요.',
  },
  TL4008: {
    message: '상대방의 소리가 {seconds}초 동안 들리지 않았습니다.',
    cause: '상대방의 패킷이 더 이상 도착하지 않습니다. 네트워크나 방화벽이 막고 있거나 상대방이 사라졌습니다.',
    remedy: '전화를 끊고 다시 거세요. 같은 문제가 또 생기면 네트워크 점검을 요청하세요.',
  },
  TL4009: {
    message: '도착하는 소리의 암호를 풀 수 없습니다.',
    cause: '상대방이 합의한 것과 다른 키로 소리를 보호하고 있습니다.',
    remedy: '다시 거세요. 같은 문제가 또 생기면 관리자에게 양쪽의 SRTP 설정을 확인해 달라고 요청하세요.',
  },
  TL4010: {
    message: '{target} 통화의 음질이 나쁩니다.',
    cause:
      '평균 평가 점수(MOS)가 {mos}이며, {threshold} 미만이면 나쁨으로 판정합니다. 패킷이 손실되거나 너무 늦게 도착합니다.',
    remedy:
      '무선 대신 유선 네트워크를 사용하고, 네트워크에 부하를 주는 다른 프로그램을 종료하세요. 자주 생기면 네트워크 점검을 요청하세요.',
  },
  TL4011: {
    message: '마이크에 소리가 없습니다.',
    cause:
      '한동안 마이크에서 소리가 들어오지 않았습니다. 헤드셋이나 시스템에서 음소거되어 있거나 다른 마이크를 사용 중입니다.',
    remedy: '헤드셋의 음소거 스위치와 선택한 마이크를 확인하세요. 목소리가 들리면 이 알림이 사라집니다.',
  },
  TL4012: {
    message: '{target} 쪽 소리가 들리지 않습니다.',
    cause:
      '그쪽에서 패킷은 도착하지만 내용이 무음입니다. 상대방의 마이크가 음소거되어 있거나 아무도 말하지 않고 있습니다.',
    remedy: '상대방에게 말해 달라고 요청하세요. 아무것도 들리지 않으면 다시 거세요.',
  },
  TL4013: {
    message: '{target} 쪽에서 소리가 도착하지 않습니다.',
    cause: '한동안 패킷이 하나도 오지 않았습니다. 네트워크나 방화벽이 막고 있거나 상대방이 보내지 않고 있습니다.',
    remedy: '다시 거세요. 같은 문제가 또 생기면 네트워크와 방화벽 점검을 요청하세요.',
  },
  TL5001: {
    message: '설정 파일을 사용할 수 없습니다: {file}',
    cause: '{detail}',
    remedy: '파일을 수정하고 다시 시작하세요.',
  },
  TL5002: {
    message: '포트 범위 {option}의 최솟값과 최댓값이 뒤바뀌었습니다.',
    cause: '최솟값 {min}, 최댓값 {max}: 최솟값이 더 큽니다.',
    remedy: '최솟값을 더 작게 설정하세요.',
  },
  TL5003: {
    message: '전화기에 설정이 없습니다.',
    cause: '{file}에서 Softphone.config를 읽을 수 없습니다.',
    remedy: '--config FILE로 지정하세요.',
  },
  TL5004: {
    message: '파일이 이미 있으므로 그대로 둡니다: {file}',
    cause: '새 설정 파일은 기존 파일을 대체하지 않습니다.',
    remedy: '다른 파일을 지정하거나 기존 파일을 옮기세요.',
  },
  TL5005: {
    message: '파일 {file}에 쓸 수 없습니다.',
    cause: '{detail}',
    remedy: '쓰기가 허용된 폴더의 파일을 지정하세요.',
  },
  TL5006: {
    message: '‘{option}’ 설정이 없습니다.',
    cause: '이 경로를 가지거나 이것으로 시작하거나 끝나는 옵션이 없습니다.',
    remedy: 'docs/configuration.md를 참조하세요. ‘thinline config init’은 모든 설정이 들어 있는 파일을 만듭니다.',
  },
  TL6001: {
    message: '{address}에서 패널을 제공할 수 없습니다.',
    cause: '다른 프로그램(예: 두 번째 Thinline)이 그 포트를 사용하고 있습니다.',
    remedy: '다른 프로그램을 종료하거나 --port 옵션으로 다른 포트를 선택하세요.',
  },
  TL6002: {
    message: 'Thinline이 실행되고 있지 않습니다.',
    cause: '{address}에서 응답이 없습니다.',
    remedy:
      '‘thinline’으로, 두 부분이 같은 컴퓨터에 있으면 ‘thinline --standalone’으로 시작하세요(소스에서는 ‘npm start’). 엔드포인트만 사용하는 경우 thinline-adapter를 시작하세요.',
  },
  TL6003: {
    message: '{detail}',
    cause: '명령줄을 이해할 수 없습니다.',
    remedy: '--help를 참조하세요.',
  },
  TL6004: {
    message: '이 페이지는 전화기를 제어할 수 없습니다.',
    cause: '토큰이 없거나 오래되었습니다.',
    remedy:
      '프로그램 메뉴나 ‘thinline open’으로 패널을 여세요. 엔드포인트에서는 ‘thinline-adapter ctl page’가 표시하는 주소를 여세요.',
  },
  TL6005: {
    message: '소켓을 사용할 수 없습니다: {path}',
    cause: '{detail}',
    remedy: '다른 Thinline을 종료하거나 방해가 되는 것을 옮긴 다음 다시 시작하세요.',
  },
  TL6006: {
    message: '패널이 이 요청을 이해하지 못합니다.',
    cause: '{detail}',
    remedy:
      '페이지를 새로 고치세요. 문제가 계속되면 페이지와 서버의 버전이 서로 다른 것이므로 Thinline을 다시 시작하세요.',
  },
  TL6007: {
    message: '다른 페이지에서는 전화기를 제어할 수 없습니다.',
    cause: '{host}에서 온 요청이며, 이곳은 이 Thinline의 패널이 아닙니다.',
    remedy:
      'Thinline이 시작할 때 표시하는 주소(엔드포인트에서는 ‘thinline-adapter ctl page’)를 다른 이름으로 바꾸지 말고 그대로 여세요.',
  },
  TL6008: {
    message: '패널이 너무 많은 곳에서 열려 있습니다.',
    cause: '실시간 업데이트용 연결이 모두 사용 중입니다.',
    remedy: '일부 창을 닫으세요.',
  },
  TL6009: {
    message: '패널 페이지가 없습니다.',
    cause: '페이지가 아직 빌드되지 않았습니다. 전화기 자체와 ‘thinline ctl’은 작동합니다.',
    remedy: '‘npm run build:panel’을 실행한 다음 이 페이지를 새로 고치세요.',
  },
  TL6035: {
    message: '패널 페이지가 없습니다.',
    cause: 'Thinline이 시작된 뒤 업데이트되었거나 폴더가 변경되었습니다. 전화기 자체와 ‘thinline ctl’은 작동합니다.',
    remedy:
      '이 데스크톱에서 로그아웃한 다음 다시 로그인하세요. 그래도 해결되지 않으면 Thinline을 다시 설치해야 합니다.',
  },
  TL6036: {
    message: '브라우저에서 패널을 열 수 없습니다.',
    cause: '{detail}',
    remedy: '‘thinline open --print’를 실행하고, 표시되는 주소를 1분 안에 이 데스크톱의 브라우저에서 여세요.',
  },
  TL6037: {
    message: 'Thinline을 시작할 수 없습니다.',
    cause: '방금 시작했지만 응답이 없습니다.',
    remedy: '이 데스크톱에서 로그아웃한 다음 다시 로그인하세요. 그래도 해결되지 않으면 로그에서 원인을 확인하세요.',
  },
  TL6010: {
    message: '패널과 Thinline의 연결이 끊어졌습니다.',
    cause: '{address}에서 응답이 없습니다.',
    remedy: '몇 초 기다려 주세요. 문제가 계속되면 프로그램 메뉴나 ‘thinline open’으로 패널을 여세요.',
  },
  TL6012: {
    message: '로그를 {path}에 쓸 수 없어 여기에 계속 출력합니다.',
    cause: '{detail}',
    remedy: '그곳에 공간을 확보하거나 접근을 허용하거나, 다른 log_file을 지정하세요.',
  },
  TL6013: {
    message: '로그가 {path}에 기록되지 않습니다.',
    cause: '해당 환경 변수가 없습니다.',
    remedy: '환경 변수를 설정하거나 그 변수가 없는 경로를 쓰세요.',
  },
  TL6011: {
    message: '폴더 {path}에 전화기의 소켓을 둘 수 없습니다.',
    cause: '다른 사용자의 폴더이거나 다른 사용자가 들어갈 수 있습니다.',
    remedy: '폴더를 본인 소유로 하고 모드를 0700으로 설정하거나, THINLINE_RUNTIME_DIR에 다른 폴더를 지정하세요.',
  },
  TL9001: {
    message: 'Thinline에 내부 오류가 발생했습니다.',
    cause: '{detail}',
    remedy: '로그와 함께 보고해 주세요.',
  },
  TL6014: {
    message: '{address}에서 엔드포인트 페이지를 제공할 수 없습니다.',
    cause: '다른 프로그램이 그 포트를 사용하고 있습니다.',
    remedy: '다른 프로그램을 종료하거나 --page 옵션으로 다른 포트를 선택하세요.',
  },
  TL6015: {
    message: '엔드포인트 어댑터가 페이지를 제공하지 않습니다.',
    cause: '--page 없이 시작되었습니다.',
    remedy: 'thinline-adapter를 --page PORT 옵션으로 시작하세요.',
  },
  TL6016: {
    message: '여기에서는 프로그램이 통화를 제어할 수 없습니다.',
    cause: '설정에서 policy.connector.call_control 값이 0입니다.',
    remedy:
      'Softphone.config에서 policy.connector.call_control을 1로 설정하고 Thinline을 다시 시작하세요. 상담원이 상담원 데스크톱을 사용하는 경우에는 0으로 두세요.',
  },
  TL6017: {
    message: '이 전화기를 구독하는 프로그램이 너무 많습니다.',
    cause: '실시간 이벤트용 연결 {count}개가 모두 사용 중입니다.',
    remedy: '/phone/events를 구독하는 프로그램이나 페이지를 일부 종료하세요.',
  },
  TL6018: {
    message: '이 링크에는 전화를 걸 수 있는 번호가 없습니다.',
    cause: '{detail}',
    remedy: '패널에 번호를 입력하세요.',
  },
  TL6019: {
    message: '다른 상담원 데스크톱이 이 전화기를 사용하고 있습니다.',
    cause: '아직 열려 있는 세션: {client}',
    remedy: '그곳에서 로그아웃하거나, 닫은 후 약 1분 동안 기다린 다음 여기에서 로그인하세요.',
  },
  TL6020: {
    message: '상담원 데스크톱 세션이 없습니다.',
    cause: '세션이 시작되지 않았거나, 로그아웃했거나 데스크톱의 응답이 너무 오래 없어 종료되었습니다.',
    remedy: 'POST /session으로 세션을 시작하거나 데스크톱에 다시 로그인하세요.',
  },
  TL6021: {
    message: '상담원 데스크톱이 전화기가 알지 못하는 것을 요청했습니다.',
    cause: '{path}에 아무것도 없습니다.',
    remedy: '제공되는 항목은 docs/connector.md를 참조하세요. 데스크톱에 꼭 필요하면 보고해 주세요.',
  },
  TL6022: {
    message: '상담원 데스크톱이 세션 쿠키를 다시 보내지 않았습니다.',
    cause: '브라우저가 다른 사이트의 쿠키를 거부하거나, 두 번째 데스크톱이 요청하고 있습니다.',
    remedy: 'policy.connector.enable_sessionid를 0으로 또는 policy.connector.partitioned_cookies를 1로 설정하세요.',
  },
  TL6023: {
    message: '{address}에서 상담원 데스크톱용 커넥터에 연결할 수 없습니다.',
    cause: '다른 프로그램(예: 두 번째 Thinline)이 그 주소를 사용하고 있습니다.',
    remedy:
      '다른 프로그램을 종료하거나 다른 policy.connector.port를 선택하세요. 세션이 많은 호스트에서는 policy.connector.address를 $user로 설정하세요.',
  },
  TL6024: {
    message: '상담원 데스크톱용 커넥터가 {address}에서 수신 대기할 수 없습니다.',
    cause: '{detail}',
    remedy:
      'policy.connector.address를 127.0.0.1에서 127.255.255.254 사이의 이 컴퓨터 주소, ::1, localhost 또는 $user로 설정하세요.',
  },
  TL6025: {
    message: '이 페이지는 전화기를 사용할 수 없습니다.',
    cause: '출처(origin) {origin}: 여기에서 허용되지 않거나 다른 출처가 전화기를 사용 중입니다.',
    remedy: '출처를 policy.connector.origins에 추가하거나 다른 상담원 데스크톱을 닫으세요.',
  },
  TL6026: {
    message: '다른 사용자의 프로그램은 이 전화기를 사용할 수 없습니다.',
    cause: '이 컴퓨터의 다른 사용자 또는 다른 세션에서 온 연결입니다.',
    remedy: '전화기가 실행 중인 세션에서 상담원 데스크톱을 여세요.',
  },
  TL6027: {
    message: '상담원 데스크톱이 커넥터의 비밀 값을 제시하지 않았습니다.',
    cause: 'policy.connector.secret이 설정되어 있지만 요청에 다른 값이 있거나 값이 없습니다.',
    remedy: '비밀 값을 데스크톱의 sipendpoint.uri 경로 첫 부분에 넣거나 Bearer 토큰으로 보내세요.',
  },
  TL6028: {
    message: '상담원 데스크톱이 요청을 너무 자주 보냅니다.',
    cause: '{origin}에서 전화기가 처리할 수 있는 것보다 많은 요청을 보내고 있습니다.',
    remedy: '잠시 기다려 주세요. 문제가 계속되면 상담원 데스크톱 페이지를 새로 고치세요.',
  },
  TL6029: {
    message: '지문이 {thumbprint}인 인증서가 없습니다.',
    cause: '{detail}',
    remedy: 'policy.connector.certificate_search_value를 수정하거나 인증서를 검색 위치에 넣으세요.',
  },
  TL6030: {
    message: '커넥터용 인증서를 만들 수 없습니다.',
    cause: '{detail}',
    remedy: '‘thinline certificate create --out FILE’로 인증서를 만들고 policy.connector.certificate를 설정하세요.',
  },
  TL6031: {
    message: '파일이 이미 있습니다: {file}',
    cause: '사용 중인 인증서는 덮어쓰지 않습니다.',
    remedy: '--out 옵션으로 다른 파일을 선택하거나 기존 파일을 옮기세요.',
  },
  TL4014: {
    message: '장치가 없습니다: {device}',
    cause: '연결이 해제되었거나, 선택할 때의 목록이 오래되었습니다.',
    remedy: '장치를 연결하거나 목록에 있는 장치를 선택하세요.',
  },
  TL6033: {
    message: '여기에서는 로그인할 수 없습니다.',
    cause: '이 전화기의 설정 주체: {name}',
    remedy: '전화기를 그대로 사용하거나 관리자에게 문의하세요.',
  },
  TL6034: {
    message: '이 정보로는 로그인할 수 없습니다.',
    cause: '{detail}',
    remedy: '사용자, 서버, 전송 방식을 확인하고 다시 시도하세요.',
  },
  TL6032: {
    message: '커넥터의 인증서를 사용할 수 없습니다.',
    cause: '{detail}',
    remedy: 'policy.connector.certificate를 수정하거나 ‘thinline certificate create’로 인증서를 만드세요.',
  },
} satisfies Translation['failures'];

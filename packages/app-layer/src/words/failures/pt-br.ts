import type { Translation } from '../say.ts';

export const failures = {
  TL1001: {
    message: 'O telefone está inacessível.',
    cause: 'O adaptador do endpoint não está em execução, ou a conexão com ele foi perdida ({detail}).',
    remedy:
      'Aguarde alguns segundos; se continuar assim, inicie thinline-adapter no endpoint, ou o Thinline com --standalone.',
  },
  TL1002: {
    message: 'As versões das duas partes do Thinline são incompatíveis.',
    cause: 'A camada de aplicação usa o protocolo {app}, e o adaptador do endpoint, o {endpoint}.',
    remedy: 'Atualize a mais antiga das duas.',
  },
  TL1003: {
    message: 'Este telefone está sendo usado por {user}.',
    cause: 'Outra sessão da aplicação ocupa o endpoint e está em uma chamada.',
    remedy: 'Aguarde o fim da chamada ou encerre a outra sessão.',
  },
  TL1004: {
    message: 'O telefone agora está sendo usado em outro lugar.',
    cause: 'Uma sessão mais recente da aplicação se conectou a partir de {host}.',
    remedy:
      'Feche uma das duas. Para usar o telefone aqui, pressione “Usar o telefone aqui” ou execute “thinline ctl register”.',
  },
  TL1005: {
    message: 'O endpoint não conhece este comando.',
    cause: 'A camada de aplicação é mais nova que o adaptador do endpoint, ou o comando está malformado.',
    remedy: 'Atualize o adaptador do endpoint.',
  },
  TL1006: {
    message: 'Não se sabe se isso foi feito.',
    cause: 'A conexão com o telefone foi perdida antes da resposta.',
    remedy: 'Verifique as chamadas e repita, se não tiver sido feito.',
  },
  TL1007: {
    message: 'Isso não foi feito, porque o telefone agora é outro.',
    cause: 'Enquanto não havia conexão, o adaptador do endpoint foi reiniciado, ou você passou para outro endpoint.',
    remedy: 'Verifique as chamadas e repita.',
  },
  TL1008: {
    message: 'Este adaptador do endpoint não tem esta função: {feature}.',
    cause: 'A versão dele é {version}, e é necessária a {needed} ou posterior.',
    remedy: 'Atualize o adaptador do endpoint.',
  },
  TL1009: {
    message: 'O adaptador do endpoint é mais antigo do que deveria.',
    cause: 'A versão dele é {version}, e policy.link.min_adapter exige a {needed}.',
    remedy: 'Atualize o adaptador do endpoint; enquanto isso, ele continua em uso.',
  },
  TL1010: {
    message: 'Aqui as chamadas são apenas exibidas: o adaptador do endpoint é antigo demais para ser usado.',
    cause: 'A versão dele é {version}, e policy.link.min_adapter exige a {needed}.',
    remedy: 'Atualize o adaptador do endpoint.',
  },
  TL1011: {
    message: 'Você não pode atender chamadas: o adaptador do endpoint é antigo demais.',
    cause: 'A versão dele é {version}, e policy.link.min_adapter exige a {needed}.',
    remedy: 'Atualize o adaptador do endpoint.',
  },
  TL1012: {
    message: 'Você não pode atender chamadas: não há telefone no seu posto de trabalho.',
    cause: 'Nenhum adaptador do endpoint responde por {channel}. {detail}',
    remedy:
      'Inicie thinline-adapter na máquina que você está usando; se ela não o tiver, policy.link.fallback pode permitir o som no desktop virtual.',
  },
  TL1013: {
    message: 'O som está no desktop virtual e pode ser pior do que no seu posto de trabalho.',
    cause: 'O adaptador do endpoint na máquina que você está usando não pode ser utilizado: {detail}',
    remedy: 'Inicie ou atualize thinline-adapter nela; ele será usado assim que não houver chamadas.',
  },
  TL1014: {
    message: 'Você ainda está em uma chamada em {host}, e este telefone aguarda o fim dela.',
    cause: 'Uma chamada fica onde está o som dela, e policy.link.roaming é after_calls.',
    remedy: 'Encerre a chamada lá; quando ela terminar, registre aqui (“thinline ctl register”).',
  },
  TL1020: {
    message: 'Este desktop não abre o canal virtual para o telefone.',
    cause:
      '{detail}. Ou o cliente de acesso remoto não tem o plug-in do Thinline, ou uma lista de permissões deste desktop mantém o canal fechado. {allowList}',
    remedy:
      'Instale no endpoint o plug-in para o cliente de acesso remoto e inicie thinline-adapter lá; onde os canais precisam de permissão, peça ao administrador que acrescente as linhas acima.',
  },
  TL1021: {
    message: 'O canal virtual para o telefone está travado.',
    cause: 'O componente deste desktop para {name} não responde há {seconds} s.',
    remedy: 'Aguarde alguns segundos; se continuar assim, desconecte-se do desktop e conecte-se de novo.',
  },
  TL1022: {
    message: 'Este desktop não tem canais virtuais do tipo “{name}”.',
    cause: '{detail}',
    remedy: 'Instale aqui o agente desse produto de desktop ou escolha outro valor para policy.link.channel.',
  },
  TL1023: {
    message: 'A conexão com o telefone por TLS não está configurada.',
    cause: 'Ausente ou inutilizável: {option}.',
    remedy:
      'Defina policy.link.endpoint (host:porta), policy.link.certificate (um arquivo PEM com a cadeia e a chave privada) e policy.link.authorities (um arquivo PEM), ou escolha outro valor para policy.link.channel.',
  },
  TL1024: {
    message: 'Os certificados para a conexão com o telefone não podem ser usados.',
    cause: '{detail}.',
    remedy: 'Corrija o arquivo, ou policy.link.certificate e policy.link.authorities, que o indicam.',
  },
  TL1025: {
    message: 'O telefone em {host}:{port} está inacessível.',
    cause: 'Não há conexão TLS: {detail}.',
    remedy:
      'Verifique policy.link.endpoint, se thinline-adapter está em execução lá com --tls e se nenhum firewall impede a conexão.',
  },
  TL1026: {
    message: 'O certificado do telefone em {host}:{port} não é aceito.',
    cause: 'O problema dele: {detail}.',
    remedy: 'Peça ao administrador que corrija --tls-certificate do endpoint ou policy.link.authorities aqui.',
  },
  TL1027: {
    message: 'O certificado do telefone em {host}:{port} é de outro host.',
    cause: 'Ele não contém o nome “{host}”.',
    remedy: 'Corrija o host em policy.link.endpoint ou emita para o endpoint um certificado com esse nome.',
  },
  TL1028: {
    message: 'O telefone em {host}:{port} não aceita o nosso certificado.',
    cause:
      'O certificado indicado em policy.link.certificate não foi assinado pelas --tls-authorities do telefone, ou está fora da validade.',
    remedy:
      'Peça ao administrador que emita para este usuário um certificado de uma autoridade em que o endpoint confie.',
  },
  TL1029: {
    message: 'Não é possível receber conexões TLS em {host}:{port}.',
    cause: 'O sistema não permite escutar nesse endereço: {detail}.',
    remedy: 'Encerre o programa que usa essa porta ou escolha outro endereço com --tls.',
  },
  TL1030: {
    message: 'Os certificados para --tls não podem ser usados.',
    cause: '{detail}.',
    remedy: 'Corrija os arquivos indicados em --tls-certificate e --tls-authorities.',
  },
  TL2001: {
    message: 'O servidor {server} recusou a senha de {user}.',
    cause: 'O nome de usuário ou a senha está errado (SIP {status}).',
    remedy: 'Corrija o usuário e a senha e registre de novo; o telefone não tenta sozinho, para não bloquear a conta.',
  },
  TL2002: {
    message: 'O servidor {server} não responde.',
    cause:
      'Ele está fora do ar, inacessível daqui, ou o endereço, a porta ou o transporte ({transport}) está errado: {detail}.',
    remedy: 'Verifique o servidor e o protocolo na configuração, e se um firewall deixa o tráfego passar.',
  },
  TL2003: {
    message: 'O nome do servidor {server} não pode ser resolvido.',
    cause: 'O DNS não o conhece: {detail}.',
    remedy: 'Verifique como o servidor está escrito na configuração e as definições de DNS do endpoint.',
  },
  TL2004: {
    message: 'O servidor {server} recusou o registro de {user}.',
    cause: 'A resposta dele: {status} {reason}.',
    remedy: 'Pergunte ao administrador do servidor SIP se este usuário existe e pode se registrar.',
  },
  TL2005: {
    message: 'Nenhuma porta livre para SIP entre {min} e {max}.',
    cause: 'Outros programas, talvez um segundo softphone, usam todas elas.',
    remedy: 'Encerre o outro programa ou amplie sip_port_min e sip_port_max.',
  },
  TL2006: {
    message: 'Não há conexão segura com o servidor {server}.',
    cause: 'Não foi possível negociar o TLS: {detail}.',
    remedy:
      'Verifique o nome do servidor na configuração, e se o certificado dele contém esse nome e está na validade; se o endpoint não conhece a autoridade que o assinou, indique-a em system.security.authorities.',
  },
  TL2007: {
    message: 'O arquivo de certificado {file} não pode ser usado.',
    cause: '{detail}',
    remedy:
      'Corrija system.security.certificate (um arquivo PEM no endpoint com o nosso certificado, a cadeia e a chave privada dele) ou system.security.authorities (um arquivo PEM com as autoridades confiáveis).',
  },
  TL2008: {
    message: 'O contact center não mudou o estado do agente.',
    cause: '{detail}',
    remedy: 'Verifique o ID do agente e a senha, e pergunte a um supervisor se este agente pode ficar nesse estado.',
  },
  TL2009: {
    message: 'O contact center não confirmou o estado do agente.',
    cause: 'O servidor não respondeu a tempo; alguns servidores não respondem quando a senha está errada.',
    remedy: 'Verifique o ID do agente e a senha, e tente de novo.',
  },
  TL2010: {
    message: 'Nenhum agente fez login.',
    cause: 'Qualquer outro estado requer um agente, e nenhum ID de agente foi informado.',
    remedy: 'Faça login antes, com um ID de agente.',
  },
  TL2011: {
    message: 'Esta linha não tem esta função: {feature}.',
    cause: 'O servidor dela não a oferece, ou a configuração da linha não a pede.',
    remedy: 'Fale com o administrador do servidor SIP; o estado do agente requer agent_state na configuração da linha.',
  },
  TL2012: {
    message: 'O servidor recusou esta alteração: {feature}.',
    cause: 'A resposta dele: {status} {reason}.',
    remedy: 'Pergunte ao administrador do servidor SIP se esta linha pode usar essa função.',
  },
  TL2013: {
    message: 'As chamadas não podem ser desviadas assim.',
    cause: '{detail}',
    remedy:
      'Informe um número, usuário@host ou endereço sip: como destino e, para chamadas não atendidas, um tempo em segundos.',
  },
  TL3001: {
    message: '“{target}” não é um número nem um endereço para o qual se possa ligar.',
    cause: 'Um destino é um número, usuário@host ou um endereço sip:, sem espaços.',
    remedy: 'Corrija o número e disque de novo.',
  },
  TL3002: {
    message: 'Não há linha para fazer chamadas.',
    cause: 'Nenhuma linha está configurada, ou a linha {line} não existe.',
    remedy: 'Configure uma linha (contêiner Basic de Softphone.config).',
  },
  TL3003: {
    message: 'Essa chamada não existe.',
    cause: 'A chamada {call} terminou, ou nunca existiu.',
    remedy: 'Veja a lista de chamadas e escolha uma delas.',
  },
  TL3004: {
    message: 'Há várias chamadas, e nenhuma foi escolhida.',
    cause: 'Número de chamadas possíveis: {count}.',
    remedy: 'Indique qual (--call ID).',
  },
  TL3005: {
    message: 'Isso não é possível nesta chamada agora.',
    cause: 'Estado da chamada: “{state}”. Necessário para “{command}”: “{needed}”.',
    remedy: 'Aguarde até que a chamada esteja nesse estado.',
  },
  TL3006: {
    message: '{target}: ocupado.',
    cause: 'Resposta do outro lado: {status} {reason}.',
    remedy: 'Tente de novo mais tarde.',
  },
  TL3007: {
    message: '{target} não aceitou a chamada.',
    cause: 'Resposta do outro lado: {status} {reason}.',
    remedy: 'Tente de novo mais tarde ou fale com a pessoa por outro meio.',
  },
  TL3008: {
    message: '{target} não existe.',
    cause: 'Resposta do servidor: {status} {reason}.',
    remedy: 'Verifique o número.',
  },
  TL3009: {
    message: '{target} não atendeu.',
    cause: 'A chamada terminou sem ser atendida ({status} {reason}).',
    remedy: 'Tente de novo mais tarde.',
  },
  TL3010: {
    message: 'A chamada para {target} não teve resposta.',
    cause: 'Nem o servidor nem o outro lado respondeu ao INVITE a tempo.',
    remedy: 'Verifique se a linha está registrada e tente de novo.',
  },
  TL3011: {
    message: 'Os dois telefones não têm um formato de áudio em comum.',
    cause: 'Nenhum codec da oferta serve, ou um dos dois exige criptografia e o outro não tem ({status} {reason}).',
    remedy:
      'Ative um codec que o outro lado tenha (PCMU, PCMA ou opus); ou peça ao administrador que compare use_srtp nos dois lados.',
  },
  TL3012: {
    message: 'A chamada com {target} caiu.',
    cause: '{detail}',
    remedy: 'Ligue de novo.',
  },
  TL3013: {
    message: 'A chamada com {target} não pôde ser colocada em espera ou retomada.',
    cause: 'Resposta do outro lado ao re-INVITE: {status} {reason}.',
    remedy: 'Tente de novo; a chamada continua como estava.',
  },
  TL3014: {
    message: '“{digits}” tem caracteres que não são dígitos DTMF.',
    cause: 'DTMF tem 0-9, *, # e A-D.',
    remedy: 'Envie somente esses caracteres.',
  },
  TL3015: {
    message: 'A chamada para {target} foi encaminhada vezes demais.',
    cause: 'Houve mais encaminhamentos do que o limite de {limit}, ou um que voltou a um destino já tentado.',
    remedy: 'Peça ao administrador que verifique os desvios desse número.',
  },
  TL3016: {
    message: 'A transferência para {target} falhou; a chamada voltou.',
    cause: 'Resposta do destino: {status} {reason}.',
    remedy: 'Continue a chamada ou transfira-a para outra pessoa.',
  },
  TL3017: {
    message: 'O outro lado não permite ser transferido.',
    cause: 'Resposta ao REFER: {status} {reason}.',
    remedy:
      'Continue a chamada como estava; pergunte ao administrador se o servidor do outro lado permite transferências feitas por telefones.',
  },
  TL3018: {
    message: 'Uma chamada não pode ser transferida para si mesma.',
    cause: 'As duas chamadas indicadas são a chamada {call}.',
    remedy: 'Escolha outra chamada para unir com ela.',
  },
  TL3019: {
    message: 'A tecla de linha {appearance} da linha compartilhada não pode ser usada.',
    cause: 'Resposta do servidor: {status} {reason}; talvez esteja com outro telefone.',
    remedy: 'Escolha outra tecla de linha, ou nenhuma.',
  },
  TL3020: {
    message: 'Não é possível fazer uma conferência com estas chamadas.',
    cause: 'Uma conferência une de 2 a {limit} chamadas atendidas; no momento: {count}.',
    remedy: 'Atenda outra chamada, ou encerre uma, e tente de novo.',
  },
  TL3021: {
    message: 'Sem headset não é possível fazer nem atender chamadas.',
    cause: 'A configuração exige um headset, e nenhum dos que ela indica está conectado.',
    remedy: 'Conecte o headset; se já está conectado, peça ao administrador que verifique o nome dele na configuração.',
  },
  TL4001: {
    message: 'Falta um dispositivo: {kind}.',
    cause: '{detail}',
    remedy:
      'Conecte um headset ou verifique se o serviço de áudio do endpoint está em execução; enquanto isso, as chamadas continuam sem áudio nesse sentido.',
  },
  TL4002: {
    message: 'Não é possível reproduzir nem gravar som nesta máquina.',
    cause: '{detail}',
    remedy:
      'Verifique se há um serviço de áudio em execução no endpoint; se faltar o driver de áudio, instale de novo o adaptador do endpoint (no código-fonte: “npm run build:audio”). Depois inicie de novo o adaptador do endpoint.',
  },
  TL4003: {
    message: 'Nenhum par de portas livre para áudio entre {min} e {max}.',
    cause: 'Outras chamadas ou programas usam todas elas.',
    remedy: 'Encerre uma chamada ou amplie rtp_port_min e rtp_port_max.',
  },
  TL4004: {
    message: 'A parte de áudio do telefone parou.',
    cause: '{detail}',
    remedy: 'Ela é reiniciada automaticamente; se isso se repetir, envie o log ao administrador.',
  },
  TL4005: {
    message: 'Os dígitos não podem ser enviados agora.',
    cause: 'O outro lado não aceita DTMF (RFC 4733), ou a chamada não está enviando áudio neste momento.',
    remedy: 'Retome a chamada se ela estiver em espera; caso contrário, o outro lado não pode receber dígitos.',
  },
  TL4006: {
    message: 'O áudio da chamada não pôde ser protegido.',
    cause: 'Os dois telefones não entraram em acordo sobre as chaves por DTLS ({detail}).',
    remedy:
      'Ligue de novo; se acontecer outra vez, peça ao administrador que compare use_srtp aqui com o que o servidor exige.',
  },
  TL4007: {
    message: 'O áudio da chamada não encontra caminho até o outro lado.',
    cause: 'Nenhum caminho encontrado pelo ICE funciona, ou ele deixou de funcionar ({detail}).',
    remedy:
      'Ligue de novo; se acontecer outra vez, peça ao administrador que verifique o firewall e os servidores STUN e TURN.',
  },
  TL4008: {
    message: 'Não se ouve nada do outro lado há {seconds} s.',
    cause: 'Os pacotes dele não chegam mais: a rede ou um firewall impede, ou o outro lado não está mais lá.',
    remedy: 'Desligue e ligue de novo; se acontecer outra vez, peça que a rede seja verificada.',
  },
  TL4009: {
    message: 'O áudio que chega não pode ser decifrado.',
    cause: 'O outro lado o protege com uma chave diferente da combinada.',
    remedy:
      'Ligue de novo; se acontecer outra vez, peça ao administrador que verifique as configurações de SRTP dos dois lados.',
  },
  TL4010: {
    message: 'A chamada com {target} está com má qualidade.',
    cause:
      'A nota média de opinião (MOS) é {mos}, e abaixo de {threshold} é considerada ruim: pacotes se perdem ou demoram demais.',
    remedy:
      'Use um cabo em vez da rede sem fio e encerre o que mais ocupa a rede; se acontecer com frequência, peça que a rede seja verificada.',
  },
  TL4011: {
    message: 'Seu microfone está sem som.',
    cause: 'Há algum tempo não vem som dele: está no mudo no headset ou no sistema, ou é outro que está em uso.',
    remedy:
      'Verifique a tecla de mudo do headset e qual microfone está escolhido; este aviso some assim que você for ouvido.',
  },
  TL4012: {
    message: 'Não se ouve {target}.',
    cause: 'Os pacotes chegam de lá, mas só contêm silêncio: um microfone de lá está no mudo, ou ninguém está falando.',
    remedy: 'Peça que digam alguma coisa; se nada for ouvido, ligue de novo.',
  },
  TL4013: {
    message: 'Nenhum áudio chega de {target}.',
    cause: 'Há algum tempo não chega nenhum pacote: a rede ou um firewall impede, ou o outro lado não envia nada.',
    remedy: 'Ligue de novo; se acontecer outra vez, peça que a rede e o firewall sejam verificados.',
  },
  TL5001: {
    message: 'A configuração {file} não pode ser usada.',
    cause: '{detail}',
    remedy: 'Corrija o arquivo e inicie de novo.',
  },
  TL5002: {
    message: 'O intervalo de portas {option} está invertido.',
    cause: '{min} é maior que {max}.',
    remedy: 'O mínimo deve ser o menor dos dois valores.',
  },
  TL5003: {
    message: 'O telefone não tem configuração.',
    cause: 'Nenhum Softphone.config pode ser lido em {file}.',
    remedy: 'Indique um com --config FILE.',
  },
  TL5004: {
    message: '{file} já existe e não foi alterado.',
    cause: 'Um novo arquivo de configuração nunca substitui outro.',
    remedy: 'Indique outro arquivo ou mova esse para outro lugar.',
  },
  TL5005: {
    message: 'O arquivo {file} não pode ser gravado.',
    cause: '{detail}',
    remedy: 'Indique um arquivo em uma pasta em que você possa gravar.',
  },
  TL5006: {
    message: 'Não existe a configuração “{option}”.',
    cause: 'Nenhuma opção tem esse caminho, nem começa ou termina com ele.',
    remedy: 'Consulte docs/configuration.md; “thinline config init” grava um arquivo com todas elas.',
  },
  TL6001: {
    message: 'O painel não pode ser oferecido em {address}.',
    cause: 'Outro programa, talvez um segundo Thinline, usa essa porta.',
    remedy: 'Encerre o outro programa ou escolha outra porta com --port.',
  },
  TL6002: {
    message: 'O Thinline não está em execução.',
    cause: 'Nada responde em {address}.',
    remedy:
      'Inicie-o com “thinline” ou, se as duas partes estiverem no mesmo computador, com “thinline --standalone” (no código-fonte: “npm start”); se for só no endpoint, inicie thinline-adapter.',
  },
  TL6003: {
    message: '{detail}',
    cause: 'A linha de comando não foi entendida.',
    remedy: 'Veja --help.',
  },
  TL6004: {
    message: 'Esta página não pode controlar o telefone.',
    cause: 'Ela não tem token, ou tem um antigo.',
    remedy:
      'Abra o painel pelo menu de programas ou com “thinline open”; no endpoint, abra o endereço que “thinline-adapter ctl page” mostra.',
  },
  TL6005: {
    message: 'O socket {path} não pode ser usado.',
    cause: '{detail}',
    remedy: 'Encerre o outro Thinline, ou remova o que está no caminho, e inicie de novo.',
  },
  TL6006: {
    message: 'O painel não entende esta solicitação.',
    cause: '{detail}',
    remedy:
      'Recarregue a página; se continuar assim, a página e o servidor são de versões diferentes: inicie o Thinline de novo.',
  },
  TL6007: {
    message: 'Outra página não pode controlar o telefone.',
    cause: 'A solicitação veio de {host}, que não é o painel deste Thinline.',
    remedy:
      'Abra o endereço que o Thinline mostra ao iniciar (no endpoint: “thinline-adapter ctl page”), e não outro nome para ele.',
  },
  TL6008: {
    message: 'O painel está aberto em lugares demais.',
    cause: 'Todas as conexões para atualizações ao vivo estão em uso.',
    remedy: 'Feche algumas das janelas.',
  },
  TL6009: {
    message: 'Faltam as páginas do painel.',
    cause: 'Elas ainda não foram geradas; o telefone em si funciona, e “thinline ctl” também.',
    remedy: 'Execute “npm run build:panel” e recarregue esta página.',
  },
  TL6035: {
    message: 'Faltam as páginas do painel.',
    cause:
      'O Thinline foi atualizado depois de iniciado, ou a pasta dele foi alterada; o telefone em si funciona, e “thinline ctl” também.',
    remedy: 'Saia desta área de trabalho e entre novamente. Se isso não resolver, o Thinline precisa ser reinstalado.',
  },
  TL6036: {
    message: 'Não foi possível abrir o painel em um navegador.',
    cause: '{detail}',
    remedy:
      'Execute “thinline open --print” e, em até um minuto, abra o endereço mostrado em um navegador desta área de trabalho.',
  },
  TL6037: {
    message: 'Não foi possível iniciar o Thinline.',
    cause: 'Ele acabou de ser iniciado e não responde.',
    remedy: 'Saia desta área de trabalho e entre novamente. Se isso não resolver, o motivo está no log.',
  },
  TL6010: {
    message: 'O painel perdeu a conexão com o Thinline.',
    cause: 'Nada responde em {address}.',
    remedy: 'Aguarde alguns segundos; se continuar assim, abra o painel pelo menu de programas ou com “thinline open”.',
  },
  TL6011: {
    message: 'A pasta {path} não pode conter os sockets do telefone.',
    cause: 'Ela pertence a outro usuário, ou outros usuários podem entrar nela.',
    remedy: 'Torne-a sua, com o modo 0700, ou indique outra em THINLINE_RUNTIME_DIR.',
  },
  TL6012: {
    message: 'O log não pode ser gravado em {path} e continua aqui.',
    cause: '{detail}',
    remedy: 'Libere espaço ou dê acesso lá, ou indique outro log_file.',
  },
  TL6013: {
    message: 'O log não é gravado em {path}.',
    cause: 'O ambiente não tem essa variável.',
    remedy: 'Defina-a ou indique um caminho sem ela.',
  },
  TL6014: {
    message: 'A página do endpoint não pode ser oferecida em {address}.',
    cause: 'Outro programa usa essa porta.',
    remedy: 'Encerre o outro programa ou escolha outra porta com --page.',
  },
  TL6015: {
    message: 'O adaptador do endpoint não oferece nenhuma página.',
    cause: 'Ele foi iniciado sem --page.',
    remedy: 'Inicie thinline-adapter com --page PORT.',
  },
  TL6016: {
    message: 'Aqui os programas não podem controlar chamadas.',
    cause: 'policy.connector.call_control é 0 na configuração.',
    remedy:
      'Defina policy.connector.call_control como 1 em Softphone.config e inicie o Thinline de novo; onde os agentes têm um desktop do agente, deixe em 0.',
  },
  TL6017: {
    message: 'Programas demais acompanham este telefone.',
    cause: 'Todas as conexões para eventos ao vivo estão em uso (total: {count}).',
    remedy: 'Encerre alguns dos programas ou páginas que acompanham /phone/events.',
  },
  TL6018: {
    message: 'Este link não tem um número para o qual se possa ligar.',
    cause: '{detail}',
    remedy: 'Digite o número no painel.',
  },
  TL6019: {
    message: 'Outro desktop do agente usa este telefone.',
    cause: 'Ainda está aberta uma sessão de {client}.',
    remedy: 'Saia lá, ou aguarde cerca de um minuto depois que ela for fechada; então entre aqui.',
  },
  TL6020: {
    message: 'Não há sessão de um desktop do agente.',
    cause: 'Ela nunca foi iniciada ou terminou: no logout, ou depois de tempo demais sem sinal do desktop.',
    remedy: 'Inicie uma com POST /session ou entre no desktop de novo.',
  },
  TL6021: {
    message: 'O desktop do agente pediu algo que o telefone não conhece.',
    cause: 'Não há nada em {path}.',
    remedy: 'Veja em docs/connector.md o que existe; se o desktop precisa disso, informe-nos.',
  },
  TL6022: {
    message: 'O desktop do agente não devolveu o cookie da sua sessão.',
    cause: 'O navegador recusa cookies de outros sites, ou é um segundo desktop que pede.',
    remedy: 'Defina policy.connector.enable_sessionid como 0 ou policy.connector.partitioned_cookies como 1.',
  },
  TL6023: {
    message: 'O conector para desktops do agente não pode ser acessado em {address}.',
    cause: 'Outro programa, talvez um segundo Thinline, usa esse endereço.',
    remedy:
      'Encerre o outro programa ou escolha outro policy.connector.port; em um host com muitas sessões, defina policy.connector.address como $user.',
  },
  TL6024: {
    message: 'O conector para desktops do agente não pode escutar em {address}.',
    cause: '{detail}',
    remedy:
      'Defina policy.connector.address como um endereço desta máquina entre 127.0.0.1 e 127.255.255.254, ::1, localhost ou $user.',
  },
  TL6025: {
    message: 'Esta página não pode usar o telefone.',
    cause: 'A origem dela, {origin}, não é permitida aqui, ou o telefone está com outra.',
    remedy: 'Acrescente a origem a policy.connector.origins ou feche o outro desktop do agente.',
  },
  TL6026: {
    message: 'O programa de outra pessoa não pode usar este telefone.',
    cause: 'A conexão é de outro usuário ou de outra sessão desta máquina.',
    remedy: 'Abra o desktop do agente na sessão em que o telefone está em execução.',
  },
  TL6027: {
    message: 'O desktop do agente não apresentou o segredo do conector.',
    cause: 'policy.connector.secret está definido, e a solicitação traz outro ou nenhum.',
    remedy:
      'Coloque o segredo em sipendpoint.uri do desktop, como primeira parte do caminho, ou envie-o como token Bearer.',
  },
  TL6028: {
    message: 'O desktop do agente faz solicitações demais.',
    cause: '{origin} envia mais solicitações do que o telefone responde.',
    remedy: 'Aguarde um momento; se continuar assim, recarregue a página do desktop do agente.',
  },
  TL6029: {
    message: 'Não há certificado com a impressão digital {thumbprint}.',
    cause: '{detail}',
    remedy: 'Corrija policy.connector.certificate_search_value ou coloque o certificado onde ele é procurado.',
  },
  TL6030: {
    message: 'Não foi possível criar um certificado para o conector.',
    cause: '{detail}',
    remedy: 'Crie um com “thinline certificate create --out FILE” e defina policy.connector.certificate.',
  },
  TL6031: {
    message: '{file} já existe.',
    cause: 'Um certificado em uso não é sobrescrito.',
    remedy: 'Escolha outro arquivo com --out ou mova esse para outro lugar.',
  },
  TL4014: {
    message: 'O dispositivo {device} não está disponível.',
    cause: 'Ele foi desconectado, ou a lista em que foi escolhido é antiga.',
    remedy: 'Conecte-o ou escolha um da lista.',
  },
  TL6033: {
    message: 'Você não pode entrar aqui.',
    cause: 'Este telefone é configurado por outro meio: {name}.',
    remedy: 'Use o telefone como está ou fale com o administrador.',
  },
  TL6034: {
    message: 'Não é possível entrar com esses dados.',
    cause: '{detail}',
    remedy: 'Verifique o usuário, o servidor e o transporte, e tente de novo.',
  },
  TL6032: {
    message: 'O certificado do conector não pode ser usado.',
    cause: '{detail}',
    remedy: 'Corrija policy.connector.certificate ou crie um com “thinline certificate create”.',
  },
  TL9001: {
    message: 'Ocorreu um erro no Thinline.',
    cause: '{detail}',
    remedy: 'Informe o erro, por favor, junto com o log.',
  },
} satisfies Translation['failures'];

/** The failure catalogue in Simplified Chinese. */
import type { Translation } from '../say.ts';

export const failures = {
  TL1001: {
    message: '无法连接话机。',
    cause: '端点适配器未运行，或与它的连接已断开（{detail}）。',
    remedy: '请等待几秒；如果仍然如此，请在端点上启动 thinline-adapter，或使用 --standalone 启动 Thinline。',
  },
  TL1002: {
    message: 'Thinline 两个部分的版本相差过大。',
    cause: '应用层使用协议 {app}，端点适配器使用协议 {endpoint}。',
    remedy: '请更新其中较旧的一个。',
  },
  TL1003: {
    message: '此话机正由 {user} 使用。',
    cause: '另一个应用会话占用着端点，并且正在通话。',
    remedy: '请等待通话结束，或结束另一个会话。',
  },
  TL1004: {
    message: '话机现已在其他位置使用。',
    cause: '一个较新的应用会话已从 {host} 连接。',
    remedy: '请关闭其中一个。要在此处使用话机，请按“在此处使用话机”，或运行“thinline ctl register”。',
  },
  TL1005: {
    message: '端点不认识此命令。',
    cause: '应用层比端点适配器新，或命令格式有误。',
    remedy: '请更新端点适配器。',
  },
  TL1006: {
    message: '不确定该操作是否已执行。',
    cause: '话机应答之前，与它的连接已断开。',
    remedy: '请查看通话；如果未执行，请重新操作。',
  },
  TL1007: {
    message: '话机已更换，该操作未执行。',
    cause: '连接断开期间，端点适配器已重新启动，或您换到了另一个端点。',
    remedy: '请查看通话，然后重新操作。',
  },
  TL1008: {
    message: '此端点适配器不支持以下功能：{feature}',
    cause: '它的版本为 {version}，需要 {needed} 或更高版本。',
    remedy: '请更新端点适配器。',
  },
  TL1009: {
    message: '端点适配器的版本过旧。',
    cause: '它的版本为 {version}，而 policy.link.min_adapter 要求 {needed}。',
    remedy: '请更新端点适配器；在此期间仍会使用它。',
  },
  TL1010: {
    message: '端点适配器过旧，无法使用：此处只能查看通话。',
    cause: '它的版本为 {version}，而 policy.link.min_adapter 要求 {needed}。',
    remedy: '请更新端点适配器。',
  },
  TL1011: {
    message: '端点适配器过旧，您无法接听电话。',
    cause: '它的版本为 {version}，而 policy.link.min_adapter 要求 {needed}。',
    remedy: '请更新端点适配器。',
  },
  TL1012: {
    message: '您面前的电脑上没有话机，您无法接听电话。',
    cause: '没有端点适配器通过 {channel} 应答。{detail}',
    remedy:
      '请在您面前的电脑上启动 thinline-adapter；如果那里没有，可通过 policy.link.fallback 允许在远程桌面内播放声音。',
  },
  TL1013: {
    message: '声音在远程桌面内处理，音质可能不如您面前的电脑。',
    cause: '无法使用您面前电脑上的端点适配器：{detail}',
    remedy: '请在那里启动或更新 thinline-adapter；没有通话时即会启用它。',
  },
  TL1014: {
    message: '您在 {host} 上仍有通话，此话机正在等待其结束。',
    cause: '通话会留在其声音所在之处，且 policy.link.roaming 为 after_calls。',
    remedy: '请在那里结束通话，结束后在此处注册（“thinline ctl register”）。',
  },
  TL1020: {
    message: '此远程桌面未打开通往话机的虚拟通道。',
    cause: '{detail}。可能是远程桌面客户端没有 Thinline 插件，或此桌面的允许列表禁止了该通道。{allowList}',
    remedy:
      '请在端点的远程桌面客户端中安装插件，并在那里启动 thinline-adapter；如果通道需要许可，请管理员添加上述各行。',
  },
  TL1021: {
    message: '通往话机的虚拟通道无响应。',
    cause: '此桌面上负责 {name} 的组件已 {seconds} 秒没有应答。',
    remedy: '请等待几秒；如果仍然如此，请断开桌面连接后重新连接。',
  },
  TL1022: {
    message: '此桌面没有“{name}”类型的虚拟通道。',
    cause: '{detail}',
    remedy: '请在此处安装该桌面产品的代理程序，或选择其他 policy.link.channel。',
  },
  TL1023: {
    message: '未配置经 TLS 到话机的连接。',
    cause: '以下项缺失或无法使用：{option}',
    remedy:
      '请设置 policy.link.endpoint（host:port）、policy.link.certificate（含证书链和私钥的 PEM 文件）和 policy.link.authorities（PEM 文件），或选择其他 policy.link.channel。',
  },
  TL1024: {
    message: '用于连接话机的证书无法使用。',
    cause: '{detail}',
    remedy: '请更正该文件，或更正指定这些文件的 policy.link.certificate 和 policy.link.authorities。',
  },
  TL1025: {
    message: '无法连接 {host}:{port} 上的话机。',
    cause: '没有 TLS 连接：{detail}',
    remedy: '请检查 policy.link.endpoint、thinline-adapter 是否在那里以 --tls 运行，以及是否被防火墙阻挡。',
  },
  TL1026: {
    message: '{host}:{port} 上话机的证书不被接受。',
    cause: '证书的问题：{detail}',
    remedy: '请管理员更正端点的 --tls-certificate，或此处的 policy.link.authorities。',
  },
  TL1027: {
    message: '{host}:{port} 上话机的证书属于另一台主机。',
    cause: '证书中没有“{host}”这一名称。',
    remedy: '请更正 policy.link.endpoint 中的主机，或为端点签发包含该名称的证书。',
  },
  TL1028: {
    message: '{host}:{port} 上的话机不接受我方证书。',
    cause: 'policy.link.certificate 指定的证书不是由对方的 --tls-authorities 签发，或已过期。',
    remedy: '请管理员通过端点信任的证书颁发机构为此用户签发证书。',
  },
  TL1029: {
    message: '无法在 {host}:{port} 接受 TLS 连接。',
    cause: '系统不允许在那里监听：{detail}',
    remedy: '请结束占用该端口的程序，或使用 --tls 选择其他地址。',
  },
  TL1030: {
    message: '用于 --tls 的证书无法使用。',
    cause: '{detail}',
    remedy: '请更正 --tls-certificate 和 --tls-authorities 指定的文件。',
  },
  TL2001: {
    message: '服务器 {server} 拒绝了 {user} 的密码。',
    cause: '用户名或密码错误（SIP {status}）。',
    remedy: '请更正用户名和密码，然后重新注册；为避免账户被锁定，话机不会自动重试。',
  },
  TL2002: {
    message: '服务器 {server} 没有应答。',
    cause: '服务器已停机、从这里无法到达，或地址、端口或传输协议（{transport}）有误：{detail}',
    remedy: '请检查配置中的服务器和协议，以及防火墙是否放行。',
  },
  TL2003: {
    message: '无法解析服务器 {server} 的名称。',
    cause: 'DNS 中没有该名称：{detail}',
    remedy: '请检查配置中服务器名称的拼写，以及端点的 DNS 设置。',
  },
  TL2004: {
    message: '服务器 {server} 拒绝注册 {user}。',
    cause: '服务器应答 {status} {reason}。',
    remedy: '请询问 SIP 服务器的管理员此用户是否存在、是否允许注册。',
  },
  TL2005: {
    message: '{min} 到 {max} 之间没有可用于 SIP 的空闲端口。',
    cause: '其他程序（例如另一个软电话）占用了全部端口。',
    remedy: '请结束其他程序，或扩大 sip_port_min 和 sip_port_max 的范围。',
  },
  TL2006: {
    message: '与服务器 {server} 之间没有安全连接。',
    cause: 'TLS 协商失败：{detail}',
    remedy:
      '请检查配置中的服务器名称，并确认其证书包含该名称且在有效期内；如果端点不认识签发机构，请在 system.security.authorities 中指定。',
  },
  TL2007: {
    message: '证书文件 {file} 无法使用。',
    cause: '{detail}',
    remedy:
      '请更正 system.security.certificate（端点上的 PEM 文件，含我方证书、证书链和私钥）或 system.security.authorities（含所信任颁发机构的 PEM 文件）。',
  },
  TL2008: {
    message: '联络中心未更改座席状态。',
    cause: '{detail}',
    remedy: '请检查座席工号和密码，并询问班长此座席是否可以处于该状态。',
  },
  TL2009: {
    message: '联络中心尚未确认座席状态。',
    cause: '服务器未及时应答；有些服务器在密码错误时不作应答。',
    remedy: '请检查座席工号和密码，然后重试。',
  },
  TL2010: {
    message: '没有座席登录。',
    cause: '其他状态都需要有座席，而未提供座席工号。',
    remedy: '请先用座席工号登录。',
  },
  TL2011: {
    message: '此线路不支持以下功能：{feature}',
    cause: '服务器不提供该功能，或线路配置中未启用。',
    remedy: '请询问 SIP 服务器的管理员；座席状态需要在线路配置中设置 agent_state。',
  },
  TL2012: {
    message: '服务器拒绝更改以下功能：{feature}',
    cause: '服务器应答 {status} {reason}。',
    remedy: '请询问 SIP 服务器的管理员此线路是否可以使用该功能。',
  },
  TL2013: {
    message: '无法这样设置呼叫转移。',
    cause: '{detail}',
    remedy: '请提供要转移到的号码、user@host 或 sip: 地址；无应答转移还需提供秒数。',
  },
  TL3001: {
    message: '“{target}”不是可以呼叫的号码或地址。',
    cause: '呼叫目标应为号码、user@host 或 sip: 地址，且不含空格。',
    remedy: '请更正号码后重新拨打。',
  },
  TL3002: {
    message: '没有可用于呼出的线路。',
    cause: '未配置线路，或线路 {line} 不存在。',
    remedy: '请配置线路（Softphone.config 的 Basic 容器）。',
  },
  TL3003: {
    message: '没有这个通话。',
    cause: '通话 {call} 已结束，或从未存在。',
    remedy: '请查看通话列表并选择其中一个。',
  },
  TL3004: {
    message: '有多个通话，但未选择任何一个。',
    cause: '可能所指的通话有 {count} 个。',
    remedy: '请指明是哪一个（--call ID）。',
  },
  TL3005: {
    message: '现在无法对该通话执行此操作。',
    cause: '通话状态为“{state}”；操作“{command}”要求状态为“{needed}”。',
    remedy: '请等待通话进入该状态。',
  },
  TL3006: {
    message: '{target} 忙线。',
    cause: '对方应答 {status} {reason}。',
    remedy: '请稍后再拨。',
  },
  TL3007: {
    message: '{target} 未接听此通话。',
    cause: '对方应答 {status} {reason}。',
    remedy: '请稍后再拨，或用其他方式联系对方。',
  },
  TL3008: {
    message: '{target} 不存在。',
    cause: '服务器应答 {status} {reason}。',
    remedy: '请检查号码。',
  },
  TL3009: {
    message: '{target} 无人接听。',
    cause: '呼叫在无人接听后结束（{status} {reason}）。',
    remedy: '请稍后再拨。',
  },
  TL3010: {
    message: '对 {target} 的呼叫没有得到响应。',
    cause: '服务器和对方都未及时应答 INVITE。',
    remedy: '请检查线路是否已注册，然后重试。',
  },
  TL3011: {
    message: '两部话机没有共同支持的声音方式。',
    cause: '提供的编解码器均不匹配，或一方要求加密而另一方不支持（{status} {reason}）。',
    remedy: '请启用对方支持的编解码器（PCMU、PCMA 或 opus）；否则请管理员比对双方的 use_srtp。',
  },
  TL3012: {
    message: '与 {target} 的通话已中断。',
    cause: '{detail}',
    remedy: '请重新拨打。',
  },
  TL3013: {
    message: '与 {target} 的通话无法保持或恢复。',
    cause: '对方对 re-INVITE 应答 {status} {reason}。',
    remedy: '请重试；通话仍按原状继续。',
  },
  TL3014: {
    message: '“{digits}”含有不属于 DTMF 的字符。',
    cause: 'DTMF 包括 0-9、*、# 和 A-D。',
    remedy: '请只发送这些字符。',
  },
  TL3015: {
    message: '对 {target} 的呼叫被转移次数过多。',
    cause: '转移超过 {limit} 次，或又转回已尝试过的目标。',
    remedy: '请管理员检查该号码的呼叫转移设置。',
  },
  TL3016: {
    message: '转接到 {target} 失败，通话已返回。',
    cause: '转接目标应答 {status} {reason}。',
    remedy: '请继续通话，或转接给其他人。',
  },
  TL3017: {
    message: '对方不接受转接。',
    cause: '对方对 REFER 应答 {status} {reason}。',
    remedy: '请按原状继续通话；请询问管理员其服务器是否允许话机转接。',
  },
  TL3018: {
    message: '通话不能转接到其自身。',
    cause: '给出的两个通话都是通话 {call}。',
    remedy: '请选择另一个通话与它接通。',
  },
  TL3019: {
    message: '无法使用共享线路的呼叫显示 {appearance}。',
    cause: '服务器应答 {status} {reason}；可能正被另一部话机占用。',
    remedy: '请选择其他呼叫显示，或不指定。',
  },
  TL3020: {
    message: '这些通话无法组成会议。',
    cause: '会议可并入 2 到 {limit} 个已接通的通话，当前有 {count} 个。',
    remedy: '请再接听一个通话或结束一个通话，然后重试。',
  },
  TL3021: {
    message: '没有耳麦就无法拨打或接听电话。',
    cause: '配置要求使用耳麦，而其指定的耳麦均未插入。',
    remedy: '请插入耳麦；如果已插入，请管理员检查配置中的耳麦名称。',
  },
  TL4001: {
    message: '没有以下设备：{kind}',
    cause: '{detail}',
    remedy: '请插入耳麦，或检查端点的声音服务是否在运行；在此期间通话继续，但该方向没有声音。',
  },
  TL4002: {
    message: '这台电脑无法播放或录制声音。',
    cause: '{detail}',
    remedy:
      '请检查端点上是否有声音服务在运行；如果缺少声音驱动程序，请重新安装端点适配器（在源代码中运行“npm run build:audio”）。然后重新启动端点适配器。',
  },
  TL4003: {
    message: '{min} 到 {max} 之间没有可用于声音的空闲端口对。',
    cause: '其他通话或程序占用了全部端口。',
    remedy: '请结束一个通话，或扩大 rtp_port_min 和 rtp_port_max 的范围。',
  },
  TL4004: {
    message: '话机的声音模块已停止。',
    cause: '{detail}',
    remedy: '它会自动重新启动；如果再次发生，请将日志发给管理员。',
  },
  TL4005: {
    message: '现在无法发送按键。',
    cause: '对方不接受 DTMF（RFC 4733），或通话此刻未发送声音。',
    remedy: '如果通话处于保持状态，请恢复通话；否则无法向对方发送按键。',
  },
  TL4006: {
    message: '通话的声音无法加密保护。',
    cause: '两部话机未能通过 DTLS 商定密钥（{detail}）。',
    remedy: '请重新拨打；如果再次发生，请管理员比对此处的 use_srtp 与服务器的要求。',
  },
  TL4007: {
    message: '通话的声音找不到通往对方的路径。',
    cause: 'ICE 找到的路径均不可用，或已失效（{detail}）。',
    remedy: '请重新拨打；如果再次发生，请管理员检查防火墙以及 STUN 和 TURN 服务器。',
  },
  TL4008: {
    message: '已有 {seconds} 秒没有收到对方的声音。',
    cause: '对方的数据包不再到达：可能被网络或防火墙阻挡，或对方已离线。',
    remedy: '请挂断后重新拨打；如果再次发生，请安排检查网络。',
  },
  TL4009: {
    message: '收到的声音无法解密。',
    cause: '对方使用的密钥与商定的不同。',
    remedy: '请重新拨打；如果再次发生，请管理员检查双方的 SRTP 设置。',
  },
  TL4010: {
    message: '与 {target} 的通话音质很差。',
    cause: '平均意见得分（MOS）为 {mos}，低于 {threshold} 即视为差：数据包丢失或到达过慢。',
    remedy: '请使用有线网络代替无线网络，并关闭其他占用网络的程序；如果经常发生，请安排检查网络。',
  },
  TL4011: {
    message: '您的麦克风没有声音。',
    cause: '已有一段时间没有收到麦克风的声音：它在耳麦上或被系统静音，或正在使用另一个麦克风。',
    remedy: '请检查耳麦的静音开关，以及选择的是哪个麦克风；收到您的声音后，此提示会消失。',
  },
  TL4012: {
    message: '听不到 {target} 的声音。',
    cause: '收到了对方的数据包，但内容是静音：对方的麦克风已静音，或没有人说话。',
    remedy: '请让对方说句话；如果仍听不到，请重新拨打。',
  },
  TL4013: {
    message: '没有收到来自 {target} 的声音。',
    cause: '已有一段时间没有收到任何声音数据包：可能被网络或防火墙阻挡，或对方没有发送。',
    remedy: '请重新拨打；如果再次发生，请安排检查网络和防火墙。',
  },
  TL5001: {
    message: '配置 {file} 无法使用。',
    cause: '{detail}',
    remedy: '请更正该文件，然后重新启动。',
  },
  TL5002: {
    message: '端口范围 {option} 的上下限颠倒。',
    cause: '{min} 大于 {max}。',
    remedy: '请使最小值小于最大值。',
  },
  TL5003: {
    message: '话机没有配置。',
    cause: '在 {file} 读取不到 Softphone.config。',
    remedy: '请使用 --config FILE 指定。',
  },
  TL5004: {
    message: '{file} 已存在，保持原样。',
    cause: '新配置文件绝不会取代已有文件。',
    remedy: '请指定其他文件，或移走已有文件。',
  },
  TL5005: {
    message: '无法写入文件 {file}。',
    cause: '{detail}',
    remedy: '请指定您有写入权限的文件夹中的文件。',
  },
  TL5006: {
    message: '没有“{option}”这项设置。',
    cause: '没有任何选项的路径与它相同，或以它开头或结尾。',
    remedy: '请查阅 docs/configuration.md；“thinline config init”会写出包含全部设置的文件。',
  },
  TL6001: {
    message: '无法在 {address} 提供面板。',
    cause: '另一个程序（例如另一个 Thinline）占用了该端口。',
    remedy: '请结束该程序，或使用 --port 选择其他端口。',
  },
  TL6002: {
    message: 'Thinline 未运行。',
    cause: '{address} 没有应答。',
    remedy:
      '请用“thinline”启动；两部分在同一台电脑上时，请用“thinline --standalone”（在源代码中用“npm start”）；仅在端点上时，请启动 thinline-adapter。',
  },
  TL6003: {
    message: '{detail}',
    cause: '无法理解该命令行。',
    remedy: '请参阅 --help。',
  },
  TL6004: {
    message: '此页面无权控制话机。',
    cause: '它没有令牌，或令牌已过期。',
    remedy: '请从程序菜单或用“thinline open”打开面板；在端点上，请打开“thinline-adapter ctl page”显示的地址。',
  },
  TL6005: {
    message: '套接字 {path} 无法使用。',
    cause: '{detail}',
    remedy: '请结束另一个 Thinline，或移走造成妨碍的内容，然后重新启动。',
  },
  TL6006: {
    message: '面板无法理解此请求。',
    cause: '{detail}',
    remedy: '请重新加载页面；如果仍然如此，说明页面与服务器版本不同，请重新启动 Thinline。',
  },
  TL6007: {
    message: '其他页面无权控制话机。',
    cause: '请求来自 {host}，它不是此 Thinline 的面板。',
    remedy: '请打开 Thinline 启动时显示的地址（在端点上为“thinline-adapter ctl page”），不要使用指向它的其他名称。',
  },
  TL6008: {
    message: '打开面板的地方过多。',
    cause: '用于实时更新的连接已全部占用。',
    remedy: '请关闭一些窗口。',
  },
  TL6009: {
    message: '面板的页面缺失。',
    cause: '页面尚未构建；话机本身和“thinline ctl”可以正常使用。',
    remedy: '请运行“npm run build:panel”，然后重新加载本页。',
  },
  TL6035: {
    message: '面板的页面缺失。',
    cause: 'Thinline 在启动后已更新，或其文件夹已被更改；话机本身和“thinline ctl”可以正常使用。',
    remedy: '请从此桌面注销后重新登录。如果仍无法解决，则需要重新安装 Thinline。',
  },
  TL6036: {
    message: '无法在浏览器中打开面板。',
    cause: '{detail}',
    remedy: '请运行“thinline open --print”，并在一分钟内用此桌面的浏览器打开它显示的地址。',
  },
  TL6037: {
    message: '无法启动 Thinline。',
    cause: '它刚刚启动，但没有应答。',
    remedy: '请从此桌面注销后重新登录。如果仍无法解决，请在日志中查看原因。',
  },
  TL6010: {
    message: '面板与 Thinline 失去连接。',
    cause: '{address} 没有应答。',
    remedy: '请等待几秒；如果仍然如此，请从程序菜单或用“thinline open”打开面板。',
  },
  TL6012: {
    message: '日志无法写入 {path}，将在此处继续输出。',
    cause: '{detail}',
    remedy: '请在那里腾出空间或授予访问权限，或指定其他 log_file。',
  },
  TL6013: {
    message: '日志未写入 {path}。',
    cause: '环境中没有该变量。',
    remedy: '请设置该变量，或使用不含它的路径。',
  },
  TL6011: {
    message: '文件夹 {path} 不能存放话机的套接字。',
    cause: '它属于其他用户，或其他用户可以进入。',
    remedy: '请将其归为您所有并设置模式 0700，或在 THINLINE_RUNTIME_DIR 中指定其他文件夹。',
  },
  TL9001: {
    message: 'Thinline 发生内部错误。',
    cause: '{detail}',
    remedy: '请报告此问题，并附上日志。',
  },
  TL6014: {
    message: '无法在 {address} 提供端点的页面。',
    cause: '另一个程序占用了该端口。',
    remedy: '请结束该程序，或使用 --page 选择其他端口。',
  },
  TL6015: {
    message: '端点适配器未提供页面。',
    cause: '它启动时没有使用 --page。',
    remedy: '请使用 --page PORT 启动 thinline-adapter。',
  },
  TL6016: {
    message: '此处不允许程序控制通话。',
    cause: '配置中的 policy.connector.call_control 为 0。',
    remedy:
      '请在 Softphone.config 中将 policy.connector.call_control 设为 1，并重新启动 Thinline；如果座席使用座席桌面，请保持为 0。',
  },
  TL6017: {
    message: '订阅此话机的程序过多。',
    cause: '用于实时事件的 {count} 个连接已全部占用。',
    remedy: '请结束一些订阅 /phone/events 的程序或页面。',
  },
  TL6018: {
    message: '此链接中没有可以呼叫的号码。',
    cause: '{detail}',
    remedy: '请在面板中输入号码。',
  },
  TL6019: {
    message: '另一个座席桌面正在使用此话机。',
    cause: '{client} 的会话仍未关闭。',
    remedy: '请在那里登出，或在其关闭后等待约一分钟，然后在此处登录。',
  },
  TL6020: {
    message: '没有座席桌面的会话。',
    cause: '会话从未开始，或已结束：因登出，或因桌面太久没有消息。',
    remedy: '请用 POST /session 开始会话，或重新登录桌面。',
  },
  TL6021: {
    message: '座席桌面请求了话机不支持的内容。',
    cause: '{path} 上没有任何内容。',
    remedy: '可用内容请参阅 docs/connector.md；如果桌面需要该内容，请报告。',
  },
  TL6022: {
    message: '座席桌面未送回其会话的 Cookie。',
    cause: '浏览器拒绝其他网站的 Cookie，或有第二个桌面在请求。',
    remedy: '请将 policy.connector.enable_sessionid 设为 0，或将 policy.connector.partitioned_cookies 设为 1。',
  },
  TL6023: {
    message: '座席桌面的连接器无法在 {address} 提供服务。',
    cause: '另一个程序（例如另一个 Thinline）占用了该地址。',
    remedy:
      '请结束该程序，或选择其他 policy.connector.port；在有多个会话的主机上，请将 policy.connector.address 设为 $user。',
  },
  TL6024: {
    message: '座席桌面的连接器无法在 {address} 监听。',
    cause: '{detail}',
    remedy: '请将 policy.connector.address 设为本机 127.0.0.1 到 127.255.255.254 之间的地址、::1、localhost 或 $user。',
  },
  TL6025: {
    message: '此页面无权使用话机。',
    cause: '其来源 {origin} 在此处不被允许，或话机正由另一个来源使用。',
    remedy: '请将该来源加入 policy.connector.origins，或关闭另一个座席桌面。',
  },
  TL6026: {
    message: '其他人的程序无权使用此话机。',
    cause: '该连接来自这台电脑上的其他用户或其他会话。',
    remedy: '请在话机所在的会话中打开座席桌面。',
  },
  TL6027: {
    message: '座席桌面未出示连接器的密钥。',
    cause: '已设置 policy.connector.secret，而请求中的密钥不同或没有密钥。',
    remedy: '请将密钥放入桌面的 sipendpoint.uri，作为路径的第一部分，或作为 Bearer 令牌发送。',
  },
  TL6028: {
    message: '座席桌面的请求过于频繁。',
    cause: '{origin} 发送的请求超出了话机的处理能力。',
    remedy: '请稍候；如果仍然如此，请重新加载座席桌面的页面。',
  },
  TL6029: {
    message: '没有指纹为 {thumbprint} 的证书。',
    cause: '{detail}',
    remedy: '请更正 policy.connector.certificate_search_value，或将证书放到查找的位置。',
  },
  TL6030: {
    message: '无法为连接器创建证书。',
    cause: '{detail}',
    remedy: '请用“thinline certificate create --out FILE”创建证书，并设置 policy.connector.certificate。',
  },
  TL6031: {
    message: '{file} 已存在。',
    cause: '正在使用的证书不会被覆盖。',
    remedy: '请使用 --out 选择其他文件，或移走已有文件。',
  },
  TL4014: {
    message: '设备“{device}”不存在。',
    cause: '它已被拔出，或选择时所用的列表已过时。',
    remedy: '请插入该设备，或选择列表中的设备。',
  },
  TL6033: {
    message: '您无法在此处登录。',
    cause: '此话机由以下来源配置：{name}',
    remedy: '请按现状使用话机，或询问管理员。',
  },
  TL6034: {
    message: '无法用这些信息登录。',
    cause: '{detail}',
    remedy: '请检查用户名、服务器和传输协议，然后重试。',
  },
  TL6032: {
    message: '连接器的证书无法使用。',
    cause: '{detail}',
    remedy: '请更正 policy.connector.certificate，或用“thinline certificate create”创建证书。',
  },
} satisfies Translation['failures'];

/** The failure catalogue in Traditional Chinese. */
import type { Translation } from '../say.ts';

export const failures = {
  TL1001: {
    message: '無法連線到話機。',
    cause: '端點配接器未執行，或與它的連線已中斷（{detail}）。',
    remedy: '請稍候幾秒；如果仍未改善，請在端點啟動 thinline-adapter，或以 --standalone 啟動 Thinline。',
  },
  TL1002: {
    message: 'Thinline 兩個部分的版本相差太多。',
    cause: '應用程式層使用通訊協定 {app}，端點配接器使用 {endpoint}。',
    remedy: '請更新其中較舊的一個。',
  },
  TL1003: {
    message: '這部話機正由 {user} 使用。',
    cause: '另一個應用程式工作階段佔用端點，而且正在通話。',
    remedy: '請等候通話結束，或結束另一個工作階段。',
  },
  TL1004: {
    message: '話機目前在其他地方使用。',
    cause: '較新的應用程式工作階段已從 {host} 連線。',
    remedy: '請關閉其中一個。若要在這裡使用話機，請按「在這裡使用話機」，或執行「thinline ctl register」。',
  },
  TL1005: {
    message: '端點不認得這個命令。',
    cause: '應用程式層比端點配接器新，或命令格式有誤。',
    remedy: '請更新端點配接器。',
  },
  TL1006: {
    message: '無法得知該動作是否已執行。',
    cause: '話機回應之前，連線就已中斷。',
    remedy: '請查看通話；如果未執行，請再操作一次。',
  },
  TL1007: {
    message: '話機已更換，該動作未執行。',
    cause: '連線中斷期間，端點配接器已重新啟動，或您換到了另一個端點。',
    remedy: '請查看通話，然後再操作一次。',
  },
  TL1008: {
    message: '這個端點配接器不支援下列功能：{feature}',
    cause: '其版本為 {version}，需要 {needed} 或更新的版本。',
    remedy: '請更新端點配接器。',
  },
  TL1009: {
    message: '端點配接器的版本過舊。',
    cause: '其版本為 {version}，而 policy.link.min_adapter 要求 {needed}。',
    remedy: '請更新端點配接器；這段期間仍會使用它。',
  },
  TL1010: {
    message: '端點配接器太舊而無法使用：這裡只能檢視通話。',
    cause: '其版本為 {version}，而 policy.link.min_adapter 要求 {needed}。',
    remedy: '請更新端點配接器。',
  },
  TL1011: {
    message: '端點配接器太舊，您無法接聽電話。',
    cause: '其版本為 {version}，而 policy.link.min_adapter 要求 {needed}。',
    remedy: '請更新端點配接器。',
  },
  TL1012: {
    message: '您的座位沒有話機，因此無法接聽電話。',
    cause: '沒有端點配接器經由 {channel} 回應。{detail}',
    remedy:
      '請在您座位的電腦上啟動 thinline-adapter；如果那裡沒有，可用 policy.link.fallback 允許在遠端桌面內處理聲音。',
  },
  TL1013: {
    message: '聲音在遠端桌面內處理，音質可能比在您座位的電腦上差。',
    cause: '無法使用您座位電腦上的端點配接器：{detail}',
    remedy: '請在那裡啟動或更新 thinline-adapter；一旦沒有通話就會使用它。',
  },
  TL1014: {
    message: '您在 {host} 仍有通話，這部話機正在等候該通話結束。',
    cause: '通話會留在其聲音所在之處，且 policy.link.roaming 為 after_calls。',
    remedy: '請在那裡結束通話，結束後在這裡註冊（「thinline ctl register」）。',
  },
  TL1020: {
    message: '這個遠端桌面未開啟通往話機的虛擬通道。',
    cause: '{detail}。可能是遠端連線用戶端沒有 Thinline 的外掛程式，或這個桌面的允許清單封鎖了通道。{allowList}',
    remedy:
      '請在端點的遠端連線用戶端安裝外掛程式，並在那裡啟動 thinline-adapter；如果通道需要許可，請系統管理員加入上述各行。',
  },
  TL1021: {
    message: '通往話機的虛擬通道沒有回應。',
    cause: '這個桌面上負責 {name} 的元件已 {seconds} 秒沒有回應。',
    remedy: '請稍候幾秒；如果仍未改善，請中斷桌面連線後重新連線。',
  },
  TL1022: {
    message: '這個桌面沒有「{name}」類型的虛擬通道。',
    cause: '{detail}',
    remedy: '請在這裡安裝該桌面產品的代理程式，或選擇其他 policy.link.channel。',
  },
  TL1023: {
    message: '尚未設定經由 TLS 連到話機的方式。',
    cause: '下列項目缺少或無法使用：{option}',
    remedy:
      '請設定 policy.link.endpoint（host:port）、policy.link.certificate（含憑證鏈與私密金鑰的 PEM 檔案）和 policy.link.authorities（PEM 檔案），或選擇其他 policy.link.channel。',
  },
  TL1024: {
    message: '用於連線到話機的憑證無法使用。',
    cause: '{detail}',
    remedy: '請修正該檔案，或修正指定檔案的 policy.link.certificate 和 policy.link.authorities。',
  },
  TL1025: {
    message: '無法連線到位於 {host}:{port} 的話機。',
    cause: '沒有 TLS 連線：{detail}',
    remedy: '請檢查 policy.link.endpoint、thinline-adapter 是否在那裡以 --tls 執行，以及是否遭防火牆阻擋。',
  },
  TL1026: {
    message: '位於 {host}:{port} 的話機的憑證未被接受。',
    cause: '憑證的問題：{detail}',
    remedy: '請系統管理員修正端點的 --tls-certificate，或這裡的 policy.link.authorities。',
  },
  TL1027: {
    message: '位於 {host}:{port} 的話機的憑證屬於另一部主機。',
    cause: '憑證中沒有「{host}」這個名稱。',
    remedy: '請修正 policy.link.endpoint 中的主機，或為端點核發含有該名稱的憑證。',
  },
  TL1028: {
    message: '位於 {host}:{port} 的話機不接受我方的憑證。',
    cause: 'policy.link.certificate 指定的憑證並非由對方的 --tls-authorities 簽署，或已過期。',
    remedy: '請系統管理員透過端點信任的憑證授權單位為這位使用者核發憑證。',
  },
  TL1029: {
    message: '無法在 {host}:{port} 接受 TLS 連線。',
    cause: '系統不允許在該處等候連線：{detail}',
    remedy: '請結束使用該連接埠的程式，或用 --tls 選擇其他位址。',
  },
  TL1030: {
    message: '用於 --tls 的憑證無法使用。',
    cause: '{detail}',
    remedy: '請修正 --tls-certificate 和 --tls-authorities 指定的檔案。',
  },
  TL2001: {
    message: '伺服器 {server} 拒絕了 {user} 的密碼。',
    cause: '使用者名稱或密碼錯誤（SIP {status}）。',
    remedy: '請修正使用者和密碼，然後重新註冊；為避免帳號遭鎖定，話機不會自動重試。',
  },
  TL2002: {
    message: '伺服器 {server} 沒有回應。',
    cause: '伺服器已停機、從這裡無法連線，或位址、連接埠或傳輸方式（{transport}）有誤：{detail}',
    remedy: '請檢查設定中的伺服器和通訊協定，以及防火牆是否允許通過。',
  },
  TL2003: {
    message: '無法解析伺服器 {server} 的名稱。',
    cause: 'DNS 中沒有這個名稱：{detail}',
    remedy: '請檢查設定中伺服器名稱的拼寫，以及端點的 DNS 設定。',
  },
  TL2004: {
    message: '伺服器 {server} 拒絕註冊 {user}。',
    cause: '伺服器回應 {status} {reason}。',
    remedy: '請向 SIP 伺服器的管理員確認這位使用者是否存在且可以註冊。',
  },
  TL2005: {
    message: '{min} 到 {max} 之間沒有可供 SIP 使用的連接埠。',
    cause: '其他程式（例如另一套軟體電話）已用掉全部連接埠。',
    remedy: '請結束其他程式，或擴大 sip_port_min 和 sip_port_max 的範圍。',
  },
  TL2006: {
    message: '與伺服器 {server} 之間沒有安全連線。',
    cause: 'TLS 交涉失敗：{detail}',
    remedy:
      '請檢查設定中的伺服器名稱，並確認其憑證含有該名稱且在有效期限內；如果端點不認得簽署的憑證授權單位，請在 system.security.authorities 中指定。',
  },
  TL2007: {
    message: '憑證檔案 {file} 無法使用。',
    cause: '{detail}',
    remedy:
      '請修正 system.security.certificate（端點上的 PEM 檔案，含我方憑證、憑證鏈和私密金鑰）或 system.security.authorities（含所信任憑證授權單位的 PEM 檔案）。',
  },
  TL2008: {
    message: '客服中心未變更客服人員的狀態。',
    cause: '{detail}',
    remedy: '請檢查客服人員代號和密碼，並向主管確認這位客服人員是否可以處於該狀態。',
  },
  TL2009: {
    message: '客服中心尚未確認客服人員的狀態。',
    cause: '伺服器未及時回應；有些伺服器在密碼錯誤時不會回應。',
    remedy: '請檢查客服人員代號和密碼，然後再試一次。',
  },
  TL2010: {
    message: '沒有客服人員登入。',
    cause: '其他狀態都需要客服人員，但未提供客服人員代號。',
    remedy: '請先用客服人員代號登入。',
  },
  TL2011: {
    message: '這條線路不支援下列功能：{feature}',
    cause: '伺服器未提供此功能，或線路的設定未啟用。',
    remedy: '請洽詢 SIP 伺服器的管理員；客服人員狀態需要在線路的設定中加入 agent_state。',
  },
  TL2012: {
    message: '伺服器拒絕變更下列功能：{feature}',
    cause: '伺服器回應 {status} {reason}。',
    remedy: '請向 SIP 伺服器的管理員確認這條線路是否可以使用此功能。',
  },
  TL2013: {
    message: '無法這樣設定來電轉接。',
    cause: '{detail}',
    remedy: '請提供要轉接到的號碼、user@host 或 sip: 位址；無人接聽時的轉接還需提供秒數。',
  },
  TL3001: {
    message: '「{target}」不是可以撥打的號碼或位址。',
    cause: '撥打對象應為號碼、user@host 或 sip: 位址，且不含空格。',
    remedy: '請修正號碼後重新撥打。',
  },
  TL3002: {
    message: '沒有可以撥出的線路。',
    cause: '尚未設定線路，或線路 {line} 不存在。',
    remedy: '請設定線路（Softphone.config 的 Basic 容器）。',
  },
  TL3003: {
    message: '沒有這通電話。',
    cause: '通話 {call} 已結束，或從未存在。',
    remedy: '請查看通話清單並選擇其中一通。',
  },
  TL3004: {
    message: '有多通電話，但未選擇任何一通。',
    cause: '可能所指的通話有 {count} 通。',
    remedy: '請指明是哪一通（--call ID）。',
  },
  TL3005: {
    message: '目前無法對這通電話執行此動作。',
    cause: '通話狀態為「{state}」；動作「{command}」需要的狀態為「{needed}」。',
    remedy: '請等候通話進入該狀態。',
  },
  TL3006: {
    message: '{target} 忙線中。',
    cause: '對方回應 {status} {reason}。',
    remedy: '請稍後再撥。',
  },
  TL3007: {
    message: '{target} 未接聽這通電話。',
    cause: '對方回應 {status} {reason}。',
    remedy: '請稍後再撥，或以其他方式聯絡對方。',
  },
  TL3008: {
    message: '{target} 不存在。',
    cause: '伺服器回應 {status} {reason}。',
    remedy: '請檢查號碼。',
  },
  TL3009: {
    message: '{target} 無人接聽。',
    cause: '通話在無人接聽的情況下結束（{status} {reason}）。',
    remedy: '請稍後再撥。',
  },
  TL3010: {
    message: '撥打給 {target} 的電話沒有得到回應。',
    cause: '伺服器和對方都未及時回應 INVITE。',
    remedy: '請檢查線路是否已註冊，然後再試一次。',
  },
  TL3011: {
    message: '兩部話機沒有共同支援的聲音格式。',
    cause: '提供的轉碼器都不相符，或一方要求加密而另一方不支援（{status} {reason}）。',
    remedy: '請啟用對方支援的轉碼器（PCMU、PCMA 或 opus）；否則請系統管理員比對雙方的 use_srtp。',
  },
  TL3012: {
    message: '與 {target} 的通話已中斷。',
    cause: '{detail}',
    remedy: '請重新撥打。',
  },
  TL3013: {
    message: '與 {target} 的通話無法保留或取消保留。',
    cause: '對方對 re-INVITE 回應 {status} {reason}。',
    remedy: '請再試一次；通話仍維持原狀。',
  },
  TL3014: {
    message: '「{digits}」含有不屬於 DTMF 的字元。',
    cause: 'DTMF 包含 0-9、*、# 和 A-D。',
    remedy: '請只傳送這些字元。',
  },
  TL3015: {
    message: '撥打給 {target} 的電話被轉接太多次。',
    cause: '轉接超過 {limit} 次，或又轉回先前試過的對象。',
    remedy: '請系統管理員檢查該號碼的來電轉接設定。',
  },
  TL3016: {
    message: '轉接至 {target} 失敗，通話已轉回。',
    cause: '轉接對象回應 {status} {reason}。',
    remedy: '請繼續通話，或轉接給其他人。',
  },
  TL3017: {
    message: '對方不接受轉接。',
    cause: '對方對 REFER 回應 {status} {reason}。',
    remedy: '請依原狀繼續通話；請向系統管理員確認其伺服器是否允許由話機轉接。',
  },
  TL3018: {
    message: '通話無法轉接給自己。',
    cause: '指定的兩通電話都是通話 {call}。',
    remedy: '請選擇另一通電話與它接通。',
  },
  TL3019: {
    message: '無法使用共用線路的線路顯示 {appearance}。',
    cause: '伺服器回應 {status} {reason}；可能正由另一部話機使用。',
    remedy: '請選擇其他線路顯示，或不指定。',
  },
  TL3020: {
    message: '這些通話無法組成會議。',
    cause: '會議可加入 2 到 {limit} 通已接聽的通話，目前有 {count} 通。',
    remedy: '請再接聽一通電話或結束一通電話，然後再試一次。',
  },
  TL3021: {
    message: '沒有耳麥便無法撥打或接聽電話。',
    cause: '設定要求使用耳麥，但其指定的耳麥都未插上。',
    remedy: '請插上耳麥；如果已插上，請系統管理員檢查設定中的耳麥名稱。',
  },
  TL4001: {
    message: '沒有下列裝置：{kind}',
    cause: '{detail}',
    remedy: '請插上耳麥，或檢查端點的音效服務是否執行中；這段期間通話會繼續，但該方向沒有聲音。',
  },
  TL4002: {
    message: '這部電腦無法播放或錄製聲音。',
    cause: '{detail}',
    remedy:
      '請檢查端點上是否有音效服務在執行；如果缺少音效驅動程式，請重新安裝端點配接器（在原始碼中執行「npm run build:audio」）。然後重新啟動端點配接器。',
  },
  TL4003: {
    message: '{min} 到 {max} 之間沒有可供聲音使用的成對連接埠。',
    cause: '其他通話或程式已用掉全部連接埠。',
    remedy: '請結束一通電話，或擴大 rtp_port_min 和 rtp_port_max 的範圍。',
  },
  TL4004: {
    message: '話機的聲音處理部分已停止。',
    cause: '{detail}',
    remedy: '它會自動重新啟動；如果再次發生，請將記錄檔傳給系統管理員。',
  },
  TL4005: {
    message: '目前無法傳送按鍵。',
    cause: '對方不接受 DTMF（RFC 4733），或通話目前未傳送聲音。',
    remedy: '如果通話保留中，請取消保留；否則無法傳送按鍵給對方。',
  },
  TL4006: {
    message: '通話的聲音無法加密保護。',
    cause: '兩部話機未能透過 DTLS 協議金鑰（{detail}）。',
    remedy: '請重新撥打；如果再次發生，請系統管理員比對這裡的 use_srtp 與伺服器的要求。',
  },
  TL4007: {
    message: '通話的聲音找不到通往對方的路徑。',
    cause: 'ICE 找到的路徑都無法使用，或已失效（{detail}）。',
    remedy: '請重新撥打；如果再次發生，請系統管理員檢查防火牆以及 STUN 和 TURN 伺服器。',
  },
  TL4008: {
    message: '已有 {seconds} 秒沒有收到對方的聲音。',
    cause: '對方的封包不再送達：可能遭網路或防火牆阻擋，或對方已離線。',
    remedy: '請掛斷後重新撥打；如果再次發生，請安排檢查網路。',
  },
  TL4009: {
    message: '收到的聲音無法解密。',
    cause: '對方使用的金鑰與協議的不同。',
    remedy: '請重新撥打；如果再次發生，請系統管理員檢查雙方的 SRTP 設定。',
  },
  TL4010: {
    message: '與 {target} 的通話音質很差。',
    cause: '平均評價分數（MOS）為 {mos}，低於 {threshold} 即視為不良：封包遺失或太晚送達。',
    remedy: '請改用有線網路，並關閉其他佔用網路的程式；如果經常發生，請安排檢查網路。',
  },
  TL4011: {
    message: '您的麥克風沒有聲音。',
    cause: '已有一段時間沒有收到麥克風的聲音：它在耳麥上或被系統設為靜音，或目前使用的是另一支麥克風。',
    remedy: '請檢查耳麥的靜音開關，以及選擇的是哪一支麥克風；收到您的聲音後，此提示就會消失。',
  },
  TL4012: {
    message: '聽不到 {target} 的聲音。',
    cause: '有收到對方的封包，但內容無聲：對方的麥克風已靜音，或沒有人說話。',
    remedy: '請對方說句話；如果仍聽不到，請重新撥打。',
  },
  TL4013: {
    message: '沒有收到來自 {target} 的聲音。',
    cause: '已有一段時間沒有收到任何聲音封包：可能遭網路或防火牆阻擋，或對方沒有傳送。',
    remedy: '請重新撥打；如果再次發生，請安排檢查網路和防火牆。',
  },
  TL5001: {
    message: '設定檔 {file} 無法使用。',
    cause: '{detail}',
    remedy: '請修正該檔案，然後重新啟動。',
  },
  TL5002: {
    message: '連接埠範圍 {option} 的上下限顛倒。',
    cause: '{min} 大於 {max}。',
    remedy: '請讓最小值小於最大值。',
  },
  TL5003: {
    message: '話機沒有設定檔。',
    cause: '在 {file} 讀取不到 Softphone.config。',
    remedy: '請用 --config FILE 指定。',
  },
  TL5004: {
    message: '{file} 已存在，因此維持原狀。',
    cause: '新的設定檔不會取代既有的檔案。',
    remedy: '請指定其他檔案，或移走既有的檔案。',
  },
  TL5005: {
    message: '無法寫入檔案 {file}。',
    cause: '{detail}',
    remedy: '請指定您有寫入權限的資料夾中的檔案。',
  },
  TL5006: {
    message: '沒有「{option}」這項設定。',
    cause: '沒有任何選項的路徑與它相同，或以它開頭或結尾。',
    remedy: '請查閱 docs/configuration.md；「thinline config init」會寫出含有全部設定的檔案。',
  },
  TL6001: {
    message: '無法在 {address} 提供面板。',
    cause: '另一個程式（例如另一個 Thinline）正在使用該連接埠。',
    remedy: '請結束該程式，或用 --port 選擇其他連接埠。',
  },
  TL6002: {
    message: 'Thinline 未執行。',
    cause: '{address} 沒有回應。',
    remedy:
      '請用「thinline」啟動；兩部分在同一台電腦上時，請用「thinline --standalone」（在原始碼中用「npm start」）；若只在端點上，請啟動 thinline-adapter。',
  },
  TL6003: {
    message: '{detail}',
    cause: '無法理解這個命令列。',
    remedy: '請參閱 --help。',
  },
  TL6004: {
    message: '這個頁面無權控制話機。',
    cause: '它沒有權杖，或權杖已過期。',
    remedy: '請從程式選單或用「thinline open」開啟面板；在端點上，請開啟「thinline-adapter ctl page」顯示的位址。',
  },
  TL6005: {
    message: 'Socket {path} 無法使用。',
    cause: '{detail}',
    remedy: '請結束另一個 Thinline，或移走妨礙的項目，然後重新啟動。',
  },
  TL6006: {
    message: '面板無法理解這個要求。',
    cause: '{detail}',
    remedy: '請重新載入頁面；如果仍未改善，表示頁面與伺服器的版本不同，請重新啟動 Thinline。',
  },
  TL6007: {
    message: '其他頁面無權控制話機。',
    cause: '要求來自 {host}，它不是這個 Thinline 的面板。',
    remedy: '請開啟 Thinline 啟動時顯示的位址（在端點上為「thinline-adapter ctl page」），不要使用指向它的其他名稱。',
  },
  TL6008: {
    message: '面板開啟的地方太多。',
    cause: '用於即時更新的連線已全部使用中。',
    remedy: '請關閉一些視窗。',
  },
  TL6009: {
    message: '缺少面板的頁面。',
    cause: '頁面尚未建置；話機本身和「thinline ctl」可以正常使用。',
    remedy: '請執行「npm run build:panel」，然後重新載入本頁。',
  },
  TL6035: {
    message: '缺少面板的頁面。',
    cause: 'Thinline 在啟動後已更新，或其資料夾已變更；話機本身和「thinline ctl」可以正常使用。',
    remedy: '請登出此桌面後重新登入。如果仍無法解決，則需要重新安裝 Thinline。',
  },
  TL6036: {
    message: '無法在瀏覽器中開啟面板。',
    cause: '{detail}',
    remedy: '請執行「thinline open --print」，並在一分鐘內用此桌面的瀏覽器開啟它顯示的位址。',
  },
  TL6037: {
    message: '無法啟動 Thinline。',
    cause: '它剛剛啟動，但沒有回應。',
    remedy: '請登出此桌面後重新登入。如果仍無法解決，請在記錄檔中查看原因。',
  },
  TL6010: {
    message: '面板與 Thinline 失去連線。',
    cause: '{address} 沒有回應。',
    remedy: '請稍候幾秒；如果仍未改善，請從程式選單或用「thinline open」開啟面板。',
  },
  TL6012: {
    message: '記錄檔無法寫入 {path}，將在這裡繼續輸出。',
    cause: '{detail}',
    remedy: '請在那裡騰出空間或開放存取權限，或指定其他 log_file。',
  },
  TL6013: {
    message: '記錄檔未寫入 {path}。',
    cause: '環境中沒有這個變數。',
    remedy: '請設定該變數，或使用不含它的路徑。',
  },
  TL6011: {
    message: '資料夾 {path} 無法存放話機的 socket。',
    cause: '它屬於其他使用者，或其他使用者可以進入。',
    remedy: '請將擁有者改為您自己並設定模式 0700，或在 THINLINE_RUNTIME_DIR 指定其他資料夾。',
  },
  TL9001: {
    message: 'Thinline 發生內部錯誤。',
    cause: '{detail}',
    remedy: '請回報此問題，並附上記錄檔。',
  },
  TL6014: {
    message: '無法在 {address} 提供端點的頁面。',
    cause: '另一個程式正在使用該連接埠。',
    remedy: '請結束該程式，或用 --page 選擇其他連接埠。',
  },
  TL6015: {
    message: '端點配接器未提供頁面。',
    cause: '它啟動時沒有使用 --page。',
    remedy: '請以 --page PORT 啟動 thinline-adapter。',
  },
  TL6016: {
    message: '這裡不允許程式控制通話。',
    cause: '設定中的 policy.connector.call_control 為 0。',
    remedy:
      '請在 Softphone.config 將 policy.connector.call_control 設為 1，並重新啟動 Thinline；如果客服人員使用客服桌面，請維持為 0。',
  },
  TL6017: {
    message: '訂閱這部話機的程式太多。',
    cause: '用於即時事件的 {count} 個連線已全部使用中。',
    remedy: '請結束一些訂閱 /phone/events 的程式或頁面。',
  },
  TL6018: {
    message: '這個連結沒有可以撥打的號碼。',
    cause: '{detail}',
    remedy: '請在面板中輸入號碼。',
  },
  TL6019: {
    message: '另一個客服桌面正在使用這部話機。',
    cause: '{client} 的工作階段仍未關閉。',
    remedy: '請在那裡登出，或在它關閉後等候約一分鐘，然後在這裡登入。',
  },
  TL6020: {
    message: '沒有客服桌面的工作階段。',
    cause: '工作階段從未開始，或已結束：因為登出，或桌面太久沒有回應。',
    remedy: '請用 POST /session 開始工作階段，或重新登入桌面。',
  },
  TL6021: {
    message: '客服桌面要求了話機不支援的內容。',
    cause: '{path} 沒有任何內容。',
    remedy: '可用的內容請參閱 docs/connector.md；如果桌面需要此內容，請回報。',
  },
  TL6022: {
    message: '客服桌面未送回其工作階段的 Cookie。',
    cause: '瀏覽器拒絕其他網站的 Cookie，或有第二個桌面提出要求。',
    remedy: '請將 policy.connector.enable_sessionid 設為 0，或將 policy.connector.partitioned_cookies 設為 1。',
  },
  TL6023: {
    message: '客服桌面的連接器無法在 {address} 提供服務。',
    cause: '另一個程式（例如另一個 Thinline）正在使用該位址。',
    remedy:
      '請結束該程式，或選擇其他 policy.connector.port；在有許多工作階段的主機上，請將 policy.connector.address 設為 $user。',
  },
  TL6024: {
    message: '客服桌面的連接器無法在 {address} 等候連線。',
    cause: '{detail}',
    remedy:
      '請將 policy.connector.address 設為這部電腦 127.0.0.1 到 127.255.255.254 之間的位址、::1、localhost 或 $user。',
  },
  TL6025: {
    message: '這個頁面無權使用話機。',
    cause: '其來源 {origin} 在這裡不被允許，或話機正由另一個來源使用。',
    remedy: '請將該來源加入 policy.connector.origins，或關閉另一個客服桌面。',
  },
  TL6026: {
    message: '其他人的程式無權使用這部話機。',
    cause: '該連線來自這部電腦的其他使用者或其他工作階段。',
    remedy: '請在話機執行的工作階段中開啟客服桌面。',
  },
  TL6027: {
    message: '客服桌面未出示連接器的密鑰。',
    cause: '已設定 policy.connector.secret，但要求中的密鑰不同或沒有密鑰。',
    remedy: '請將密鑰放入桌面的 sipendpoint.uri，作為路徑的第一部分，或以 Bearer 權杖傳送。',
  },
  TL6028: {
    message: '客服桌面的要求過於頻繁。',
    cause: '{origin} 傳送的要求超過話機所能回應的數量。',
    remedy: '請稍候；如果仍未改善，請重新載入客服桌面的頁面。',
  },
  TL6029: {
    message: '沒有指紋為 {thumbprint} 的憑證。',
    cause: '{detail}',
    remedy: '請修正 policy.connector.certificate_search_value，或將憑證放到搜尋的位置。',
  },
  TL6030: {
    message: '無法為連接器建立憑證。',
    cause: '{detail}',
    remedy: '請用「thinline certificate create --out FILE」建立憑證，並設定 policy.connector.certificate。',
  },
  TL6031: {
    message: '{file} 已存在。',
    cause: '使用中的憑證不會被覆寫。',
    remedy: '請用 --out 選擇其他檔案，或移走既有的檔案。',
  },
  TL4014: {
    message: '裝置「{device}」不存在。',
    cause: '它已被拔除，或選擇時的清單已過時。',
    remedy: '請插上該裝置，或選擇清單中的裝置。',
  },
  TL6033: {
    message: '您無法在這裡登入。',
    cause: '這部話機由下列來源設定：{name}',
    remedy: '請直接使用話機，或洽詢系統管理員。',
  },
  TL6034: {
    message: '無法用這些資料登入。',
    cause: '{detail}',
    remedy: '請檢查使用者、伺服器和傳輸方式，然後再試一次。',
  },
  TL6032: {
    message: '連接器的憑證無法使用。',
    cause: '{detail}',
    remedy: '請修正 policy.connector.certificate，或用「thinline certificate create」建立憑證。',
  },
} satisfies Translation['failures'];

/** The failure catalogue in Japanese. */
import type { Translation } from '../say.ts';

export const failures = {
  TL1001: {
    message: '電話機に接続できません。',
    cause: 'エンドポイントアダプターが動作していないか、接続が切れています（{detail}）。',
    remedy:
      '数秒お待ちください。改善しない場合は、エンドポイントでthinline-adapterを起動するか、--standaloneを付けてThinlineを起動してください。',
  },
  TL1002: {
    message: 'Thinlineの2つの構成要素のバージョンが離れすぎています。',
    cause: 'プロトコルのバージョンは、アプリ層が{app}、エンドポイントアダプターが{endpoint}です。',
    remedy: '古いほうを更新してください。',
  },
  TL1003: {
    message: 'この電話機は{user}が使用中です。',
    cause: '別のアプリセッションがエンドポイントを使用しており、通話中です。',
    remedy: '通話が終わるまで待つか、もう一方のセッションを終了してください。',
  },
  TL1004: {
    message: '電話機は現在、別の場所で使用されています。',
    cause: '新しいアプリセッションが{host}から接続しました。',
    remedy:
      'どちらか一方を閉じてください。ここで電話を使うには、「この場所で電話を使う」を押すか、「thinline ctl register」を実行してください。',
  },
  TL1005: {
    message: 'エンドポイントはこのコマンドに対応していません。',
    cause: 'アプリ層がエンドポイントアダプターより新しいか、コマンドの形式が正しくありません。',
    remedy: 'エンドポイントアダプターを更新してください。',
  },
  TL1006: {
    message: '操作が実行されたかどうか不明です。',
    cause: '応答が届く前に電話機との接続が切れました。',
    remedy: '通話を確認し、実行されていなければもう一度操作してください。',
  },
  TL1007: {
    message: '電話機が入れ替わったため、操作は実行されませんでした。',
    cause: '接続が切れている間に、エンドポイントアダプターが再起動されたか、別のエンドポイントに移動しました。',
    remedy: '通話を確認し、もう一度操作してください。',
  },
  TL1008: {
    message: 'このエンドポイントアダプターは次の機能に対応していません：{feature}',
    cause: 'バージョンは{version}ですが、{needed}以降が必要です。',
    remedy: 'エンドポイントアダプターを更新してください。',
  },
  TL1009: {
    message: 'エンドポイントアダプターのバージョンが古くなっています。',
    cause: 'バージョンは{version}ですが、policy.link.min_adapterは{needed}を求めています。',
    remedy: 'エンドポイントアダプターを更新してください。それまでは現在のものを使用します。',
  },
  TL1010: {
    message: 'エンドポイントアダプターが古いため、ここでは通話の表示のみ可能です。',
    cause: 'バージョンは{version}ですが、policy.link.min_adapterは{needed}を求めています。',
    remedy: 'エンドポイントアダプターを更新してください。',
  },
  TL1011: {
    message: 'エンドポイントアダプターが古いため、電話を受けられません。',
    cause: 'バージョンは{version}ですが、policy.link.min_adapterは{needed}を求めています。',
    remedy: 'エンドポイントアダプターを更新してください。',
  },
  TL1012: {
    message: 'お手元の端末に電話機がないため、電話を受けられません。',
    cause: '{channel}経由でエンドポイントアダプターの応答がありません。{detail}',
    remedy:
      'お手元のコンピューターでthinline-adapterを起動してください。そこに無い場合は、policy.link.fallbackでリモートデスクトップ内の音声を許可できます。',
  },
  TL1013: {
    message: '音声はリモートデスクトップ内で処理されており、お手元の端末より音質が下がることがあります。',
    cause: 'お手元のコンピューターのエンドポイントアダプターを使用できません：{detail}',
    remedy: 'そこでthinline-adapterを起動または更新してください。通話がなくなりしだい使用されます。',
  },
  TL1014: {
    message: '{host}での通話がまだ続いており、この電話機はその終了を待っています。',
    cause: '通話は音声のある場所に残ります。policy.link.roamingはafter_callsに設定されています。',
    remedy: 'そこで通話を終了し、終わったらここで登録してください（「thinline ctl register」）。',
  },
  TL1020: {
    message: 'このリモートデスクトップでは、電話機への仮想チャネルが開きません。',
    cause:
      '{detail}。リモート接続クライアントにThinlineのプラグインがないか、このデスクトップの許可リストがチャネルを遮断しています。{allowList}',
    remedy:
      'エンドポイントのリモート接続クライアントにプラグインをインストールし、そこでthinline-adapterを起動してください。チャネルに許可が必要な場合は、上記の行の追加を管理者に依頼してください。',
  },
  TL1021: {
    message: '電話機への仮想チャネルが応答しません。',
    cause: 'このデスクトップで{name}を担当する部分が{seconds}秒間応答していません。',
    remedy: '数秒お待ちください。改善しない場合は、デスクトップをいったん切断して接続し直してください。',
  },
  TL1022: {
    message: 'このデスクトップには「{name}」方式の仮想チャネルがありません。',
    cause: '{detail}',
    remedy:
      '該当するデスクトップ製品のエージェントをここにインストールするか、別のpolicy.link.channelを選択してください。',
  },
  TL1023: {
    message: 'TLSによる電話機への経路が設定されていません。',
    cause: '次の設定がないか、使用できません：{option}',
    remedy:
      'policy.link.endpoint（host:port）、policy.link.certificate（証明書チェーンと秘密鍵を含むPEMファイル）、policy.link.authorities（PEMファイル）を設定するか、別のpolicy.link.channelを選択してください。',
  },
  TL1024: {
    message: '電話機への経路に使う証明書を使用できません。',
    cause: '{detail}',
    remedy:
      'ファイルを修正するか、ファイルを指定しているpolicy.link.certificateとpolicy.link.authoritiesを修正してください。',
  },
  TL1025: {
    message: '{host}:{port}の電話機に接続できません。',
    cause: 'TLS接続がありません：{detail}',
    remedy:
      'policy.link.endpointが正しいか、そこでthinline-adapterが--tls付きで動作しているか、ファイアウォールに遮断されていないかを確認してください。',
  },
  TL1026: {
    message: '{host}:{port}の電話機の証明書は受け入れられません。',
    cause: '証明書の問題：{detail}',
    remedy:
      'エンドポイントの--tls-certificate、またはこちらのpolicy.link.authoritiesの修正を管理者に依頼してください。',
  },
  TL1027: {
    message: '{host}:{port}の電話機の証明書は別のホストのものです。',
    cause: '証明書に「{host}」という名前がありません。',
    remedy: 'policy.link.endpointのホストを修正するか、その名前を含む証明書をエンドポイント用に発行してください。',
  },
  TL1028: {
    message: '{host}:{port}の電話機がこちらの証明書を受け入れません。',
    cause:
      'policy.link.certificateの証明書が先方の--tls-authoritiesによって署名されていないか、有効期限が切れています。',
    remedy: 'エンドポイントが信頼する認証局によるこのユーザーの証明書の発行を管理者に依頼してください。',
  },
  TL1029: {
    message: '{host}:{port}ではTLS接続を受け付けられません。',
    cause: 'システムがそこでの待ち受けを許可しません：{detail}',
    remedy: 'そのポートを使用しているプログラムを終了するか、--tlsで別のアドレスを選択してください。',
  },
  TL1030: {
    message: '--tls用の証明書を使用できません。',
    cause: '{detail}',
    remedy: '--tls-certificateと--tls-authoritiesで指定したファイルを修正してください。',
  },
  TL2001: {
    message: 'サーバー{server}が{user}のパスワードを拒否しました。',
    cause: 'ユーザー名またはパスワードが正しくありません（SIP {status}）。',
    remedy:
      'ユーザー名とパスワードを修正し、登録し直してください。アカウントのロックを避けるため、自動では再試行されません。',
  },
  TL2002: {
    message: 'サーバー{server}が応答しません。',
    cause:
      'サーバーが停止しているか、ここから到達できないか、アドレス、ポートまたはトランスポート（{transport}）が正しくありません：{detail}',
    remedy: '設定のサーバーとプロトコル、およびファイアウォールが通信を許可しているかを確認してください。',
  },
  TL2003: {
    message: 'サーバー名{server}を解決できません。',
    cause: 'DNSに登録されていません：{detail}',
    remedy: '設定のサーバー名のつづりと、エンドポイントのDNS設定を確認してください。',
  },
  TL2004: {
    message: 'サーバー{server}が{user}の登録を拒否しました。',
    cause: 'サーバーの応答は{status} {reason}でした。',
    remedy: 'このユーザーが存在し、登録を許可されているか、SIPサーバーの管理者に確認してください。',
  },
  TL2005: {
    message: '{min}から{max}の間に、SIPに使える空きポートがありません。',
    cause: 'ほかのプログラム（2つ目のソフトフォンなど）がすべて使用しています。',
    remedy: 'ほかのプログラムを終了するか、sip_port_minとsip_port_maxの範囲を広げてください。',
  },
  TL2006: {
    message: 'サーバー{server}への安全な接続がありません。',
    cause: 'TLSの合意に失敗しました：{detail}',
    remedy:
      '設定のサーバー名と、証明書にその名前があり有効期限内であることを確認してください。署名した認証局をエンドポイントが知らない場合は、system.security.authoritiesで指定してください。',
  },
  TL2007: {
    message: '証明書ファイル{file}を使用できません。',
    cause: '{detail}',
    remedy:
      'system.security.certificate（こちらの証明書、そのチェーン、秘密鍵を含むエンドポイント上のPEMファイル）またはsystem.security.authorities（信頼する認証局のPEMファイル）を修正してください。',
  },
  TL2008: {
    message: 'コンタクトセンターがエージェントの状態を変更しませんでした。',
    cause: '{detail}',
    remedy:
      'エージェントIDとパスワードを確認し、このエージェントがその状態になれるかスーパーバイザーに確認してください。',
  },
  TL2009: {
    message: 'コンタクトセンターがエージェントの状態をまだ確認していません。',
    cause: 'サーバーから時間内に応答がありませんでした。パスワードが誤っていると応答しないサーバーもあります。',
    remedy: 'エージェントIDとパスワードを確認し、もう一度お試しください。',
  },
  TL2010: {
    message: 'ログインしているエージェントがいません。',
    cause: 'ほかの状態にするにはエージェントが必要ですが、エージェントIDが指定されていません。',
    remedy: '先にエージェントIDでログインしてください。',
  },
  TL2011: {
    message: 'この回線では次の機能を使用できません：{feature}',
    cause: 'サーバーがこの機能を提供していないか、回線の設定で有効になっていません。',
    remedy: 'SIPサーバーの管理者にお問い合わせください。エージェントの状態には、回線の設定にagent_stateが必要です。',
  },
  TL2012: {
    message: 'サーバーが次の機能の変更を拒否しました：{feature}',
    cause: 'サーバーの応答は{status} {reason}でした。',
    remedy: 'この回線で使用できるか、SIPサーバーの管理者に確認してください。',
  },
  TL2013: {
    message: 'この内容では着信を転送できません。',
    cause: '{detail}',
    remedy:
      '転送先として番号、user@hostまたはsip:アドレスを指定してください。無応答時の転送には秒数も指定してください。',
  },
  TL3001: {
    message: '「{target}」は発信できる番号またはアドレスではありません。',
    cause: '発信先は、空白を含まない番号、user@hostまたはsip:アドレスです。',
    remedy: '番号を修正して、もう一度発信してください。',
  },
  TL3002: {
    message: '発信に使える回線がありません。',
    cause: '回線が設定されていないか、回線{line}が存在しません。',
    remedy: '回線を設定してください（Softphone.configのBasicコンテナー）。',
  },
  TL3003: {
    message: 'その通話はありません。',
    cause: '通話{call}は終了したか、もともと存在しません。',
    remedy: '通話の一覧から選択してください。',
  },
  TL3004: {
    message: '通話が複数あり、どれも選択されていません。',
    cause: '該当しうる通話が{count}件あります。',
    remedy: 'どの通話かを指定してください（--call ID）。',
  },
  TL3005: {
    message: '今はこの通話に対してその操作を行えません。',
    cause: '通話の状態は「{state}」ですが、操作「{command}」には状態「{needed}」が必要です。',
    remedy: '通話がその状態になるまでお待ちください。',
  },
  TL3006: {
    message: '{target}は話中です。',
    cause: '相手側の応答は{status} {reason}でした。',
    remedy: '後でもう一度おかけください。',
  },
  TL3007: {
    message: '{target}は電話に出ませんでした。',
    cause: '相手側の応答は{status} {reason}でした。',
    remedy: '後でもう一度かけるか、別の方法で連絡してください。',
  },
  TL3008: {
    message: '{target}は存在しません。',
    cause: 'サーバーの応答は{status} {reason}でした。',
    remedy: '番号を確認してください。',
  },
  TL3009: {
    message: '{target}が応答しませんでした。',
    cause: '応答がないまま呼び出しが終了しました（{status} {reason}）。',
    remedy: '後でもう一度おかけください。',
  },
  TL3010: {
    message: '{target}への発信に反応がありませんでした。',
    cause: 'サーバーも相手側も、INVITEに時間内に応答しませんでした。',
    remedy: '回線が登録されていることを確認し、もう一度お試しください。',
  },
  TL3011: {
    message: '双方の電話機に共通の音声方式がありません。',
    cause:
      '提示されたコーデックに合うものがないか、一方が暗号化を求め、もう一方が対応していません（{status} {reason}）。',
    remedy:
      '相手側が対応するコーデック（PCMU、PCMAまたはopus）を有効にしてください。それ以外の場合は、双方のuse_srtpの照合を管理者に依頼してください。',
  },
  TL3012: {
    message: '{target}との通話が切れました。',
    cause: '{detail}',
    remedy: 'もう一度おかけください。',
  },
  TL3013: {
    message: '{target}との通話を保留または保留解除できませんでした。',
    cause: 're-INVITEに対する相手側の応答は{status} {reason}でした。',
    remedy: 'もう一度お試しください。通話はそのまま続いています。',
  },
  TL3014: {
    message: '「{digits}」にはDTMFとして送れない文字が含まれています。',
    cause: 'DTMFで使えるのは0～9、*、#、A～Dです。',
    remedy: 'これらの文字だけを送信してください。',
  },
  TL3015: {
    message: '{target}への発信が転送されすぎました。',
    cause: '転送が{limit}回を超えたか、すでに試した宛先に戻りました。',
    remedy: 'その番号の転送設定の確認を管理者に依頼してください。',
  },
  TL3016: {
    message: '{target}への転送に失敗し、通話が戻りました。',
    cause: '転送先の応答は{status} {reason}でした。',
    remedy: '通話を続けるか、別の相手に転送してください。',
  },
  TL3017: {
    message: '相手側が転送を受け付けません。',
    cause: 'REFERに対する応答は{status} {reason}でした。',
    remedy: '通話をそのまま続けてください。サーバーが電話機からの転送を許可しているか、管理者に確認してください。',
  },
  TL3018: {
    message: '通話をその通話自身に転送することはできません。',
    cause: '指定された2つの通話は、どちらも通話{call}です。',
    remedy: 'つなぐ相手として別の通話を選択してください。',
  },
  TL3019: {
    message: '共有回線のアピアランス{appearance}を使用できません。',
    cause: 'サーバーの応答は{status} {reason}でした。別の電話機が使用している可能性があります。',
    remedy: '別のアピアランスを選択するか、指定しないでください。',
  },
  TL3020: {
    message: 'これらの通話では会議を開始できません。',
    cause: '会議にできるのは応答済みの通話2件から{limit}件までですが、現在は{count}件です。',
    remedy: '別の通話に応答するか通話を1件終了して、もう一度お試しください。',
  },
  TL3021: {
    message: 'ヘッドセットがないと、電話をかけることも受けることもできません。',
    cause: '設定でヘッドセットが必須になっていますが、指定されたヘッドセットが接続されていません。',
    remedy: 'ヘッドセットを接続してください。接続済みの場合は、設定にある名前の確認を管理者に依頼してください。',
  },
  TL4001: {
    message: '次のデバイスがありません：{kind}',
    cause: '{detail}',
    remedy:
      'ヘッドセットを接続するか、エンドポイントのサウンドサービスが動作しているか確認してください。その間も通話は続きますが、その方向の音声は流れません。',
  },
  TL4002: {
    message: 'このコンピューターでは音声の再生も録音もできません。',
    cause: '{detail}',
    remedy:
      'エンドポイントでサウンドサービスが動作しているか確認してください。サウンドドライバーがない場合はエンドポイントアダプターをインストールし直してください（ソースでは「npm run build:audio」）。その後、エンドポイントアダプターを再起動してください。',
  },
  TL4003: {
    message: '{min}から{max}の間に、音声に使える空きポートの組がありません。',
    cause: 'ほかの通話またはプログラムがすべて使用しています。',
    remedy: '通話を1件終了するか、rtp_port_minとrtp_port_maxの範囲を広げてください。',
  },
  TL4004: {
    message: '電話機の音声処理部が停止しました。',
    cause: '{detail}',
    remedy: '自動的に再起動されます。再び起きる場合は、管理者にログを送ってください。',
  },
  TL4005: {
    message: '今は番号を送信できません。',
    cause: '相手側がDTMF（RFC 4733）を受け付けないか、現在この通話で音声が送信されていません。',
    remedy: '保留中であれば保留を解除してください。それ以外の場合、相手側に番号を送ることはできません。',
  },
  TL4006: {
    message: '通話の音声を保護できませんでした。',
    cause: '双方の電話機がDTLSで鍵の合意に至りませんでした（{detail}）。',
    remedy:
      'もう一度おかけください。再び起きる場合は、こちらのuse_srtpとサーバーの要求の照合を管理者に依頼してください。',
  },
  TL4007: {
    message: '通話の音声が相手側に届く経路がありません。',
    cause: 'ICEで見つかった経路がどれも使えないか、使えなくなりました（{detail}）。',
    remedy:
      'もう一度おかけください。再び起きる場合は、ファイアウォールとSTUN/TURNサーバーの確認を管理者に依頼してください。',
  },
  TL4008: {
    message: '相手側の音声が{seconds}秒間届いていません。',
    cause:
      '相手側のパケットが届かなくなりました。ネットワークかファイアウォールの問題、または相手側の切断が考えられます。',
    remedy: '切断してもう一度おかけください。再び起きる場合は、ネットワークの確認を依頼してください。',
  },
  TL4009: {
    message: '届いた音声を復号できません。',
    cause: '相手側が、合意したものと異なる鍵で音声を保護しています。',
    remedy: 'もう一度おかけください。再び起きる場合は、双方のSRTP設定の確認を管理者に依頼してください。',
  },
  TL4010: {
    message: '{target}との通話の音質が悪くなっています。',
    cause:
      '平均オピニオン評点（MOS）は{mos}で、{threshold}未満は不良と判定されます。パケットが失われているか、遅れています。',
    remedy:
      '無線ではなく有線のネットワークを使用し、ネットワークに負荷をかけるほかのものを終了してください。頻繁に起きる場合は、ネットワークの確認を依頼してください。',
  },
  TL4011: {
    message: 'マイクが無音です。',
    cause:
      'しばらく音声が入っていません。ヘッドセットまたはシステムでミュートされているか、別のマイクが使用されています。',
    remedy:
      'ヘッドセットのミュートスイッチと、選択されているマイクを確認してください。声が検出されると、この表示は消えます。',
  },
  TL4012: {
    message: '{target}の声が聞こえません。',
    cause: '相手からパケットは届いていますが、中身が無音です。相手のマイクがミュートされているか、誰も話していません。',
    remedy: '相手に何か話してもらってください。聞こえなければ、もう一度おかけください。',
  },
  TL4013: {
    message: '{target}からの音声が届いていません。',
    cause:
      'しばらくの間、音声のパケットが1つも届いていません。ネットワークかファイアウォールに遮られているか、相手側が送信していません。',
    remedy: 'もう一度おかけください。再び起きる場合は、ネットワークとファイアウォールの確認を依頼してください。',
  },
  TL5001: {
    message: '設定ファイル{file}を使用できません。',
    cause: '{detail}',
    remedy: 'ファイルを修正して、起動し直してください。',
  },
  TL5002: {
    message: 'ポート範囲{option}の上限と下限が逆です。',
    cause: '{min}は{max}より大きい値です。',
    remedy: '下限を上限より小さくしてください。',
  },
  TL5003: {
    message: '電話機の設定がありません。',
    cause: '{file}でSoftphone.configを読み取れません。',
    remedy: '--config FILEで指定してください。',
  },
  TL5004: {
    message: '{file}はすでに存在するため、変更していません。',
    cause: '新しい設定ファイルが既存のファイルを置き換えることはありません。',
    remedy: '別のファイルを指定するか、既存のファイルを移動してください。',
  },
  TL5005: {
    message: 'ファイル{file}に書き込めません。',
    cause: '{detail}',
    remedy: '書き込みを許可されたフォルダーのファイルを指定してください。',
  },
  TL5006: {
    message: '「{option}」という設定はありません。',
    cause: 'このパスの設定も、これで始まる、または終わる設定もありません。',
    remedy:
      'docs/configuration.mdを参照してください。「thinline config init」はすべての設定を含むファイルを作成します。',
  },
  TL6001: {
    message: '{address}でパネルを提供できません。',
    cause: '別のプログラム（2つ目のThinlineなど）がそのポートを使用しています。',
    remedy: 'そのプログラムを終了するか、--portで別のポートを選択してください。',
  },
  TL6002: {
    message: 'Thinlineが動作していません。',
    cause: '{address}から応答がありません。',
    remedy:
      '「thinline」で、両方が同じコンピューターにある場合は「thinline --standalone」で起動してください（ソースでは「npm start」）。エンドポイントだけの場合は、thinline-adapterを起動してください。',
  },
  TL6003: {
    message: '{detail}',
    cause: 'コマンドラインを解釈できません。',
    remedy: '--helpを参照してください。',
  },
  TL6004: {
    message: 'このページは電話機の操作を許可されていません。',
    cause: 'トークンがないか、古いものです。',
    remedy:
      'プログラムのメニューまたは「thinline open」でパネルを開いてください。エンドポイントでは、「thinline-adapter ctl page」が表示するアドレスを開いてください。',
  },
  TL6005: {
    message: 'ソケット{path}を使用できません。',
    cause: '{detail}',
    remedy: 'もう一方のThinlineを終了するか、妨げになっているものを移動して、起動し直してください。',
  },
  TL6006: {
    message: 'パネルがこの要求を解釈できません。',
    cause: '{detail}',
    remedy:
      'ページを再読み込みしてください。改善しない場合は、ページとサーバーのバージョンが異なります。Thinlineを再起動してください。',
  },
  TL6007: {
    message: '別のページからは電話機を操作できません。',
    cause: '要求の送信元は{host}で、このThinlineのパネルではありません。',
    remedy:
      'Thinlineが起動時に表示するアドレス（エンドポイントでは「thinline-adapter ctl page」）を、別の名前に変えずに開いてください。',
  },
  TL6008: {
    message: 'パネルを開いている場所が多すぎます。',
    cause: 'ライブ更新用の接続がすべて使用中です。',
    remedy: 'ウィンドウをいくつか閉じてください。',
  },
  TL6009: {
    message: 'パネルのページがありません。',
    cause: 'ページはまだビルドされていません。電話機自体と「thinline ctl」は使用できます。',
    remedy: '「npm run build:panel」を実行してから、このページを再読み込みしてください。',
  },
  TL6035: {
    message: 'パネルのページがありません。',
    cause:
      'Thinlineが起動後に更新されたか、そのフォルダーが変更されました。電話機自体と「thinline ctl」は使用できます。',
    remedy:
      'このデスクトップからサインアウトして、もう一度サインインしてください。改善しない場合は、Thinlineの再インストールが必要です。',
  },
  TL6036: {
    message: 'ブラウザーでパネルを開けませんでした。',
    cause: '{detail}',
    remedy:
      '「thinline open --print」を実行し、表示されるアドレスを1分以内にこのデスクトップのブラウザーで開いてください。',
  },
  TL6037: {
    message: 'Thinlineを起動できませんでした。',
    cause: '起動しましたが、応答がありません。',
    remedy:
      'このデスクトップからサインアウトして、もう一度サインインしてください。改善しない場合は、ログで原因を確認してください。',
  },
  TL6010: {
    message: 'パネルとThinlineの接続が切れました。',
    cause: '{address}から応答がありません。',
    remedy:
      '数秒お待ちください。改善しない場合は、プログラムのメニューまたは「thinline open」でパネルを開いてください。',
  },
  TL6012: {
    message: 'ログを{path}に書き込めないため、ここに出力します。',
    cause: '{detail}',
    remedy: 'そこに空き容量を確保するかアクセスを許可するか、別のlog_fileを指定してください。',
  },
  TL6013: {
    message: 'ログは{path}に書き込まれません。',
    cause: 'その環境変数がありません。',
    remedy: '環境変数を設定するか、それを使わないパスを指定してください。',
  },
  TL6011: {
    message: 'フォルダー{path}に電話機のソケットを置けません。',
    cause: '別のユーザーのフォルダーであるか、ほかのユーザーがアクセスできます。',
    remedy: '自分の所有にしてモード0700を設定するか、THINLINE_RUNTIME_DIRで別のフォルダーを指定してください。',
  },
  TL9001: {
    message: 'Thinlineで内部エラーが発生しました。',
    cause: '{detail}',
    remedy: 'ログを添えてご報告ください。',
  },
  TL6014: {
    message: '{address}でエンドポイントのページを提供できません。',
    cause: '別のプログラムがそのポートを使用しています。',
    remedy: 'そのプログラムを終了するか、--pageで別のポートを選択してください。',
  },
  TL6015: {
    message: 'エンドポイントアダプターはページを提供していません。',
    cause: '--pageなしで起動されました。',
    remedy: 'thinline-adapterを--page PORT付きで起動してください。',
  },
  TL6016: {
    message: 'ここではプログラムから通話を操作できません。',
    cause: '設定でpolicy.connector.call_controlが0になっています。',
    remedy:
      'Softphone.configでpolicy.connector.call_controlを1に設定し、Thinlineを再起動してください。エージェントデスクトップを使う場合は0のままにしてください。',
  },
  TL6017: {
    message: 'この電話機に接続しているプログラムが多すぎます。',
    cause: 'ライブイベント用の{count}個の接続がすべて使用中です。',
    remedy: '/phone/eventsを受信しているプログラムまたはページをいくつか終了してください。',
  },
  TL6018: {
    message: 'このリンクには発信できる番号がありません。',
    cause: '{detail}',
    remedy: 'パネルに番号を入力してください。',
  },
  TL6019: {
    message: '別のエージェントデスクトップがこの電話機を使用しています。',
    cause: '{client}のセッションがまだ開いています。',
    remedy: 'そこでログアウトするか、閉じてから約1分待って、ここでサインインしてください。',
  },
  TL6020: {
    message: 'エージェントデスクトップのセッションがありません。',
    cause: 'セッションは開始されていないか、ログアウトまたは長時間の無通信により終了しました。',
    remedy: 'POST /sessionで開始するか、デスクトップにサインインし直してください。',
  },
  TL6021: {
    message: 'エージェントデスクトップの要求に、電話機が対応していません。',
    cause: '{path}には何もありません。',
    remedy: '利用できるものはdocs/connector.mdを参照してください。デスクトップに必要な場合はご報告ください。',
  },
  TL6022: {
    message: 'エージェントデスクトップがセッションのCookieを返しませんでした。',
    cause: 'ブラウザーがほかのサイトのCookieを拒否しているか、2つ目のデスクトップが要求しています。',
    remedy: 'policy.connector.enable_sessionidを0に、またはpolicy.connector.partitioned_cookiesを1に設定してください。',
  },
  TL6023: {
    message: '{address}でエージェントデスクトップ用コネクターに接続できません。',
    cause: '別のプログラム（2つ目のThinlineなど）がそのアドレスを使用しています。',
    remedy:
      'そのプログラムを終了するか、別のpolicy.connector.portを選択してください。多数のセッションがあるホストでは、policy.connector.addressを$userに設定してください。',
  },
  TL6024: {
    message: 'エージェントデスクトップ用コネクターが{address}で待ち受けできません。',
    cause: '{detail}',
    remedy:
      'policy.connector.addressを、127.0.0.1から127.255.255.254までのこのコンピューターのアドレス、::1、localhost、または$userに設定してください。',
  },
  TL6025: {
    message: 'このページは電話機の使用を許可されていません。',
    cause: 'オリジン{origin}はここで許可されていないか、別のオリジンが電話機を使用しています。',
    remedy: 'オリジンをpolicy.connector.originsに追加するか、もう一方のエージェントデスクトップを閉じてください。',
  },
  TL6026: {
    message: 'ほかのユーザーのプログラムはこの電話機を使用できません。',
    cause: '接続元は、このコンピューターの別のユーザーまたは別のセッションです。',
    remedy: '電話機が動作しているセッションでエージェントデスクトップを開いてください。',
  },
  TL6027: {
    message: 'エージェントデスクトップがコネクターのシークレットを提示していません。',
    cause: 'policy.connector.secretが設定されていますが、要求のシークレットが異なるか、含まれていません。',
    remedy:
      'シークレットをデスクトップのsipendpoint.uriのパスの先頭部分に入れるか、Bearerトークンとして送信してください。',
  },
  TL6028: {
    message: 'エージェントデスクトップからの要求が多すぎます。',
    cause: '{origin}が、電話機の処理できる数を超える要求を送っています。',
    remedy: 'しばらくお待ちください。改善しない場合は、エージェントデスクトップのページを再読み込みしてください。',
  },
  TL6029: {
    message: '拇印が{thumbprint}の証明書がありません。',
    cause: '{detail}',
    remedy: 'policy.connector.certificate_search_valueを修正するか、検索される場所に証明書を置いてください。',
  },
  TL6030: {
    message: 'コネクター用の証明書を作成できませんでした。',
    cause: '{detail}',
    remedy: '「thinline certificate create --out FILE」で作成し、policy.connector.certificateを設定してください。',
  },
  TL6031: {
    message: '{file}はすでに存在します。',
    cause: '使用中の証明書は上書きされません。',
    remedy: '--outで別のファイルを選択するか、既存のファイルを移動してください。',
  },
  TL4014: {
    message: 'デバイス「{device}」がありません。',
    cause: '取り外されたか、選択時の一覧が古くなっています。',
    remedy: '接続するか、一覧にあるデバイスを選択してください。',
  },
  TL6033: {
    message: 'ここではサインインできません。',
    cause: 'この電話機の設定元：{name}',
    remedy: '電話機をそのまま使用するか、管理者にお問い合わせください。',
  },
  TL6034: {
    message: 'この内容ではサインインできません。',
    cause: '{detail}',
    remedy: 'ユーザー、サーバー、トランスポートを確認し、もう一度お試しください。',
  },
  TL6032: {
    message: 'コネクターの証明書を使用できません。',
    cause: '{detail}',
    remedy: 'policy.connector.certificateを修正するか、「thinline certificate create」で作成してください。',
  },
} satisfies Translation['failures'];

import type { Translation } from '../say.ts';

export const failures = {
  TL1001: {
    message: 'Telefona ulaşılamıyor.',
    cause: 'Uç nokta bağdaştırıcısı çalışmıyor veya bağlantısı koptu ({detail}).',
    remedy:
      'Birkaç saniye bekleyin; düzelmezse uç noktada thinline-adapter programını veya Thinline’ı --standalone ile başlatın.',
  },
  TL1002: {
    message: 'Thinline’ın iki yarısının sürümleri birbirinden çok farklı.',
    cause: 'Uygulama katmanının protokolü {app}, uç nokta bağdaştırıcısının protokolü {endpoint}.',
    remedy: 'İkisinden eski olanı güncelleyin.',
  },
  TL1003: {
    message: 'Bu telefon kullanımda; kullanıcı: {user}.',
    cause: 'Uç noktayı, çağrısı olan başka bir uygulama oturumu kullanıyor.',
    remedy: 'Çağrının bitmesini bekleyin veya diğer oturumu kapatın.',
  },
  TL1004: {
    message: 'Telefon artık başka bir yerden kullanılıyor.',
    cause: 'Daha yeni bir uygulama oturumu bağlandı; makine: {host}.',
    remedy:
      'İkisinden birini kapatın. Telefonu burada kullanmak için “Telefonu burada kullan” düğmesine basın veya “thinline ctl register” komutunu çalıştırın.',
  },
  TL1005: {
    message: 'Uç nokta bu komutu tanımıyor.',
    cause: 'Uygulama katmanı uç nokta bağdaştırıcısından daha yeni veya komut hatalı.',
    remedy: 'Uç nokta bağdaştırıcısını güncelleyin.',
  },
  TL1006: {
    message: 'İşlemin yapılıp yapılmadığı bilinmiyor.',
    cause: 'Telefon yanıt vermeden bağlantı koptu.',
    remedy: 'Çağrılara bakın ve işlem yapılmadıysa yineleyin.',
  },
  TL1007: {
    message: 'Telefon artık başka bir telefon olduğundan işlem yapılmadı.',
    cause: 'Bağlantı yokken uç nokta bağdaştırıcısı yeniden başlatıldı veya başka bir uç noktaya geçtiniz.',
    remedy: 'Çağrılara bakın ve işlemi yineleyin.',
  },
  TL1008: {
    message: 'Bu uç nokta bağdaştırıcısının desteklemediği işlev: {feature}.',
    cause: 'Sürümü {version}; gereken sürüm {needed} veya üstü.',
    remedy: 'Uç nokta bağdaştırıcısını güncelleyin.',
  },
  TL1009: {
    message: 'Uç nokta bağdaştırıcısı olması gerekenden eski.',
    cause: 'Sürümü {version}; policy.link.min_adapter ile istenen sürüm {needed}.',
    remedy: 'Uç nokta bağdaştırıcısını güncelleyin; bu arada kullanılmaya devam eder.',
  },
  TL1010: {
    message: 'Çağrılar burada yalnızca gösteriliyor: uç nokta bağdaştırıcısı kullanılamayacak kadar eski.',
    cause: 'Sürümü {version}; policy.link.min_adapter ile istenen sürüm {needed}.',
    remedy: 'Uç nokta bağdaştırıcısını güncelleyin.',
  },
  TL1011: {
    message: 'Çağrı alamazsınız: uç nokta bağdaştırıcısı çok eski.',
    cause: 'Sürümü {version}; policy.link.min_adapter ile istenen sürüm {needed}.',
    remedy: 'Uç nokta bağdaştırıcısını güncelleyin.',
  },
  TL1012: {
    message: 'Çağrı alamazsınız: çalıştığınız yerde telefon yok.',
    cause: 'Hiçbir uç nokta bağdaştırıcısı yanıt vermiyor; kanal: {channel}. {detail}',
    remedy:
      'Başında oturduğunuz makinede thinline-adapter programını başlatın; orada yoksa policy.link.fallback masaüstünde sese izin verebilir.',
  },
  TL1013: {
    message: 'Ses sanal masaüstünde ve çalıştığınız yerdekinden kötü olabilir.',
    cause: 'Başında oturduğunuz makinedeki uç nokta bağdaştırıcısı kullanılamıyor: {detail}',
    remedy: 'Orada thinline-adapter programını başlatın veya güncelleyin; açık çağrı kalmadığında hemen kullanılır.',
  },
  TL1014: {
    message: 'Hâlâ {host} makinesinde bir görüşmeniz var ve bu telefon onun bitmesini bekliyor.',
    cause: 'Çağrı, sesinin olduğu yerde kalır; policy.link.roaming değeri after_calls.',
    remedy: 'Çağrıyı orada sonlandırın; bitince burada kaydolun (“thinline ctl register”).',
  },
  TL1020: {
    message: 'Bu masaüstü telefona giden sanal kanalı açmıyor.',
    cause:
      '{detail}. Ya uzak bağlantı istemcisinde Thinline eklentisi yok ya da bu masaüstünün izin listesi kanalı kapalı tutuyor. {allowList}',
    remedy:
      'Uç noktada uzak bağlantı istemcisinin eklentisini yükleyin ve thinline-adapter programını başlatın; kanallar için izin gerekiyorsa yöneticinizden yukarıdaki satırları eklemesini isteyin.',
  },
  TL1021: {
    message: 'Telefona giden sanal kanal takıldı.',
    cause: 'Bu masaüstünün {name} bileşeni {seconds} sn boyunca yanıt vermedi.',
    remedy: 'Birkaç saniye bekleyin; düzelmezse masaüstü bağlantısını kesip yeniden bağlanın.',
  },
  TL1022: {
    message: 'Bu masaüstünde “{name}” türünde sanal kanal yok.',
    cause: '{detail}',
    remedy: 'O masaüstü ürününün aracısını buraya yükleyin veya başka bir policy.link.channel seçin.',
  },
  TL1023: {
    message: 'Telefona TLS üzerinden bağlantı yapılandırılmamış.',
    cause: '{option} eksik veya kullanılamaz durumda.',
    remedy:
      'policy.link.endpoint (host:port), policy.link.certificate (zinciri ve özel anahtarı içeren PEM dosyası) ve policy.link.authorities (PEM dosyası) ayarlarını yapın veya başka bir policy.link.channel seçin.',
  },
  TL1024: {
    message: 'Telefon bağlantısının sertifikaları kullanılamıyor.',
    cause: '{detail}.',
    remedy: 'Dosyayı veya dosyayı belirten policy.link.certificate ve policy.link.authorities ayarlarını düzeltin.',
  },
  TL1025: {
    message: '{host}:{port} adresindeki telefona ulaşılamıyor.',
    cause: 'TLS bağlantısı yok: {detail}.',
    remedy:
      'policy.link.endpoint ayarını, orada thinline-adapter programının --tls ile çalıştığını ve bir güvenlik duvarının engel olmadığını denetleyin.',
  },
  TL1026: {
    message: '{host}:{port} adresindeki telefonun sertifikası kabul edilmedi.',
    cause: 'Sertifikadaki sorun: {detail}.',
    remedy:
      'Yöneticinizden uç noktadaki --tls-certificate veya buradaki policy.link.authorities ayarını düzeltmesini isteyin.',
  },
  TL1027: {
    message: '{host}:{port} adresindeki telefonun sertifikası başka bir makineye ait.',
    cause: 'Sertifikada “{host}” adı yok.',
    remedy: 'policy.link.endpoint içindeki makine adını düzeltin veya uç nokta için bu adla bir sertifika çıkarın.',
  },
  TL1028: {
    message: '{host}:{port} adresindeki telefon sertifikamızı kabul etmiyor.',
    cause:
      'policy.link.certificate ile belirtilen sertifika, telefonun --tls-authorities yetkililerince imzalanmamış veya süresi dolmuş.',
    remedy: 'Yöneticinizden bu kullanıcı için, uç noktanın güvendiği bir yetkiliden sertifika çıkarmasını isteyin.',
  },
  TL1029: {
    message: '{host}:{port} adresine kimse TLS ile bağlanamıyor.',
    cause: 'Sistem orada dinlemeye izin vermiyor: {detail}.',
    remedy: 'Bu bağlantı noktasını kullanan programı kapatın veya --tls ile başka bir adres seçin.',
  },
  TL1030: {
    message: '--tls için verilen sertifikalar kullanılamıyor.',
    cause: '{detail}.',
    remedy: '--tls-certificate ve --tls-authorities ile belirtilen dosyaları düzeltin.',
  },
  TL2001: {
    message: '{server} sunucusu parolayı reddetti; kullanıcı: {user}.',
    cause: 'Kullanıcı adı veya parola yanlış (SIP {status}).',
    remedy:
      'Kullanıcıyı ve parolayı düzeltip yeniden kaydolun; hesap kilitlenmesin diye telefon kendiliğinden denemez.',
  },
  TL2002: {
    message: '{server} sunucusu yanıt vermiyor.',
    cause:
      'Sunucu çalışmıyor, buradan ulaşılamıyor veya adres, bağlantı noktası ya da aktarım protokolü ({transport}) yanlış: {detail}.',
    remedy:
      'Yapılandırmadaki sunucuyu ve protokolü, ayrıca güvenlik duvarının trafiğe izin verip vermediğini denetleyin.',
  },
  TL2003: {
    message: '{server} sunucusunun adı çözümlenemiyor.',
    cause: 'DNS bu adı bilmiyor: {detail}.',
    remedy: 'Yapılandırmadaki sunucu adının yazımını ve uç noktanın DNS ayarlarını denetleyin.',
  },
  TL2004: {
    message: '{server} sunucusu kaydı reddetti; kullanıcı: {user}.',
    cause: 'Sunucunun yanıtı: {status} {reason}.',
    remedy: 'SIP sunucusunun yöneticisine bu kullanıcının var olup olmadığını ve kaydolma izni olup olmadığını sorun.',
  },
  TL2005: {
    message: '{min} ile {max} arasında boş SIP bağlantı noktası yok.',
    cause: 'Hepsini başka programlar, belki ikinci bir yazılım telefonu kullanıyor.',
    remedy: 'Diğer programı kapatın veya sip_port_min ve sip_port_max aralığını genişletin.',
  },
  TL2006: {
    message: '{server} sunucusuyla güvenli bağlantı yok.',
    cause: 'TLS üzerinde anlaşılamadı: {detail}.',
    remedy:
      'Yapılandırmadaki sunucu adını, sertifikasında bu adın bulunduğunu ve sertifikanın geçerli olduğunu denetleyin; uç nokta imzalayan yetkiliyi tanımıyorsa onu system.security.authorities içinde belirtin.',
  },
  TL2007: {
    message: '{file} sertifika dosyası kullanılamıyor.',
    cause: '{detail}',
    remedy:
      'system.security.certificate (uç noktada sertifikamızı, zincirini ve özel anahtarını içeren PEM dosyası) veya system.security.authorities (güvenilecek yetkilileri içeren PEM dosyası) ayarını düzeltin.',
  },
  TL2008: {
    message: 'Çağrı merkezi temsilcinin durumunu değiştirmedi.',
    cause: '{detail}',
    remedy:
      'Temsilci kimliğini ve parolasını denetleyin; bu temsilcinin o durumda olup olamayacağını bir süpervizöre sorun.',
  },
  TL2009: {
    message: 'Çağrı merkezi temsilcinin durumunu onaylamadı.',
    cause: 'Sunucu süresi içinde yanıt vermedi; bazı sunucular parola yanlışken yanıt vermez.',
    remedy: 'Temsilci kimliğini ve parolasını denetleyip yeniden deneyin.',
  },
  TL2010: {
    message: 'Oturum açmış temsilci yok.',
    cause: 'Diğer tüm durumlar için temsilci gerekir ve temsilci kimliği verilmedi.',
    remedy: 'Önce bir temsilci kimliğiyle oturum açın.',
  },
  TL2011: {
    message: 'Bu hatta bulunmayan özellik: {feature}.',
    cause: 'Sunucu bu özelliği sunmuyor veya hattın yapılandırması istemiyor.',
    remedy: 'SIP sunucusunun yöneticisine sorun; temsilci durumu için hattın yapılandırmasında agent_state gerekir.',
  },
  TL2012: {
    message: 'Sunucu değişikliği reddetti; özellik: {feature}.',
    cause: 'Sunucunun yanıtı: {status} {reason}.',
    remedy: 'SIP sunucusunun yöneticisine bu hattın özelliği kullanıp kullanamayacağını sorun.',
  },
  TL2013: {
    message: 'Çağrılar bu şekilde yönlendirilemez.',
    cause: '{detail}',
    remedy:
      'Yönlendirilecek bir numara, user@host veya sip: adresi, yanıtlanmayan çağrılar için de saniye cinsinden süre verin.',
  },
  TL3001: {
    message: '“{target}” aranabilecek bir numara veya adres değil.',
    cause: 'Hedef; boşluksuz bir numara, user@host veya sip: adresidir.',
    remedy: 'Numarayı düzeltip yeniden arayın.',
  },
  TL3002: {
    message: 'Arama yapılacak hat yok.',
    cause: 'Yapılandırılmış hat yok veya {line} hattı mevcut değil.',
    remedy: 'Bir hat yapılandırın (Softphone.config içindeki Basic bölümü).',
  },
  TL3003: {
    message: 'Böyle bir çağrı yok.',
    cause: '{call} çağrısı sona erdi veya hiç olmadı.',
    remedy: 'Çağrı listesine bakıp birini seçin.',
  },
  TL3004: {
    message: 'Birden fazla çağrı var ve hiçbiri seçilmedi.',
    cause: '{count} çağrıdan biri kastedilmiş olabilir.',
    remedy: 'Hangisi olduğunu belirtin (--call ID).',
  },
  TL3005: {
    message: 'Bu işlem şu anda bu çağrıda yapılamaz.',
    cause: 'Çağrının durumu: {state}; işlem: {command}; gereken durum: {needed}.',
    remedy: 'Çağrı o duruma gelene kadar bekleyin.',
  },
  TL3006: {
    message: '{target} meşgul.',
    cause: 'Karşı tarafın yanıtı: {status} {reason}.',
    remedy: 'Daha sonra yeniden deneyin.',
  },
  TL3007: {
    message: '{target} çağrıyı almadı.',
    cause: 'Karşı tarafın yanıtı: {status} {reason}.',
    remedy: 'Daha sonra yeniden deneyin veya kişiye başka yoldan ulaşın.',
  },
  TL3008: {
    message: '{target} mevcut değil.',
    cause: 'Sunucunun yanıtı: {status} {reason}.',
    remedy: 'Numarayı denetleyin.',
  },
  TL3009: {
    message: '{target} yanıt vermedi.',
    cause: 'Çağrı yanıtlanmadan sona erdi ({status} {reason}).',
    remedy: 'Daha sonra yeniden deneyin.',
  },
  TL3010: {
    message: 'Çağrıya karşılık alınamadı: {target}.',
    cause: 'Ne sunucu ne de karşı taraf INVITE isteğini süresi içinde yanıtladı.',
    remedy: 'Hattın kayıtlı olduğunu denetleyip yeniden deneyin.',
  },
  TL3011: {
    message: 'İki telefonun ortak bir ses yöntemi yok.',
    cause:
      'Önerilen kodeklerin hiçbiri uymuyor veya taraflardan biri şifreleme istiyor, diğerinde şifreleme yok ({status} {reason}).',
    remedy:
      'Karşı tarafta bulunan bir kodeği (PCMU, PCMA veya opus) etkinleştirin; olmazsa yöneticinizden iki taraftaki use_srtp ayarını karşılaştırmasını isteyin.',
  },
  TL3012: {
    message: '{target} ile çağrı koptu.',
    cause: '{detail}',
    remedy: 'Yeniden arayın.',
  },
  TL3013: {
    message: '{target} ile çağrı bekletilemedi veya sürdürülemedi.',
    cause: 'Karşı tarafın re-INVITE isteğine yanıtı: {status} {reason}.',
    remedy: 'Yeniden deneyin; çağrı olduğu gibi sürüyor.',
  },
  TL3014: {
    message: '“{digits}” içinde DTMF rakamı olmayan karakterler var.',
    cause: 'DTMF karakterleri 0-9, *, # ve A-D’dir.',
    remedy: 'Yalnızca bu karakterleri gönderin.',
  },
  TL3015: {
    message: 'Çağrı çok fazla yönlendirildi: {target}.',
    cause: 'Yönlendirme sayısı sınırı ({limit}) aşıldı veya çağrı daha önce denenen bir hedefe geri yönlendirildi.',
    remedy: 'Yöneticinizden bu numaranın yönlendirmelerine bakmasını isteyin.',
  },
  TL3016: {
    message: 'Aktarma başarısız oldu: {target}; çağrı geri döndü.',
    cause: 'Hedefin yanıtı: {status} {reason}.',
    remedy: 'Görüşmeye devam edin veya çağrıyı başkasına aktarın.',
  },
  TL3017: {
    message: 'Karşı taraf aktarılmayı kabul etmiyor.',
    cause: 'REFER isteğine yanıtı: {status} {reason}.',
    remedy: 'Görüşmeye devam edin; yöneticinize sunucunun telefonlardan aktarmaya izin verip vermediğini sorun.',
  },
  TL3018: {
    message: 'Bir çağrı kendisine aktarılamaz.',
    cause: 'Verilen iki çağrı da aynı: {call}.',
    remedy: 'Birleştirmek için başka bir çağrı seçin.',
  },
  TL3019: {
    message: 'Paylaşılan hattın {appearance} numaralı tuşu kullanılamıyor.',
    cause: 'Sunucunun yanıtı: {status} {reason}; tuş başka bir telefonda olabilir.',
    remedy: 'Başka bir tuş seçin veya hiçbirini seçmeyin.',
  },
  TL3020: {
    message: 'Bu çağrılardan konferans oluşturulamaz.',
    cause: 'Konferans, yanıtlanmış 2 ile {limit} arası çağrıyı birleştirir; şu anki sayı: {count}.',
    remedy: 'Bir çağrı daha yanıtlayın veya birini sonlandırın ve yeniden deneyin.',
  },
  TL3021: {
    message: 'Kulaklık olmadan çağrı yapılamaz ve alınamaz.',
    cause: 'Yapılandırma kulaklık istiyor ve belirttiklerinden hiçbiri takılı değil.',
    remedy: 'Kulaklığı takın; takılıysa yöneticinizden yapılandırmadaki adına bakmasını isteyin.',
  },
  TL4001: {
    message: 'Bulunamayan aygıt: {kind}.',
    cause: '{detail}',
    remedy:
      'Kulaklık takın veya uç noktanın ses hizmetinin çalıştığını denetleyin; çağrılar bu arada o yön olmadan sürer.',
  },
  TL4002: {
    message: 'Bu makinede ses çalınamıyor ve kaydedilemiyor.',
    cause: '{detail}',
    remedy:
      'Uç noktada bir ses hizmetinin çalıştığını denetleyin; ses sürücüsü eksikse uç nokta bağdaştırıcısını yeniden yükleyin (kaynak kodda: “npm run build:audio”). Sonra uç nokta bağdaştırıcısını yeniden başlatın.',
  },
  TL4003: {
    message: '{min} ile {max} arasında ses için boş bağlantı noktası çifti yok.',
    cause: 'Hepsini başka çağrılar veya programlar kullanıyor.',
    remedy: 'Bir çağrıyı sonlandırın veya rtp_port_min ve rtp_port_max aralığını genişletin.',
  },
  TL4004: {
    message: 'Telefonun ses bölümü durdu.',
    cause: '{detail}',
    remedy: 'Kendiliğinden yeniden başlatılır; yinelenirse günlüğü yöneticinize gönderin.',
  },
  TL4005: {
    message: 'Rakamlar şu anda gönderilemiyor.',
    cause: 'Karşı taraf DTMF (RFC 4733) kabul etmiyor veya çağrı şu anda ses göndermiyor.',
    remedy: 'Çağrı beklemedeyse devam ettirin; değilse karşı tarafa rakam gönderilemez.',
  },
  TL4006: {
    message: 'Çağrının sesi korunamadı.',
    cause: 'İki telefon DTLS ile anahtarlar üzerinde anlaşamadı ({detail}).',
    remedy:
      'Yeniden arayın; yinelenirse yöneticinizden buradaki use_srtp ayarını sunucunun istediğiyle karşılaştırmasını isteyin.',
  },
  TL4007: {
    message: 'Çağrının sesi karşı tarafa ulaşacak bir yol bulamıyor.',
    cause: 'ICE tarafından bulunan yolların hiçbiri çalışmıyor veya artık çalışmıyor ({detail}).',
    remedy:
      'Yeniden arayın; yinelenirse yöneticinizden güvenlik duvarını, STUN ve TURN sunucularını denetlemesini isteyin.',
  },
  TL4008: {
    message: '{seconds} sn boyunca karşı taraftan ses gelmedi.',
    cause: 'Paketleri artık gelmiyor: ağ veya güvenlik duvarı engelliyor ya da karşı taraf artık yok.',
    remedy: 'Çağrıyı sonlandırıp yeniden arayın; yinelenirse ağın denetlenmesini isteyin.',
  },
  TL4009: {
    message: 'Gelen sesin şifresi çözülemiyor.',
    cause: 'Karşı taraf sesi, üzerinde anlaşılandan başka bir anahtarla koruyor.',
    remedy: 'Yeniden arayın; yinelenirse yöneticinizden iki tarafın SRTP ayarlarını denetlemesini isteyin.',
  },
  TL4010: {
    message: '{target} ile çağrının sesi kötü.',
    cause: 'Ortalama puanı (MOS) {mos}; {threshold} altı kötü sayılır: paketler kayboluyor veya çok geç geliyor.',
    remedy:
      'Kablosuz ağ yerine kablo kullanın ve ağı yoran diğer programları kapatın; sık oluyorsa ağın denetlenmesini isteyin.',
  },
  TL4011: {
    message: 'Mikrofonunuzdan ses gelmiyor.',
    cause: 'Bir süredir ses gelmedi: kulaklıkta veya sistemde sessize alınmış ya da başka bir mikrofon kullanılıyor.',
    remedy:
      'Kulaklığın sessiz düğmesini ve hangi mikrofonun seçili olduğunu denetleyin; sesiniz duyulunca bu ileti kaybolur.',
  },
  TL4012: {
    message: '{target} duyulmuyor.',
    cause:
      'Oradan paketler geliyor, ancak içlerinde sessizlik var: orada mikrofon sessize alınmış veya kimse konuşmuyor.',
    remedy: 'Bir şey söylemesini isteyin; ses duyulmazsa yeniden arayın.',
  },
  TL4013: {
    message: 'Karşı taraftan ses gelmiyor: {target}.',
    cause: 'Bir süredir tek bir paket bile gelmedi: ağ veya güvenlik duvarı engelliyor ya da karşı taraf göndermiyor.',
    remedy: 'Yeniden arayın; yinelenirse ağın ve güvenlik duvarının denetlenmesini isteyin.',
  },
  TL5001: {
    message: '{file} yapılandırması kullanılamıyor.',
    cause: '{detail}',
    remedy: 'Dosyayı düzeltip yeniden başlatın.',
  },
  TL5002: {
    message: '{option} bağlantı noktası aralığı ters.',
    cause: '{min} değeri {max} değerinden büyük.',
    remedy: 'Alt sınırı daha küçük yapın.',
  },
  TL5003: {
    message: 'Telefonun yapılandırması yok.',
    cause: 'Softphone.config okunamıyor: {file}.',
    remedy: '--config FILE ile bir dosya verin.',
  },
  TL5004: {
    message: '{file} zaten var ve olduğu gibi bırakıldı.',
    cause: 'Yeni bir yapılandırma dosyası hiçbir zaman başka bir dosyanın yerini almaz.',
    remedy: 'Başka bir dosya belirtin veya mevcut dosyayı taşıyın.',
  },
  TL5005: {
    message: '{file} dosyası yazılamıyor.',
    cause: '{detail}',
    remedy: 'Yazma izniniz olan bir klasörde dosya belirtin.',
  },
  TL5006: {
    message: '“{option}” adlı bir ayar yok.',
    cause: 'Hiçbir seçeneğin yolu bu değil; bununla başlayan veya biten de yok.',
    remedy: 'docs/configuration.md dosyasına bakın; “thinline config init” tüm ayarları içeren bir dosya yazar.',
  },
  TL6001: {
    message: 'Panel {address} adresinde sunulamıyor.',
    cause: 'Bu bağlantı noktasını başka bir program, belki ikinci bir Thinline kullanıyor.',
    remedy: 'Diğer programı kapatın veya --port ile başka bir bağlantı noktası seçin.',
  },
  TL6002: {
    message: 'Thinline çalışmıyor.',
    cause: '{address} adresinden yanıt gelmiyor.',
    remedy:
      '“thinline” ile veya iki bölüm de aynı bilgisayardaysa “thinline --standalone” ile başlatın (kaynak kodda: “npm start”); yalnızca uç noktada thinline-adapter programını başlatın.',
  },
  TL6003: {
    message: '{detail}',
    cause: 'Komut satırı anlaşılamadı.',
    remedy: '--help çıktısına bakın.',
  },
  TL6004: {
    message: 'Bu sayfa telefonu yönetemez.',
    cause: 'Belirteci yok veya eski.',
    remedy:
      'Paneli programlar menüsünden veya “thinline open” komutuyla açın; uç noktada “thinline-adapter ctl page” komutunun yazdığı adresi açın.',
  },
  TL6005: {
    message: '{path} soketi kullanılamıyor.',
    cause: '{detail}',
    remedy: 'Diğer Thinline’ı kapatın veya engel olanı kaldırıp yeniden başlatın.',
  },
  TL6006: {
    message: 'Panel bu isteği anlamıyor.',
    cause: '{detail}',
    remedy:
      'Sayfayı yeniden yükleyin; düzelmezse sayfa ile sunucunun sürümleri farklıdır: Thinline’ı yeniden başlatın.',
  },
  TL6007: {
    message: 'Başka bir sayfa telefonu yönetemez.',
    cause: 'İstek {host} adresinden geldi; bu, bu Thinline’ın paneli değil.',
    remedy:
      'Thinline’ın başlarken yazdığı adresi (uç noktada: “thinline-adapter ctl page”) açın ve başka bir ad kullanmayın.',
  },
  TL6008: {
    message: 'Panel çok fazla yerde açık.',
    cause: 'Canlı güncelleme bağlantılarının tümü kullanımda.',
    remedy: 'Pencerelerden bazılarını kapatın.',
  },
  TL6009: {
    message: 'Panelin sayfaları eksik.',
    cause: 'Henüz derlenmediler; telefonun kendisi ve “thinline ctl” çalışıyor.',
    remedy: '“npm run build:panel” komutunu çalıştırıp bu sayfayı yeniden yükleyin.',
  },
  TL6035: {
    message: 'Panelin sayfaları eksik.',
    cause:
      'Thinline başlatıldıktan sonra güncellendi veya klasörü değiştirildi; telefonun kendisi ve “thinline ctl” çalışıyor.',
    remedy: 'Bu masaüstünde oturumu kapatıp yeniden açın. Düzelmezse Thinline’ın yeniden yüklenmesi gerekir.',
  },
  TL6036: {
    message: 'Panel tarayıcıda açılamadı.',
    cause: '{detail}',
    remedy:
      '“thinline open --print” komutunu çalıştırın ve yazdığı adresi bir dakika içinde bu masaüstündeki bir tarayıcıda açın.',
  },
  TL6037: {
    message: 'Thinline başlatılamadı.',
    cause: 'Az önce başlatıldı ve yanıt vermiyor.',
    remedy: 'Bu masaüstünde oturumu kapatıp yeniden açın. Düzelmezse nedeni günlükte yazar.',
  },
  TL6010: {
    message: 'Panelin Thinline bağlantısı koptu.',
    cause: '{address} adresinden yanıt gelmiyor.',
    remedy: 'Birkaç saniye bekleyin; düzelmezse paneli programlar menüsünden veya “thinline open” komutuyla açın.',
  },
  TL6012: {
    message: 'Günlük {path} konumuna yazılamıyor ve burada sürüyor.',
    cause: '{detail}',
    remedy: 'Orada yer açın veya erişim verin ya da başka bir log_file belirtin.',
  },
  TL6013: {
    message: 'Günlük {path} konumuna yazılmıyor.',
    cause: 'Ortamda böyle bir değişken yok.',
    remedy: 'Değişkeni ayarlayın veya onu içermeyen bir yol yazın.',
  },
  TL6011: {
    message: '{path} klasörü telefonun soketlerini barındıramaz.',
    cause: 'Başka bir kullanıcıya ait veya başka kullanıcılar girebiliyor.',
    remedy: 'Klasörü 0700 moduyla kendinize ait yapın veya THINLINE_RUNTIME_DIR içinde başka birini belirtin.',
  },
  TL9001: {
    message: 'Thinline’da bir hata oluştu.',
    cause: '{detail}',
    remedy: 'Lütfen günlükle birlikte bildirin.',
  },
  TL6014: {
    message: 'Uç noktanın sayfası {address} adresinde sunulamıyor.',
    cause: 'Bu bağlantı noktasını başka bir program kullanıyor.',
    remedy: 'Diğer programı kapatın veya --page ile başka bir bağlantı noktası seçin.',
  },
  TL6015: {
    message: 'Uç nokta bağdaştırıcısı sayfa sunmuyor.',
    cause: '--page olmadan başlatıldı.',
    remedy: 'thinline-adapter programını --page PORT ile başlatın.',
  },
  TL6016: {
    message: 'Programlar burada çağrıları yönetemez.',
    cause: 'Yapılandırmada policy.connector.call_control değeri 0.',
    remedy:
      'Softphone.config içinde policy.connector.call_control değerini 1 yapıp Thinline’ı yeniden başlatın; temsilcilerin temsilci masaüstü varsa 0 olarak bırakın.',
  },
  TL6017: {
    message: 'Bu telefonu çok fazla program izliyor.',
    cause: 'Canlı olay bağlantılarının tümü ({count}) kullanımda.',
    remedy: '/phone/events yolunu izleyen program veya sayfalardan bazılarını kapatın.',
  },
  TL6018: {
    message: 'Bu bağlantıda aranabilecek bir numara yok.',
    cause: '{detail}',
    remedy: 'Numarayı panele yazın.',
  },
  TL6019: {
    message: 'Bu telefonu başka bir temsilci masaüstü kullanıyor.',
    cause: 'Hâlâ açık olan oturum: {client}.',
    remedy: 'Orada oturumu kapatın veya kapatıldıktan sonra yaklaşık bir dakika bekleyin; sonra burada oturum açın.',
  },
  TL6020: {
    message: 'Temsilci masaüstü oturumu yok.',
    cause: 'Hiç başlatılmadı veya sona erdi: oturum kapatılırken ya da masaüstünden çok uzun süre haber alınamayınca.',
    remedy: 'POST /session ile bir oturum başlatın veya masaüstünde yeniden oturum açın.',
  },
  TL6021: {
    message: 'Temsilci masaüstü, telefonun bilmediği bir şey istedi.',
    cause: '{path} yolunda bir şey yok.',
    remedy: 'Nelerin bulunduğunu görmek için docs/connector.md dosyasına bakın; masaüstüne bu gerekiyorsa bildirin.',
  },
  TL6022: {
    message: 'Temsilci masaüstü, oturumunun çerezini geri göndermedi.',
    cause: 'Tarayıcı başka sitelerin çerezlerini reddediyor veya ikinci bir masaüstü istekte bulunuyor.',
    remedy: 'policy.connector.enable_sessionid değerini 0 veya policy.connector.partitioned_cookies değerini 1 yapın.',
  },
  TL6023: {
    message: 'Temsilci masaüstlerinin bağlayıcısına {address} adresinden ulaşılamıyor.',
    cause: 'Bu adresi başka bir program, belki ikinci bir Thinline kullanıyor.',
    remedy:
      'Diğer programı kapatın veya başka bir policy.connector.port seçin; çok oturumlu bir makinede policy.connector.address değerini $user yapın.',
  },
  TL6024: {
    message: 'Temsilci masaüstlerinin bağlayıcısı {address} adresinde dinleyemiyor.',
    cause: '{detail}',
    remedy:
      'policy.connector.address değerini bu makinenin 127.0.0.1 ile 127.255.255.254 arasındaki bir adresi, ::1, localhost veya $user yapın.',
  },
  TL6025: {
    message: 'Bu sayfa telefonu kullanamaz.',
    cause: 'Kaynağına ({origin}) burada izin verilmiyor veya telefonu başka bir kaynak kullanıyor.',
    remedy: 'Kaynağı policy.connector.origins ayarına ekleyin veya diğer temsilci masaüstünü kapatın.',
  },
  TL6026: {
    message: 'Başkasının programı bu telefonu kullanamaz.',
    cause: 'Bağlantı, bu makinedeki başka bir kullanıcıya veya oturuma ait.',
    remedy: 'Temsilci masaüstünü telefonun çalıştığı oturumda açın.',
  },
  TL6027: {
    message: 'Temsilci masaüstü, bağlayıcının gizli anahtarını göstermedi.',
    cause: 'policy.connector.secret ayarlı; istekte başka bir gizli anahtar var veya hiç yok.',
    remedy:
      'Gizli anahtarı masaüstünün sipendpoint.uri değerine, yolun ilk bölümü olarak ekleyin veya Bearer belirteci olarak gönderin.',
  },
  TL6028: {
    message: 'Temsilci masaüstü çok sık istek gönderiyor.',
    cause: '{origin}, telefonun yanıtladığından fazla istek gönderiyor.',
    remedy: 'Biraz bekleyin; düzelmezse temsilci masaüstünün sayfasını yeniden yükleyin.',
  },
  TL6029: {
    message: '{thumbprint} parmak izli bir sertifika yok.',
    cause: '{detail}',
    remedy: 'policy.connector.certificate_search_value değerini düzeltin veya sertifikayı arandığı yere koyun.',
  },
  TL6030: {
    message: 'Bağlayıcı için sertifika oluşturulamadı.',
    cause: '{detail}',
    remedy:
      '“thinline certificate create --out FILE” ile bir sertifika oluşturup policy.connector.certificate ayarını yapın.',
  },
  TL6031: {
    message: '{file} zaten var.',
    cause: 'Kullanımdaki bir sertifikanın üzerine yazılmaz.',
    remedy: '--out ile başka bir dosya seçin veya mevcut dosyayı taşıyın.',
  },
  TL4014: {
    message: '{device} aygıtı bulunamadı.',
    cause: 'Aygıt çıkarıldı veya seçildiği liste eski.',
    remedy: 'Aygıtı takın veya listedekilerden birini seçin.',
  },
  TL6033: {
    message: 'Burada oturum açamazsınız.',
    cause: 'Bu telefonu yapılandıran: {name}.',
    remedy: 'Telefonu olduğu gibi kullanın veya yöneticinize başvurun.',
  },
  TL6034: {
    message: 'Bu bilgilerle oturum açılamaz.',
    cause: '{detail}',
    remedy: 'Kullanıcıya, sunucuya ve aktarım protokolüne bakıp yeniden deneyin.',
  },
  TL6032: {
    message: 'Bağlayıcının sertifikası kullanılamıyor.',
    cause: '{detail}',
    remedy:
      'policy.connector.certificate ayarını düzeltin veya “thinline certificate create” ile bir sertifika oluşturun.',
  },
} satisfies Translation['failures'];

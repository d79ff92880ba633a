/** The failure catalogue in Italian. */
import type { Translation } from '../say.ts';

export const failures = {
  TL1001: {
    message: 'Il telefono non è raggiungibile.',
    cause: 'L’adattatore endpoint non è in esecuzione o la connessione con esso si è interrotta ({detail}).',
    remedy:
      'Attenda alcuni secondi; se il problema persiste, avvii thinline-adapter sull’endpoint oppure Thinline con --standalone.',
  },
  TL1002: {
    message: 'Le versioni delle due parti di Thinline non sono compatibili.',
    cause: 'L’applicazione usa il protocollo {app}, l’adattatore endpoint il protocollo {endpoint}.',
    remedy: 'Aggiorni la meno recente delle due.',
  },
  TL1003: {
    message: 'Questo telefono è in uso da parte di {user}.',
    cause: 'Un’altra sessione dell’applicazione occupa l’endpoint e ha una chiamata.',
    remedy: 'Attenda la fine della chiamata o termini l’altra sessione.',
  },
  TL1004: {
    message: 'Il telefono ora viene usato da un’altra postazione.',
    cause: 'Si è connessa una sessione più recente dell’applicazione, da {host}.',
    remedy:
      'Chiuda una delle due. Per usare il telefono qui, prema “Usa il telefono qui” o esegua “thinline ctl register”.',
  },
  TL1005: {
    message: 'L’endpoint non riconosce questo comando.',
    cause: 'L’applicazione è più recente dell’adattatore endpoint, oppure il comando non è formato correttamente.',
    remedy: 'Aggiorni l’adattatore endpoint.',
  },
  TL1006: {
    message: 'Non è noto se l’operazione sia stata eseguita.',
    cause: 'La connessione al telefono si è interrotta prima della risposta.',
    remedy: 'Controlli le chiamate e, se l’operazione non è stata eseguita, la ripeta.',
  },
  TL1007: {
    message: 'L’operazione non è stata eseguita, perché ora il telefono è un altro.',
    cause:
      'Mentre la connessione era interrotta l’adattatore endpoint è stato riavviato, oppure lei ha cambiato endpoint.',
    remedy: 'Controlli le chiamate e ripeta l’operazione.',
  },
  TL1008: {
    message: 'Questo adattatore endpoint non dispone della funzione richiesta: {feature}.',
    cause: 'La sua versione è {version}; serve la versione {needed} o successiva.',
    remedy: 'Aggiorni l’adattatore endpoint.',
  },
  TL1009: {
    message: 'L’adattatore endpoint è meno recente di quanto dovrebbe.',
    cause: 'La sua versione è {version}; policy.link.min_adapter richiede {needed}.',
    remedy: 'Aggiorni l’adattatore endpoint; nel frattempo si continua a usarlo.',
  },
  TL1010: {
    message: 'Qui le chiamate vengono solo mostrate: l’adattatore endpoint è troppo vecchio per essere usato.',
    cause: 'La sua versione è {version}; policy.link.min_adapter richiede {needed}.',
    remedy: 'Aggiorni l’adattatore endpoint.',
  },
  TL1011: {
    message: 'Non può ricevere chiamate: l’adattatore endpoint è troppo vecchio.',
    cause: 'La sua versione è {version}; policy.link.min_adapter richiede {needed}.',
    remedy: 'Aggiorni l’adattatore endpoint.',
  },
  TL1012: {
    message: 'Non può ricevere chiamate: nella sua postazione non c’è alcun telefono.',
    cause: 'Nessun adattatore endpoint risponde tramite {channel}. {detail}',
    remedy:
      'Avvii thinline-adapter sul computer della sua postazione; se lì non è disponibile, policy.link.fallback può consentire l’audio nel desktop virtuale.',
  },
  TL1013: {
    message: 'L’audio è nel desktop virtuale e può essere peggiore che nella sua postazione.',
    cause: 'L’adattatore endpoint sul computer della sua postazione non può essere usato: {detail}',
    remedy: 'Avvii o aggiorni lì thinline-adapter; sarà usato non appena non ci saranno chiamate in corso.',
  },
  TL1014: {
    message: 'Ha ancora una chiamata su {host}; questo telefono ne attende la fine.',
    cause: 'Una chiamata resta dove si trova il suo audio, e policy.link.roaming è after_calls.',
    remedy: 'Termini lì la chiamata; poi registri il telefono qui (“thinline ctl register”).',
  },
  TL1020: {
    message: 'Questo desktop virtuale non apre il canale virtuale verso il telefono.',
    cause:
      '{detail}. Il client di accesso remoto non ha il plug-in di Thinline, oppure un elenco di canali consentiti di questo desktop tiene chiuso il canale. {allowList}',
    remedy:
      'Installi sull’endpoint il plug-in per il client di accesso remoto e avvii lì thinline-adapter; se i canali richiedono un’autorizzazione, chieda all’amministratore di aggiungere le righe indicate sopra.',
  },
  TL1021: {
    message: 'Il canale virtuale verso il telefono non risponde.',
    cause: 'Il componente di questo desktop per {name} non risponde da {seconds} s.',
    remedy: 'Attenda alcuni secondi; se il problema persiste, si disconnetta dal desktop e si riconnetta.',
  },
  TL1022: {
    message: 'Questo desktop non dispone di canali virtuali del tipo “{name}”.',
    cause: '{detail}',
    remedy: 'Installi qui l’agente di quel prodotto desktop o scelga un altro valore per policy.link.channel.',
  },
  TL1023: {
    message: 'La connessione al telefono tramite TLS non è configurata.',
    cause: 'Opzione mancante o non utilizzabile: {option}.',
    remedy:
      'Imposti policy.link.endpoint (host:porta), policy.link.certificate (un file PEM con catena e chiave privata) e policy.link.authorities (un file PEM), o scelga un altro valore per policy.link.channel.',
  },
  TL1024: {
    message: 'I certificati per la connessione al telefono non possono essere usati.',
    cause: '{detail}.',
    remedy: 'Corregga il file, oppure policy.link.certificate e policy.link.authorities, che lo indicano.',
  },
  TL1025: {
    message: 'Il telefono su {host}:{port} non è raggiungibile.',
    cause: 'Non c’è una connessione TLS: {detail}.',
    remedy:
      'Controlli policy.link.endpoint, che lì thinline-adapter sia in esecuzione con --tls e che nessun firewall lo impedisca.',
  },
  TL1026: {
    message: 'Il certificato del telefono su {host}:{port} non viene accettato.',
    cause: 'Problema del certificato: {detail}.',
    remedy: 'Chieda all’amministratore di correggere --tls-certificate sull’endpoint o policy.link.authorities qui.',
  },
  TL1027: {
    message: 'Il certificato del telefono su {host}:{port} appartiene a un altro host.',
    cause: 'Non contiene il nome “{host}”.',
    remedy: 'Corregga l’host in policy.link.endpoint o emetta per l’endpoint un certificato con quel nome.',
  },
  TL1028: {
    message: 'Il telefono su {host}:{port} non accetta il nostro certificato.',
    cause:
      'Il certificato indicato in policy.link.certificate non è firmato dalle autorità del suo --tls-authorities, oppure è scaduto.',
    remedy:
      'Chieda all’amministratore di emettere per questo utente un certificato di un’autorità che l’endpoint considera attendibile.',
  },
  TL1029: {
    message: 'Nessuno può connettersi tramite TLS a {host}:{port}.',
    cause: 'Il sistema non consente l’ascolto su questo indirizzo: {detail}.',
    remedy: 'Chiuda il programma che usa quella porta o scelga un altro indirizzo con --tls.',
  },
  TL1030: {
    message: 'I certificati per --tls non possono essere usati.',
    cause: '{detail}.',
    remedy: 'Corregga i file indicati in --tls-certificate e --tls-authorities.',
  },
  TL2001: {
    message: 'Il server {server} ha rifiutato la password di {user}.',
    cause: 'Il nome utente o la password non è corretto (SIP {status}).',
    remedy:
      'Corregga utente e password, poi registri di nuovo la linea; il telefono non riprova da solo, per non bloccare l’account.',
  },
  TL2002: {
    message: 'Il server {server} non risponde.',
    cause:
      'È spento, non è raggiungibile da qui, oppure l’indirizzo, la porta o il trasporto ({transport}) è errato: {detail}.',
    remedy: 'Controlli server e protocollo nella configurazione e se un firewall lascia passare il traffico.',
  },
  TL2003: {
    message: 'Il nome del server {server} non può essere risolto.',
    cause: 'Il DNS non lo conosce: {detail}.',
    remedy: 'Controlli come è scritto il server nella configurazione e le impostazioni DNS dell’endpoint.',
  },
  TL2004: {
    message: 'Il server {server} ha rifiutato la registrazione di {user}.',
    cause: 'Ha risposto {status} {reason}.',
    remedy: 'Chieda all’amministratore del server SIP se questo utente esiste e può registrarsi.',
  },
  TL2005: {
    message: 'Nessuna porta libera per SIP tra {min} e {max}.',
    cause: 'Altri programmi, forse un secondo softphone, le occupano tutte.',
    remedy: 'Chiuda l’altro programma o ampli sip_port_min e sip_port_max.',
  },
  TL2006: {
    message: 'Non c’è una connessione sicura con il server {server}.',
    cause: 'Non è stato possibile concordare TLS: {detail}.',
    remedy:
      'Controlli il nome del server nella configurazione e che il suo certificato lo contenga e sia valido; se l’endpoint non conosce l’autorità che lo ha firmato, la indichi in system.security.authorities.',
  },
  TL2007: {
    message: 'Il file di certificato {file} non può essere usato.',
    cause: '{detail}',
    remedy:
      'Corregga system.security.certificate (un file PEM sull’endpoint con il nostro certificato, la sua catena e la sua chiave privata) o system.security.authorities (un file PEM con le autorità attendibili).',
  },
  TL2008: {
    message: 'Il contact center non ha cambiato lo stato dell’agente.',
    cause: '{detail}',
    remedy: 'Controlli ID agente e password, e chieda a un supervisore se questo agente può avere quello stato.',
  },
  TL2009: {
    message: 'Il contact center non ha confermato lo stato dell’agente.',
    cause: 'Il server non ha risposto in tempo; alcuni server non rispondono se la password è errata.',
    remedy: 'Controlli ID agente e password, e riprovi.',
  },
  TL2010: {
    message: 'Nessun agente ha effettuato l’accesso.',
    cause: 'Ogni altro stato richiede un agente e non è stato indicato alcun ID agente.',
    remedy: 'Effettui prima l’accesso con un ID agente.',
  },
  TL2011: {
    message: 'Questa linea non dispone della funzione richiesta: {feature}.',
    cause: 'Il suo server non la offre, oppure la configurazione della linea non la richiede.',
    remedy:
      'Si rivolga all’amministratore del server SIP; lo stato di un agente richiede agent_state nella configurazione della linea.',
  },
  TL2012: {
    message: 'Il server ha rifiutato di modificare questa funzione: {feature}.',
    cause: 'Ha risposto {status} {reason}.',
    remedy: 'Chieda all’amministratore del server SIP se questa linea può usarla.',
  },
  TL2013: {
    message: 'Le chiamate non possono essere deviate in questo modo.',
    cause: '{detail}',
    remedy:
      'Indichi come destinazione un numero, utente@host o un indirizzo sip: e, per le chiamate senza risposta, un tempo in secondi.',
  },
  TL3001: {
    message: '“{target}” non è un numero o un indirizzo che si possa chiamare.',
    cause: 'Una destinazione è un numero, utente@host o un indirizzo sip:, senza spazi.',
    remedy: 'Corregga il numero e lo componga di nuovo.',
  },
  TL3002: {
    message: 'Non c’è una linea da cui chiamare.',
    cause: 'Nessuna linea è configurata, oppure la linea {line} non esiste.',
    remedy: 'Configuri una linea (contenitore Basic di Softphone.config).',
  },
  TL3003: {
    message: 'Questa chiamata non esiste.',
    cause: 'La chiamata {call} è terminata o non è mai esistita.',
    remedy: 'Consulti l’elenco delle chiamate e ne scelga una.',
  },
  TL3004: {
    message: 'Ci sono più chiamate e non ne è stata scelta nessuna.',
    cause: 'Numero di chiamate possibili: {count}.',
    remedy: 'Indichi quale (--call ID).',
  },
  TL3005: {
    message: 'Al momento questa operazione non è possibile con la chiamata.',
    cause: 'Stato della chiamata: “{state}”. Stato necessario per “{command}”: “{needed}”.',
    remedy: 'Attenda che la chiamata sia in quello stato.',
  },
  TL3006: {
    message: 'La linea di {target} è occupata.',
    cause: 'L’altra parte ha risposto {status} {reason}.',
    remedy: 'Riprovi più tardi.',
  },
  TL3007: {
    message: '{target} non ha accettato la chiamata.',
    cause: 'L’altra parte ha risposto {status} {reason}.',
    remedy: 'Riprovi più tardi o contatti la persona in altro modo.',
  },
  TL3008: {
    message: 'La destinazione {target} non esiste.',
    cause: 'Il server ha risposto {status} {reason}.',
    remedy: 'Controlli il numero.',
  },
  TL3009: {
    message: '{target} non ha risposto.',
    cause: 'La chiamata è terminata senza risposta ({status} {reason}).',
    remedy: 'Riprovi più tardi.',
  },
  TL3010: {
    message: 'La chiamata a {target} non ha avuto risposta.',
    cause: 'Né il server né l’altra parte hanno risposto in tempo all’INVITE.',
    remedy: 'Controlli che la linea sia registrata, poi riprovi.',
  },
  TL3011: {
    message: 'I due telefoni non hanno alcun formato audio in comune.',
    cause:
      'Nessun codec dell’offerta è adatto, oppure uno dei due richiede la crittografia e l’altro non la supporta ({status} {reason}).',
    remedy:
      'Attivi un codec disponibile anche dall’altra parte (PCMU, PCMA o opus); altrimenti chieda all’amministratore di confrontare use_srtp su entrambi i lati.',
  },
  TL3012: {
    message: 'La chiamata con {target} si è interrotta.',
    cause: '{detail}',
    remedy: 'Richiami.',
  },
  TL3013: {
    message: 'Non è stato possibile mettere in attesa o riprendere la chiamata con {target}.',
    cause: 'L’altra parte ha risposto al re-INVITE con {status} {reason}.',
    remedy: 'Riprovi; la chiamata continua come prima.',
  },
  TL3014: {
    message: '“{digits}” contiene caratteri che non sono cifre DTMF.',
    cause: 'Le cifre DTMF sono 0-9, *, # e A-D.',
    remedy: 'Invii solo questi caratteri.',
  },
  TL3015: {
    message: 'La chiamata a {target} è stata reindirizzata troppe volte.',
    cause: 'Più di {limit} reindirizzamenti, oppure uno verso una destinazione già provata.',
    remedy: 'Chieda all’amministratore di controllare la deviazione di quel numero.',
  },
  TL3016: {
    message: 'Il trasferimento a {target} non è riuscito; la chiamata è tornata.',
    cause: 'La destinazione ha risposto {status} {reason}.',
    remedy: 'Continui la chiamata o la trasferisca a qualcun altro.',
  },
  TL3017: {
    message: 'L’altra parte non consente di essere trasferita.',
    cause: 'Ha risposto al REFER con {status} {reason}.',
    remedy:
      'Continui la chiamata come prima; chieda all’amministratore se il suo server consente i trasferimenti da telefono.',
  },
  TL3018: {
    message: 'Una chiamata non può essere trasferita a sé stessa.',
    cause: 'Le due chiamate indicate sono la stessa: {call}.',
    remedy: 'Scelga un’altra chiamata a cui unirla.',
  },
  TL3019: {
    message: 'La posizione {appearance} della linea condivisa non può essere usata.',
    cause: 'Il server ha risposto {status} {reason}; forse la occupa un altro telefono.',
    remedy: 'Scelga un’altra posizione, o nessuna.',
  },
  TL3020: {
    message: 'Non è possibile creare una conferenza con queste chiamate.',
    cause: 'Una conferenza unisce da 2 a {limit} chiamate con risposta; numero attuale: {count}.',
    remedy: 'Risponda a un’altra chiamata o ne termini una, e riprovi.',
  },
  TL3021: {
    message: 'Senza cuffie non è possibile effettuare né ricevere chiamate.',
    cause: 'La configurazione richiede le cuffie e non è collegata nessuna di quelle indicate.',
    remedy:
      'Colleghi le cuffie; se lo sono già, chieda all’amministratore di controllarne il nome nella configurazione.',
  },
  TL4001: {
    message: 'Manca un dispositivo audio: {kind}.',
    cause: '{detail}',
    remedy:
      'Colleghi le cuffie o controlli che il servizio audio dell’endpoint sia in esecuzione; nel frattempo le chiamate continuano senza audio in quella direzione.',
  },
  TL4002: {
    message: 'Su questo computer non è possibile riprodurre né registrare audio.',
    cause: '{detail}',
    remedy:
      'Controlli che sull’endpoint sia in esecuzione un servizio audio; se manca il driver audio, installi di nuovo l’adattatore endpoint (nei sorgenti: “npm run build:audio”). Poi riavvii l’adattatore endpoint.',
  },
  TL4003: {
    message: 'Nessuna coppia di porte libere per l’audio tra {min} e {max}.',
    cause: 'Altre chiamate o altri programmi le occupano tutte.',
    remedy: 'Termini una chiamata o ampli rtp_port_min e rtp_port_max.',
  },
  TL4004: {
    message: 'Il componente audio del telefono si è arrestato.',
    cause: '{detail}',
    remedy: 'Si riavvia da solo; se il problema si ripete, invii il registro eventi all’amministratore.',
  },
  TL4005: {
    message: 'Al momento non è possibile inviare le cifre.',
    cause: 'L’altra parte non accetta DTMF (RFC 4733), oppure la chiamata in questo momento non invia audio.',
    remedy: 'Riprenda la chiamata se è in attesa; altrimenti non è possibile inviare cifre all’altra parte.',
  },
  TL4006: {
    message: 'Non è stato possibile proteggere l’audio della chiamata.',
    cause: 'I due telefoni non hanno concordato le chiavi tramite DTLS ({detail}).',
    remedy:
      'Richiami; se il problema si ripete, chieda all’amministratore di confrontare use_srtp qui con ciò che richiede il server.',
  },
  TL4007: {
    message: 'L’audio della chiamata non trova un percorso verso l’altra parte.',
    cause: 'Nessuno dei percorsi trovati da ICE funziona, oppure ha smesso di funzionare ({detail}).',
    remedy:
      'Richiami; se il problema si ripete, chieda all’amministratore di controllare il firewall e i server STUN e TURN.',
  },
  TL4008: {
    message: 'Da {seconds} s non si sente nulla dall’altra parte.',
    cause: 'I suoi pacchetti non arrivano più: li bloccano la rete o un firewall, oppure l’altra parte non c’è più.',
    remedy: 'Riagganci e richiami; se il problema si ripete, faccia controllare la rete.',
  },
  TL4009: {
    message: 'L’audio in arrivo non può essere decifrato.',
    cause: 'L’altra parte lo protegge con una chiave diversa da quella concordata.',
    remedy:
      'Richiami; se il problema si ripete, chieda all’amministratore di controllare le impostazioni SRTP di entrambi i lati.',
  },
  TL4010: {
    message: 'La chiamata con {target} si sente male.',
    cause:
      'Il punteggio di qualità (MOS) è {mos}; sotto {threshold} è considerato insufficiente: si perdono pacchetti o impiegano troppo tempo.',
    remedy:
      'Usi un cavo invece di una rete senza fili e chiuda ciò che occupa la rete; se accade spesso, faccia controllare la rete.',
  },
  TL4011: {
    message: 'Dal suo microfono non arriva alcun suono.',
    cause:
      'Da un po’ di tempo non trasmette nulla: è disattivato sulle cuffie o dal sistema, oppure è in uso un altro microfono.',
    remedy:
      'Controlli il tasto di esclusione del microfono sulle cuffie e quale microfono è scelto; questo avviso scompare non appena la si sente.',
  },
  TL4012: {
    message: 'Non si sente {target}.',
    cause:
      'I pacchetti arrivano, ma contengono solo silenzio: dall’altra parte il microfono è disattivato o nessuno parla.',
    remedy: 'Chieda di dire qualcosa; se non si sente nulla, richiami.',
  },
  TL4013: {
    message: 'Non arriva audio da {target}.',
    cause:
      'Da un po’ di tempo non è arrivato un solo pacchetto: li bloccano la rete o un firewall, oppure l’altra parte non invia audio.',
    remedy: 'Richiami; se il problema si ripete, faccia controllare la rete e il firewall.',
  },
  TL4014: {
    message: 'Il dispositivo {device} non è disponibile.',
    cause: 'È stato scollegato, oppure l’elenco da cui è stato scelto non è aggiornato.',
    remedy: 'Lo colleghi o ne scelga uno dall’elenco.',
  },
  TL5001: {
    message: 'La configurazione {file} non può essere usata.',
    cause: '{detail}',
    remedy: 'Corregga il file e riavvii.',
  },
  TL5002: {
    message: 'L’intervallo di porte {option} è invertito.',
    cause: '{min} è maggiore di {max}.',
    remedy: 'Faccia in modo che il minimo sia il valore più piccolo.',
  },
  TL5003: {
    message: 'Il telefono non ha una configurazione.',
    cause: 'Nessun Softphone.config leggibile in {file}.',
    remedy: 'Ne indichi uno con --config FILE.',
  },
  TL5004: {
    message: 'Il file {file} esiste già e resta invariato.',
    cause: 'Un nuovo file di configurazione non ne sostituisce mai un altro.',
    remedy: 'Indichi un altro file o sposti quello esistente.',
  },
  TL5005: {
    message: 'Non è possibile scrivere il file {file}.',
    cause: '{detail}',
    remedy: 'Indichi un file in una cartella in cui può scrivere.',
  },
  TL5006: {
    message: 'L’opzione “{option}” non esiste.',
    cause: 'Nessuna opzione ha questo percorso, né inizia o termina con esso.',
    remedy: 'La cerchi in docs/configuration.md; “thinline config init” scrive un file con tutte le opzioni.',
  },
  TL6001: {
    message: 'Il pannello non può essere reso disponibile su {address}.',
    cause: 'Un altro programma, forse un secondo Thinline, usa quella porta.',
    remedy: 'Chiuda l’altro programma o scelga un’altra porta con --port.',
  },
  TL6002: {
    message: 'Thinline non è in esecuzione.',
    cause: 'Nessuna risposta da {address}.',
    remedy:
      'Lo avvii con “thinline” o, se le due parti sono sullo stesso computer, con “thinline --standalone” (nei sorgenti: “npm start”); su un computer che è solo endpoint, avvii thinline-adapter.',
  },
  TL6003: {
    message: '{detail}',
    cause: 'La riga di comando non è comprensibile.',
    remedy: 'Veda --help.',
  },
  TL6004: {
    message: 'Questa pagina non può controllare il telefono.',
    cause: 'Non ha un token, oppure ne ha uno vecchio.',
    remedy:
      'Apra il pannello dal menu dei programmi o con “thinline open”; sull’endpoint, apra l’indirizzo mostrato da “thinline-adapter ctl page”.',
  },
  TL6005: {
    message: 'Il socket {path} non può essere usato.',
    cause: '{detail}',
    remedy: 'Chiuda l’altro Thinline o sposti ciò che lo impedisce, e riavvii.',
  },
  TL6006: {
    message: 'Il pannello non comprende questa richiesta.',
    cause: '{detail}',
    remedy: 'Ricarichi la pagina; se il problema persiste, pagina e server sono di versioni diverse: riavvii Thinline.',
  },
  TL6007: {
    message: 'Un’altra pagina non può controllare il telefono.',
    cause: 'La richiesta è arrivata da {host}, che non è il pannello di questo Thinline.',
    remedy:
      'Apra l’indirizzo che Thinline mostra all’avvio (sull’endpoint: “thinline-adapter ctl page”) e non lo scriva in altro modo.',
  },
  TL6008: {
    message: 'Il pannello è aperto in troppi posti.',
    cause: 'Tutte le connessioni per gli aggiornamenti in tempo reale sono in uso.',
    remedy: 'Chiuda alcune delle finestre.',
  },
  TL6009: {
    message: 'Mancano le pagine del pannello.',
    cause: 'Non sono ancora state generate; il telefono funziona, e anche “thinline ctl”.',
    remedy: 'Esegua “npm run build:panel”, poi ricarichi questa pagina.',
  },
  TL6035: {
    message: 'Mancano le pagine del pannello.',
    cause:
      'Thinline è stato aggiornato dopo l’avvio, oppure la sua cartella è stata modificata; il telefono funziona, e anche “thinline ctl”.',
    remedy: 'Esca da questo desktop e acceda di nuovo. Se non basta, Thinline va reinstallato.',
  },
  TL6036: {
    message: 'Non è stato possibile aprire il pannello in un browser.',
    cause: '{detail}',
    remedy:
      'Esegua “thinline open --print” e apra entro un minuto l’indirizzo mostrato in un browser di questo desktop.',
  },
  TL6037: {
    message: 'Non è stato possibile avviare Thinline.',
    cause: 'È stato appena avviato e non risponde.',
    remedy: 'Esca da questo desktop e acceda di nuovo. Se non basta, il motivo è nel suo registro.',
  },
  TL6010: {
    message: 'Il pannello ha perso la connessione con Thinline.',
    cause: 'Nessuna risposta da {address}.',
    remedy:
      'Attenda alcuni secondi; se il problema persiste, apra il pannello dal menu dei programmi o con “thinline open”.',
  },
  TL6011: {
    message: 'La cartella {path} non può contenere i socket del telefono.',
    cause: 'Appartiene a un altro utente, oppure altri utenti possono accedervi.',
    remedy: 'La renda sua con modalità 0700, o ne indichi un’altra in THINLINE_RUNTIME_DIR.',
  },
  TL6012: {
    message: 'Il registro eventi non può essere scritto in {path} e continua qui.',
    cause: '{detail}',
    remedy: 'Liberi spazio o dia accesso, oppure indichi un altro log_file.',
  },
  TL6013: {
    message: 'Il registro eventi non viene scritto in {path}.',
    cause: 'L’ambiente non ha questa variabile.',
    remedy: 'La imposti o scriva un percorso senza di essa.',
  },
  TL6014: {
    message: 'La pagina dell’endpoint non può essere resa disponibile su {address}.',
    cause: 'Un altro programma usa quella porta.',
    remedy: 'Chiuda l’altro programma o scelga un’altra porta con --page.',
  },
  TL6015: {
    message: 'L’adattatore endpoint non offre alcuna pagina.',
    cause: 'È stato avviato senza --page.',
    remedy: 'Avvii thinline-adapter con --page PORT.',
  },
  TL6016: {
    message: 'Qui i programmi non possono controllare le chiamate.',
    cause: 'Nella configurazione policy.connector.call_control è 0.',
    remedy:
      'Imposti policy.connector.call_control su 1 in Softphone.config e riavvii Thinline; se gli agenti hanno un desktop agente, lo lasci su 0.',
  },
  TL6017: {
    message: 'Troppi programmi seguono questo telefono.',
    cause: 'Tutte le connessioni per gli eventi in tempo reale ({count}) sono in uso.',
    remedy: 'Chiuda alcuni dei programmi o delle pagine che seguono /phone/events.',
  },
  TL6018: {
    message: 'Questo link non contiene un numero che si possa chiamare.',
    cause: '{detail}',
    remedy: 'Digiti il numero nel pannello.',
  },
  TL6019: {
    message: 'Un altro desktop agente usa questo telefono.',
    cause: 'È ancora aperta una sessione di {client}.',
    remedy: 'Esca da lì, o attenda circa un minuto dopo la sua chiusura; poi acceda qui.',
  },
  TL6020: {
    message: 'Non c’è alcuna sessione di un desktop agente.',
    cause:
      'Non è mai iniziata oppure è terminata: all’uscita, o perché il desktop agente non dava notizie da troppo tempo.',
    remedy: 'Ne avvii una con POST /session, o acceda di nuovo al desktop agente.',
  },
  TL6021: {
    message: 'Il desktop agente ha chiesto qualcosa che il telefono non conosce.',
    cause: 'Non c’è nulla in {path}.',
    remedy: 'Consulti docs/connector.md per ciò che esiste; se il desktop agente ne ha bisogno, lo segnali.',
  },
  TL6022: {
    message: 'Il desktop agente non ha restituito il cookie della sua sessione.',
    cause: 'Il browser rifiuta i cookie di altri siti, oppure la richiesta viene da un secondo desktop agente.',
    remedy: 'Imposti policy.connector.enable_sessionid su 0 o policy.connector.partitioned_cookies su 1.',
  },
  TL6023: {
    message: 'Il connettore per i desktop agente non è raggiungibile su {address}.',
    cause: 'Un altro programma, forse un secondo Thinline, usa quell’indirizzo.',
    remedy:
      'Chiuda l’altro programma o scelga un altro valore per policy.connector.port; su un host con molte sessioni imposti policy.connector.address su $user.',
  },
  TL6024: {
    message: 'Il connettore per i desktop agente non può restare in ascolto su {address}.',
    cause: '{detail}',
    remedy:
      'Imposti policy.connector.address su un indirizzo di questo computer tra 127.0.0.1 e 127.255.255.254, ::1, localhost o $user.',
  },
  TL6025: {
    message: 'Questa pagina non può usare il telefono.',
    cause: 'La sua origine {origin} qui non è consentita, oppure il telefono è di un’altra pagina.',
    remedy: 'Aggiunga l’origine a policy.connector.origins o chiuda l’altro desktop agente.',
  },
  TL6026: {
    message: 'Il programma di un’altra persona non può usare questo telefono.',
    cause: 'La connessione è di un altro utente o di un’altra sessione di questo computer.',
    remedy: 'Apra il desktop agente nella sessione in cui è in esecuzione il telefono.',
  },
  TL6027: {
    message: 'Il desktop agente non ha presentato il segreto del connettore.',
    cause: 'policy.connector.secret è impostato, e la richiesta ne ha un altro o nessuno.',
    remedy:
      'Inserisca il segreto nel sipendpoint.uri del desktop agente come prima parte del percorso, o lo invii come token Bearer.',
  },
  TL6028: {
    message: 'Il desktop agente invia richieste troppo spesso.',
    cause: '{origin} invia più richieste di quante il telefono possa gestire.',
    remedy: 'Attenda un momento; se il problema persiste, ricarichi la pagina del desktop agente.',
  },
  TL6029: {
    message: 'Nessun certificato con l’impronta digitale {thumbprint}.',
    cause: '{detail}',
    remedy: 'Corregga policy.connector.certificate_search_value, o metta il certificato dove viene cercato.',
  },
  TL6030: {
    message: 'Non è stato possibile creare un certificato per il connettore.',
    cause: '{detail}',
    remedy: 'Ne crei uno con “thinline certificate create --out FILE” e imposti policy.connector.certificate.',
  },
  TL6031: {
    message: 'Il file {file} esiste già.',
    cause: 'Un certificato in uso non viene sovrascritto.',
    remedy: 'Scelga un altro file con --out o sposti quello esistente.',
  },
  TL6032: {
    message: 'Il certificato del connettore non può essere usato.',
    cause: '{detail}',
    remedy: 'Corregga policy.connector.certificate, o ne crei uno con “thinline certificate create”.',
  },
  TL6033: {
    message: 'Qui non può effettuare l’accesso.',
    cause: 'Questo telefono riceve la configurazione da un’altra fonte: {name}.',
    remedy: 'Usi il telefono così com’è o si rivolga all’amministratore.',
  },
  TL6034: {
    message: 'Non è possibile accedere con questi dati.',
    cause: '{detail}',
    remedy: 'Controlli utente, server e trasporto, e riprovi.',
  },
  TL9001: {
    message: 'Si è verificato un errore interno di Thinline.',
    cause: '{detail}',
    remedy: 'Lo segnali, per favore, allegando il registro eventi.',
  },
} satisfies Translation['failures'];

import type { Translation } from '../say.ts';

export const failures = {
  TL1001: {
    message: 'Das Telefon ist nicht erreichbar.',
    cause: 'Der Endgeräte-Adapter läuft nicht, oder die Verbindung zu ihm ist abgebrochen ({detail}).',
    remedy:
      'Warten Sie einige Sekunden; wenn es so bleibt, starten Sie thinline-adapter auf dem Endgerät oder Thinline mit --standalone.',
  },
  TL1002: {
    message: 'Die Versionen der beiden Teile von Thinline passen nicht zusammen.',
    cause: 'Die App-Schicht spricht Protokoll {app}, der Endgeräte-Adapter {endpoint}.',
    remedy: 'Aktualisieren Sie den älteren der beiden Teile.',
  },
  TL1003: {
    message: 'Dieses Telefon wird gerade verwendet von: {user}.',
    cause: 'Eine andere App-Sitzung belegt das Endgerät und hat einen Anruf.',
    remedy: 'Warten Sie, bis der Anruf beendet ist, oder beenden Sie die andere Sitzung.',
  },
  TL1004: {
    message: 'Das Telefon wird jetzt an einem anderen Ort verwendet.',
    cause: 'Eine neuere App-Sitzung hat sich verbunden, von: {host}.',
    remedy:
      'Schließen Sie eine der beiden. Um das Telefon hier zu verwenden, drücken Sie „Telefon hier verwenden“, oder führen Sie „thinline ctl register“ aus.',
  },
  TL1005: {
    message: 'Das Endgerät kennt diesen Befehl nicht.',
    cause: 'Die App-Schicht ist neuer als der Endgeräte-Adapter, oder der Befehl ist fehlerhaft.',
    remedy: 'Aktualisieren Sie den Endgeräte-Adapter.',
  },
  TL1006: {
    message: 'Es ist nicht bekannt, ob das ausgeführt wurde.',
    cause: 'Die Verbindung zum Telefon ist abgebrochen, bevor es geantwortet hat.',
    remedy: 'Sehen Sie sich die Anrufe an, und wiederholen Sie es, falls es nicht ausgeführt wurde.',
  },
  TL1007: {
    message: 'Das wurde nicht ausgeführt, weil das Telefon inzwischen ein anderes ist.',
    cause:
      'Während die Verbindung unterbrochen war, wurde der Endgeräte-Adapter neu gestartet, oder Sie haben das Endgerät gewechselt.',
    remedy: 'Sehen Sie sich die Anrufe an, und wiederholen Sie es.',
  },
  TL1008: {
    message: 'Dieser Endgeräte-Adapter beherrscht eine Funktion nicht: {feature}.',
    cause: 'Er hat Version {version}; nötig ist {needed} oder neuer.',
    remedy: 'Aktualisieren Sie den Endgeräte-Adapter.',
  },
  TL1009: {
    message: 'Der Endgeräte-Adapter ist älter, als er sein sollte.',
    cause: 'Er hat Version {version}, und policy.link.min_adapter verlangt {needed}.',
    remedy: 'Aktualisieren Sie den Endgeräte-Adapter; bis dahin wird er weiter verwendet.',
  },
  TL1010: {
    message: 'Anrufe werden hier nur angezeigt: Der Endgeräte-Adapter ist zu alt, um verwendet zu werden.',
    cause: 'Er hat Version {version}, und policy.link.min_adapter verlangt {needed}.',
    remedy: 'Aktualisieren Sie den Endgeräte-Adapter.',
  },
  TL1011: {
    message: 'Sie können keine Anrufe annehmen: Der Endgeräte-Adapter ist zu alt.',
    cause: 'Er hat Version {version}, und policy.link.min_adapter verlangt {needed}.',
    remedy: 'Aktualisieren Sie den Endgeräte-Adapter.',
  },
  TL1012: {
    message: 'Sie können keine Anrufe annehmen: An Ihrem Platz ist kein Telefon.',
    cause: 'Kein Endgeräte-Adapter antwortet über {channel}. {detail}',
    remedy:
      'Starten Sie thinline-adapter auf dem Gerät, an dem Sie sitzen; gibt es ihn dort nicht, kann policy.link.fallback Ton im virtuellen Desktop zulassen.',
  },
  TL1013: {
    message: 'Der Ton läuft im virtuellen Desktop und ist vielleicht schlechter als an Ihrem Gerät.',
    cause: 'Der Endgeräte-Adapter auf dem Gerät, an dem Sie sitzen, kann nicht verwendet werden: {detail}',
    remedy: 'Starten oder aktualisieren Sie dort thinline-adapter; er wird verwendet, sobald kein Anruf mehr läuft.',
  },
  TL1014: {
    message: 'Sie sind auf {host} noch in einem Anruf, und dieses Telefon wartet auf dessen Ende.',
    cause: 'Ein Anruf bleibt, wo sein Ton ist, und policy.link.roaming ist after_calls.',
    remedy: 'Beenden Sie den Anruf dort; danach registrieren Sie sich hier („thinline ctl register“).',
  },
  TL1020: {
    message: 'Dieser Desktop öffnet den virtuellen Kanal zum Telefon nicht.',
    cause:
      '{detail}. Entweder hat der Remote-Client kein Plug-in von Thinline, oder eine Zulassungsliste dieses Desktops sperrt den Kanal. {allowList}',
    remedy:
      'Installieren Sie auf dem Endgerät das Plug-in für den Remote-Client, und starten Sie dort thinline-adapter; wo Kanäle eine Freigabe brauchen, lassen Sie die Administration die Zeilen oben eintragen.',
  },
  TL1021: {
    message: 'Der virtuelle Kanal zum Telefon hängt.',
    cause: 'Was dieser Desktop für {name} hat, antwortet seit {seconds} s nicht.',
    remedy: 'Warten Sie einige Sekunden; wenn es so bleibt, trennen Sie den Desktop, und verbinden Sie ihn neu.',
  },
  TL1022: {
    message: 'Dieser Desktop hat keine virtuellen Kanäle der Art „{name}“.',
    cause: '{detail}',
    remedy:
      'Installieren Sie hier den Agenten dieses Desktop-Produkts, oder wählen Sie für policy.link.channel einen anderen Wert.',
  },
  TL1023: {
    message: 'Der Weg zum Telefon über TLS ist nicht konfiguriert.',
    cause: 'Fehlt oder ist nicht verwendbar: {option}.',
    remedy:
      'Setzen Sie policy.link.endpoint (Host:Port), policy.link.certificate (eine PEM-Datei mit Kette und privatem Schlüssel) und policy.link.authorities (eine PEM-Datei), oder wählen Sie für policy.link.channel einen anderen Wert.',
  },
  TL1024: {
    message: 'Die Zertifikate für den Weg zum Telefon sind nicht verwendbar.',
    cause: '{detail}.',
    remedy:
      'Korrigieren Sie die Datei oder die Optionen policy.link.certificate und policy.link.authorities, in denen die Dateien angegeben sind.',
  },
  TL1025: {
    message: 'Das Telefon unter {host}:{port} ist nicht erreichbar.',
    cause: 'Es kommt keine TLS-Verbindung zustande: {detail}.',
    remedy:
      'Prüfen Sie policy.link.endpoint, ob thinline-adapter dort mit --tls läuft und ob keine Firewall im Weg ist.',
  },
  TL1026: {
    message: 'Das Zertifikat des Telefons unter {host}:{port} wird nicht akzeptiert.',
    cause: 'Das ist daran falsch: {detail}.',
    remedy:
      'Lassen Sie die Administration --tls-certificate am Endgerät oder hier policy.link.authorities korrigieren.',
  },
  TL1027: {
    message: 'Das Zertifikat des Telefons unter {host}:{port} gehört zu einem anderen Host.',
    cause: 'Es nennt nicht „{host}“.',
    remedy:
      'Korrigieren Sie den Host in policy.link.endpoint, oder stellen Sie für das Endgerät ein Zertifikat mit diesem Namen aus.',
  },
  TL1028: {
    message: 'Das Telefon unter {host}:{port} akzeptiert unser Zertifikat nicht.',
    cause:
      'Die Zertifizierungsstellen in --tls-authorities des Telefons haben das Zertifikat aus policy.link.certificate nicht signiert, oder es ist abgelaufen.',
    remedy:
      'Lassen Sie die Administration ein Zertifikat für diesen Benutzer ausstellen, und zwar von einer Zertifizierungsstelle, der das Endgerät vertraut.',
  },
  TL1029: {
    message: 'Über TLS ist unter {host}:{port} niemand erreichbar.',
    cause: 'Das System lässt uns dort keine Verbindungen annehmen: {detail}.',
    remedy: 'Beenden Sie das Programm, das diesen Port belegt, oder wählen Sie mit --tls eine andere Adresse.',
  },
  TL1030: {
    message: 'Die Zertifikate für --tls sind nicht verwendbar.',
    cause: '{detail}.',
    remedy: 'Korrigieren Sie die Dateien, die in --tls-certificate und --tls-authorities angegeben sind.',
  },
  TL2001: {
    message: 'Der Server {server} hat das Kennwort für {user} abgelehnt.',
    cause: 'Benutzername oder Kennwort ist falsch (SIP {status}).',
    remedy:
      'Korrigieren Sie Benutzer und Kennwort, und registrieren Sie sich dann erneut; das Telefon versucht es nicht selbst, damit das Konto nicht gesperrt wird.',
  },
  TL2002: {
    message: 'Der Server {server} antwortet nicht.',
    cause:
      'Er ist außer Betrieb oder von hier aus nicht erreichbar, oder Adresse, Port oder Transport ({transport}) ist falsch: {detail}.',
    remedy: 'Prüfen Sie Server und Protokoll in der Konfiguration und ob eine Firewall die Daten durchlässt.',
  },
  TL2003: {
    message: 'Der Name des Servers {server} kann nicht aufgelöst werden.',
    cause: 'Er ist im DNS nicht bekannt: {detail}.',
    remedy: 'Prüfen Sie die Schreibweise des Servers in der Konfiguration und die DNS-Einstellungen des Endgeräts.',
  },
  TL2004: {
    message: 'Der Server {server} hat die Registrierung von {user} abgelehnt.',
    cause: 'Seine Antwort: {status} {reason}.',
    remedy:
      'Fragen Sie die Administration des SIP-Servers, ob es diesen Benutzer gibt und ob er sich registrieren darf.',
  },
  TL2005: {
    message: 'Zwischen {min} und {max} ist kein Port für SIP frei.',
    cause: 'Andere Programme, vielleicht ein zweites Softphone, belegen alle.',
    remedy: 'Beenden Sie das andere Programm, oder vergrößern Sie den Bereich von sip_port_min bis sip_port_max.',
  },
  TL2006: {
    message: 'Zum Server {server} kommt keine sichere Verbindung zustande.',
    cause: 'TLS konnte nicht vereinbart werden: {detail}.',
    remedy:
      'Prüfen Sie den Namen des Servers in der Konfiguration und ob sein Zertifikat ihn nennt und gültig ist; kennt das Endgerät die Zertifizierungsstelle nicht, geben Sie sie in system.security.authorities an.',
  },
  TL2007: {
    message: 'Die Zertifikatsdatei {file} ist nicht verwendbar.',
    cause: '{detail}',
    remedy:
      'Korrigieren Sie system.security.certificate (eine PEM-Datei auf dem Endgerät mit unserem Zertifikat, seiner Kette und seinem privaten Schlüssel) oder system.security.authorities (eine PEM-Datei mit den vertrauenswürdigen Zertifizierungsstellen).',
  },
  TL2008: {
    message: 'Das Contact Center hat den Agentenstatus nicht geändert.',
    cause: '{detail}',
    remedy:
      'Prüfen Sie Agenten-ID und Kennwort, und fragen Sie Ihre Teamleitung, ob dieser Status für diesen Agenten erlaubt ist.',
  },
  TL2009: {
    message: 'Das Contact Center hat den Agentenstatus nicht bestätigt.',
    cause: 'Der Server hat nicht rechtzeitig geantwortet; manche Server antworten nicht, wenn das Kennwort falsch ist.',
    remedy: 'Prüfen Sie Agenten-ID und Kennwort, und versuchen Sie es erneut.',
  },
  TL2010: {
    message: 'Es ist kein Agent angemeldet.',
    cause: 'Jeder andere Status braucht einen Agenten, und es wurde keine Agenten-ID angegeben.',
    remedy: 'Melden Sie sich zuerst mit einer Agenten-ID an.',
  },
  TL2011: {
    message: 'Diese Leitung hat eine Funktion nicht: {feature}.',
    cause: 'Ihr Server bietet sie nicht an, oder in der Konfiguration der Leitung ist sie nicht vorgesehen.',
    remedy:
      'Fragen Sie die Administration des SIP-Servers; für den Agentenstatus muss agent_state in der Konfiguration der Leitung gesetzt sein.',
  },
  TL2012: {
    message: 'Der Server hat eine Änderung abgelehnt: {feature}.',
    cause: 'Seine Antwort: {status} {reason}.',
    remedy: 'Fragen Sie die Administration des SIP-Servers, ob diese Leitung das verwenden darf.',
  },
  TL2013: {
    message: 'So können Anrufe nicht umgeleitet werden.',
    cause: '{detail}',
    remedy:
      'Geben Sie als Ziel eine Nummer, benutzer@host oder eine sip:-Adresse an und für die Umleitung bei Nichtannahme eine Zeit in Sekunden.',
  },
  TL3001: {
    message: '„{target}“ ist keine Nummer oder Adresse, die angerufen werden kann.',
    cause: 'Ein Ziel ist eine Nummer, benutzer@host oder eine sip:-Adresse, ohne Leerzeichen.',
    remedy: 'Korrigieren Sie die Nummer, und wählen Sie erneut.',
  },
  TL3002: {
    message: 'Es gibt keine Leitung, von der aus angerufen werden kann.',
    cause: 'Es ist keine Leitung konfiguriert, oder die Leitung {line} gibt es nicht.',
    remedy: 'Konfigurieren Sie eine Leitung (Container Basic in Softphone.config).',
  },
  TL3003: {
    message: 'Diesen Anruf gibt es nicht.',
    cause: 'Der Anruf {call} ist beendet, oder es gab ihn nie.',
    remedy: 'Wählen Sie einen Anruf aus der Liste der Anrufe.',
  },
  TL3004: {
    message: 'Es gibt mehrere Anrufe, und keiner wurde ausgewählt.',
    cause: 'Anrufe, die gemeint sein könnten: {count}.',
    remedy: 'Geben Sie an, welcher gemeint ist (--call ID).',
  },
  TL3005: {
    message: 'Das ist bei diesem Anruf im Moment nicht möglich.',
    cause: 'Zustand des Anrufs: „{state}“. Für „{command}“ nötig: „{needed}“.',
    remedy: 'Warten Sie, bis der Anruf in diesem Zustand ist.',
  },
  TL3006: {
    message: '{target} ist besetzt.',
    cause: 'Antwort der Gegenseite: {status} {reason}.',
    remedy: 'Versuchen Sie es später erneut.',
  },
  TL3007: {
    message: '{target} hat den Anruf nicht angenommen.',
    cause: 'Antwort der Gegenseite: {status} {reason}.',
    remedy: 'Versuchen Sie es später oder auf einem anderen Weg.',
  },
  TL3008: {
    message: '{target} gibt es nicht.',
    cause: 'Antwort des Servers: {status} {reason}.',
    remedy: 'Prüfen Sie die Nummer.',
  },
  TL3009: {
    message: '{target} hat nicht geantwortet.',
    cause: 'Der Anruf endete, ohne angenommen worden zu sein ({status} {reason}).',
    remedy: 'Versuchen Sie es später erneut.',
  },
  TL3010: {
    message: 'Auf den Anruf an {target} kam keine Reaktion.',
    cause: 'Weder der Server noch die Gegenseite hat rechtzeitig auf das INVITE geantwortet.',
    remedy: 'Prüfen Sie, ob die Leitung registriert ist, und versuchen Sie es dann erneut.',
  },
  TL3011: {
    message: 'Die beiden Telefone haben kein gemeinsames Tonformat.',
    cause:
      'Keiner der angebotenen Codecs passt, oder eine Seite verlangt Verschlüsselung und die andere hat keine ({status} {reason}).',
    remedy:
      'Aktivieren Sie einen Codec, den die Gegenseite hat (PCMU, PCMA oder opus); sonst lassen Sie die Administration use_srtp auf beiden Seiten vergleichen.',
  },
  TL3012: {
    message: 'Der Anruf mit {target} ist abgebrochen.',
    cause: '{detail}',
    remedy: 'Rufen Sie erneut an.',
  },
  TL3013: {
    message: 'Der Anruf mit {target} konnte nicht gehalten oder fortgesetzt werden.',
    cause: 'Antwort der Gegenseite auf das re-INVITE: {status} {reason}.',
    remedy: 'Versuchen Sie es erneut; der Anruf läuft unverändert weiter.',
  },
  TL3014: {
    message: '„{digits}“ enthält Zeichen, die keine DTMF-Ziffern sind.',
    cause: 'DTMF kennt 0-9, *, # und A-D.',
    remedy: 'Senden Sie nur diese Zeichen.',
  },
  TL3015: {
    message: 'Der Anruf an {target} wurde zu oft weitergeleitet.',
    cause: 'Mehr als {limit} Weiterleitungen, oder eine zurück zu einem Ziel, das schon versucht wurde.',
    remedy: 'Bitten Sie die Administration, die Rufumleitung dieser Nummer zu prüfen.',
  },
  TL3016: {
    message: 'Die Übergabe an {target} ist fehlgeschlagen; der Anruf ist wieder da.',
    cause: 'Antwort des Ziels: {status} {reason}.',
    remedy: 'Setzen Sie den Anruf fort, oder übergeben Sie ihn an jemand anderen.',
  },
  TL3017: {
    message: 'Die Gegenseite lässt sich nicht übergeben.',
    cause: 'Ihre Antwort auf das REFER: {status} {reason}.',
    remedy:
      'Setzen Sie den Anruf wie bisher fort; fragen Sie die Administration, ob der Server Übergaben durch Telefone zulässt.',
  },
  TL3018: {
    message: 'Ein Anruf kann nicht an sich selbst übergeben werden.',
    cause: 'Beide angegebenen Anrufe sind der Anruf {call}.',
    remedy: 'Wählen Sie einen anderen Anruf, mit dem er verbunden werden soll.',
  },
  TL3019: {
    message: 'Leitungstaste {appearance} der gemeinsam genutzten Leitung kann nicht verwendet werden.',
    cause: 'Antwort des Servers: {status} {reason}. Vielleicht belegt sie ein anderes Telefon.',
    remedy: 'Wählen Sie eine andere Leitungstaste oder keine.',
  },
  TL3020: {
    message: 'Aus diesen Anrufen lässt sich keine Konferenz machen.',
    cause: 'Eine Konferenz verbindet 2 bis {limit} angenommene Anrufe; vorhanden: {count}.',
    remedy: 'Nehmen Sie einen weiteren Anruf an, oder beenden Sie einen, und versuchen Sie es erneut.',
  },
  TL3021: {
    message: 'Ohne Headset kann nicht telefoniert werden.',
    cause: 'Die Konfiguration verlangt ein Headset, und keines der dort genannten ist angeschlossen.',
    remedy:
      'Schließen Sie das Headset an; ist es angeschlossen, bitten Sie die Administration, seinen Namen in der Konfiguration zu prüfen.',
  },
  TL4001: {
    message: 'Es fehlt ein Gerät: {kind}.',
    cause: '{detail}',
    remedy:
      'Schließen Sie ein Headset an, oder prüfen Sie, ob der Audiodienst des Endgeräts läuft; Anrufe laufen bis dahin ohne diese Richtung weiter.',
  },
  TL4002: {
    message: 'Auf diesem Gerät kann kein Ton wiedergegeben oder aufgenommen werden.',
    cause: '{detail}',
    remedy:
      'Prüfen Sie, ob auf dem Endgerät ein Audiodienst läuft; fehlt der Audiotreiber, installieren Sie den Endgeräte-Adapter noch einmal (in den Quellen: „npm run build:audio“). Starten Sie dann den Endgeräte-Adapter neu.',
  },
  TL4003: {
    message: 'Zwischen {min} und {max} ist kein Portpaar für Ton frei.',
    cause: 'Andere Anrufe oder Programme belegen alle.',
    remedy: 'Beenden Sie einen Anruf, oder vergrößern Sie den Bereich von rtp_port_min bis rtp_port_max.',
  },
  TL4004: {
    message: 'Der Audioteil des Telefons ist ausgefallen.',
    cause: '{detail}',
    remedy: 'Er wird automatisch neu gestartet; kommt das wieder vor, senden Sie das Protokoll an Ihre Administration.',
  },
  TL4005: {
    message: 'Die Ziffern können jetzt nicht gesendet werden.',
    cause: 'Die Gegenseite nimmt kein DTMF an (RFC 4733), oder der Anruf sendet im Moment keinen Ton.',
    remedy: 'Setzen Sie den Anruf fort, falls er gehalten wird; sonst ist die Gegenseite mit Ziffern nicht erreichbar.',
  },
  TL4006: {
    message: 'Der Ton des Anrufs konnte nicht geschützt werden.',
    cause: 'Die beiden Telefone haben sich über DTLS nicht auf Schlüssel geeinigt ({detail}).',
    remedy:
      'Rufen Sie erneut an; kommt es wieder vor, lassen Sie die Administration use_srtp hier mit dem vergleichen, was der Server verlangt.',
  },
  TL4007: {
    message: 'Der Ton des Anrufs findet keinen Weg zur Gegenseite.',
    cause: 'Kein Weg, den ICE finden konnte, funktioniert, oder er funktioniert nicht mehr ({detail}).',
    remedy:
      'Rufen Sie erneut an; kommt es wieder vor, lassen Sie die Administration die Firewall und die STUN- und TURN-Server prüfen.',
  },
  TL4008: {
    message: 'Von der Gegenseite ist seit {seconds} s nichts zu hören.',
    cause:
      'Ihre Pakete kommen nicht mehr an: Das Netzwerk oder eine Firewall ist im Weg, oder die Gegenseite ist nicht mehr da.',
    remedy: 'Legen Sie auf, und rufen Sie erneut an; kommt es wieder vor, lassen Sie das Netzwerk prüfen.',
  },
  TL4009: {
    message: 'Der ankommende Ton kann nicht entschlüsselt werden.',
    cause: 'Die Gegenseite schützt ihn mit einem anderen Schlüssel als vereinbart.',
    remedy:
      'Rufen Sie erneut an; kommt es wieder vor, lassen Sie die Administration die SRTP-Einstellungen beider Seiten prüfen.',
  },
  TL4010: {
    message: 'Der Anruf mit {target} klingt schlecht.',
    cause:
      'Sein MOS-Wert ist {mos}; unter {threshold} gilt er als schlecht: Pakete gehen verloren oder brauchen zu lange.',
    remedy:
      'Verwenden Sie ein Kabel statt WLAN, und beenden Sie, was sonst das Netzwerk belastet; kommt es öfter vor, lassen Sie das Netzwerk prüfen.',
  },
  TL4011: {
    message: 'Von Ihrem Mikrofon kommt kein Ton.',
    cause:
      'Seit einiger Zeit ist nichts zu hören: Es ist am Headset oder vom System stummgeschaltet, oder ein anderes wird verwendet.',
    remedy:
      'Prüfen Sie den Stummschalter am Headset und welches Mikrofon gewählt ist; der Hinweis verschwindet, sobald Sie zu hören sind.',
  },
  TL4012: {
    message: '{target} ist nicht zu hören.',
    cause:
      'Von dort kommen Pakete an, aber sie enthalten Stille: Dort ist ein Mikrofon stummgeschaltet, oder niemand spricht.',
    remedy: 'Bitten Sie um ein Wort; ist nichts zu hören, rufen Sie erneut an.',
  },
  TL4013: {
    message: 'Von {target} kommt kein Ton an.',
    cause:
      'Seit einiger Zeit ist kein einziges Paket angekommen: Das Netzwerk oder eine Firewall ist im Weg, oder die Gegenseite sendet keine.',
    remedy: 'Rufen Sie erneut an; kommt es wieder vor, lassen Sie Netzwerk und Firewall prüfen.',
  },
  TL5001: {
    message: 'Die Konfiguration {file} ist nicht verwendbar.',
    cause: '{detail}',
    remedy: 'Korrigieren Sie die Datei, und starten Sie neu.',
  },
  TL5002: {
    message: 'Der Portbereich {option} ist verkehrt herum.',
    cause: '{min} ist größer als {max}.',
    remedy: 'Machen Sie das Minimum zum kleineren der beiden Werte.',
  },
  TL5003: {
    message: 'Das Telefon hat keine Konfiguration.',
    cause: 'Unter {file} ist keine Softphone.config lesbar.',
    remedy: 'Geben Sie eine an, mit --config FILE.',
  },
  TL5004: {
    message: '{file} gibt es schon und bleibt, wie es ist.',
    cause: 'Eine neue Konfigurationsdatei ersetzt nie eine andere.',
    remedy: 'Geben Sie eine andere Datei an, oder verschieben Sie diese.',
  },
  TL5005: {
    message: 'Die Datei {file} kann nicht geschrieben werden.',
    cause: '{detail}',
    remedy: 'Geben Sie eine Datei in einem Ordner an, in den Sie schreiben dürfen.',
  },
  TL5006: {
    message: 'Es gibt keine Einstellung „{option}“.',
    cause: 'Keine Option hat diesen Pfad, beginnt oder endet damit.',
    remedy: 'Sehen Sie in docs/configuration.md nach; „thinline config init“ schreibt eine Datei mit allen.',
  },
  TL6001: {
    message: 'Das Panel kann unter {address} nicht bereitgestellt werden.',
    cause: 'Ein anderes Programm, vielleicht ein zweites Thinline, belegt diesen Port.',
    remedy: 'Beenden Sie das andere Programm, oder wählen Sie mit --port einen anderen Port.',
  },
  TL6002: {
    message: 'Thinline läuft nicht.',
    cause: 'Unter {address} antwortet nichts.',
    remedy:
      'Starten Sie es mit „thinline“ oder, wenn beide Hälften auf einem Rechner sind, mit „thinline --standalone“ (in den Quellen: „npm start“); auf dem Endgerät allein starten Sie thinline-adapter.',
  },
  TL6003: {
    message: '{detail}',
    cause: 'Die Befehlszeile ist nicht verständlich.',
    remedy: 'Siehe --help.',
  },
  TL6004: {
    message: 'Diese Seite darf das Telefon nicht steuern.',
    cause: 'Sie hat kein Token oder ein altes.',
    remedy:
      'Öffnen Sie das Panel aus dem Programmmenü oder mit „thinline open“; auf dem Endgerät die Adresse, die „thinline-adapter ctl page“ ausgibt.',
  },
  TL6005: {
    message: 'Der Socket {path} ist nicht verwendbar.',
    cause: '{detail}',
    remedy: 'Beenden Sie das andere Thinline, oder räumen Sie weg, was im Weg ist, und starten Sie neu.',
  },
  TL6006: {
    message: 'Das Panel versteht diese Anfrage nicht.',
    cause: '{detail}',
    remedy:
      'Laden Sie die Seite neu; wenn es so bleibt, haben Seite und Server verschiedene Versionen: Starten Sie Thinline neu.',
  },
  TL6007: {
    message: 'Eine fremde Seite darf das Telefon nicht steuern.',
    cause: 'Die Anfrage kam von {host}; das ist nicht das Panel dieses Thinline.',
    remedy:
      'Öffnen Sie die Adresse, die Thinline beim Start ausgibt (auf dem Endgerät: „thinline-adapter ctl page“), und keinen anderen Namen dafür.',
  },
  TL6008: {
    message: 'Das Panel ist an zu vielen Stellen geöffnet.',
    cause: 'Alle Verbindungen für laufende Aktualisierungen sind belegt.',
    remedy: 'Schließen Sie einige der Fenster.',
  },
  TL6009: {
    message: 'Die Seiten des Panels fehlen.',
    cause: 'Sie wurden noch nicht gebaut; das Telefon selbst funktioniert, ebenso „thinline ctl“.',
    remedy: 'Führen Sie „npm run build:panel“ aus, und laden Sie dann diese Seite neu.',
  },
  TL6035: {
    message: 'Die Seiten des Panels fehlen.',
    cause:
      'Thinline wurde aktualisiert, seit es gestartet wurde, oder sein Ordner wurde verändert; das Telefon selbst funktioniert, ebenso „thinline ctl“.',
    remedy:
      'Melden Sie sich von diesem Desktop ab und wieder an. Hilft das nicht, muss Thinline neu installiert werden.',
  },
  TL6036: {
    message: 'Das Panel konnte nicht im Browser geöffnet werden.',
    cause: '{detail}',
    remedy:
      'Führen Sie „thinline open --print“ aus, und öffnen Sie die ausgegebene Adresse innerhalb einer Minute in einem Browser dieses Desktops.',
  },
  TL6037: {
    message: 'Thinline konnte nicht gestartet werden.',
    cause: 'Es wurde gerade gestartet und antwortet nicht.',
    remedy: 'Melden Sie sich von diesem Desktop ab und wieder an. Hilft das nicht, steht der Grund im Protokoll.',
  },
  TL6010: {
    message: 'Das Panel hat die Verbindung zu Thinline verloren.',
    cause: 'Unter {address} antwortet nichts.',
    remedy:
      'Warten Sie einige Sekunden; wenn es so bleibt, öffnen Sie das Panel aus dem Programmmenü oder mit „thinline open“.',
  },
  TL6012: {
    message: 'Das Protokoll kann nicht nach {path} geschrieben werden und geht hier weiter.',
    cause: '{detail}',
    remedy: 'Schaffen Sie dort Platz oder Zugriff, oder geben Sie in log_file etwas anderes an.',
  },
  TL6013: {
    message: 'Das Protokoll wird nicht nach {path} geschrieben.',
    cause: 'Diese Variable gibt es in der Umgebung nicht.',
    remedy: 'Setzen Sie sie, oder geben Sie einen Pfad ohne sie an.',
  },
  TL6011: {
    message: 'Der Ordner {path} ist für die Sockets des Telefons nicht geeignet.',
    cause: 'Er gehört einem anderen Benutzer, oder andere Benutzer haben Zugang dazu.',
    remedy: 'Machen Sie ihn zu Ihrem mit Modus 0700, oder geben Sie in THINLINE_RUNTIME_DIR einen anderen an.',
  },
  TL9001: {
    message: 'Thinline hat einen Fehler gemacht.',
    cause: '{detail}',
    remedy: 'Bitte melden Sie ihn, zusammen mit dem Protokoll.',
  },
  TL6014: {
    message: 'Die Seite des Endgeräts kann unter {address} nicht bereitgestellt werden.',
    cause: 'Ein anderes Programm belegt diesen Port.',
    remedy: 'Beenden Sie das andere Programm, oder wählen Sie mit --page einen anderen Port.',
  },
  TL6015: {
    message: 'Der Endgeräte-Adapter stellt keine Seite bereit.',
    cause: 'Er wurde ohne --page gestartet.',
    remedy: 'Starten Sie thinline-adapter mit --page PORT.',
  },
  TL6016: {
    message: 'Programme dürfen hier keine Anrufe steuern.',
    cause: 'policy.connector.call_control ist in der Konfiguration 0.',
    remedy:
      'Setzen Sie policy.connector.call_control in Softphone.config auf 1, und starten Sie Thinline neu; wo mit einem Agent-Desktop gearbeitet wird, lassen Sie es auf 0.',
  },
  TL6017: {
    message: 'Zu viele Programme verfolgen dieses Telefon.',
    cause: 'Alle Verbindungen für laufende Ereignisse sind belegt: {count}.',
    remedy: 'Beenden Sie einige der Programme oder Seiten, die /phone/events verfolgen.',
  },
  TL6018: {
    message: 'Dieser Link enthält keine Nummer, die angerufen werden kann.',
    cause: '{detail}',
    remedy: 'Geben Sie die Nummer im Panel ein.',
  },
  TL6019: {
    message: 'Ein anderer Agent-Desktop verwendet dieses Telefon.',
    cause: 'Noch geöffnet ist eine Sitzung von: {client}.',
    remedy:
      'Melden Sie sich dort ab, oder warten Sie nach dem Schließen etwa eine Minute; melden Sie sich dann hier an.',
  },
  TL6020: {
    message: 'Es gibt keine Sitzung eines Agent-Desktops.',
    cause:
      'Sie wurde nie begonnen, oder sie ist beendet: durch Abmelden, oder weil vom Desktop zu lange nichts zu hören war.',
    remedy: 'Beginnen Sie eine mit POST /session, oder melden Sie sich am Desktop neu an.',
  },
  TL6021: {
    message: 'Der Agent-Desktop hat etwas angefordert, das das Telefon nicht kennt.',
    cause: 'Unter {path} gibt es nichts.',
    remedy: 'In docs/connector.md steht, was es gibt; wenn der Desktop dies braucht, melden Sie es.',
  },
  TL6022: {
    message: 'Der Agent-Desktop hat das Cookie seiner Sitzung nicht zurückgesendet.',
    cause: 'Der Browser lehnt Cookies fremder Seiten ab, oder es fragt ein zweiter Desktop.',
    remedy: 'Setzen Sie policy.connector.enable_sessionid auf 0 oder policy.connector.partitioned_cookies auf 1.',
  },
  TL6023: {
    message: 'Der Connector für Agent-Desktops ist unter {address} nicht erreichbar.',
    cause: 'Ein anderes Programm, vielleicht ein zweites Thinline, belegt diese Adresse.',
    remedy:
      'Beenden Sie das andere Programm, oder wählen Sie für policy.connector.port einen anderen Wert; auf einem Host mit vielen Sitzungen setzen Sie policy.connector.address auf $user.',
  },
  TL6024: {
    message: 'Der Connector für Agent-Desktops kann unter {address} keine Verbindungen annehmen.',
    cause: '{detail}',
    remedy:
      'Setzen Sie policy.connector.address auf eine Adresse dieses Rechners zwischen 127.0.0.1 und 127.255.255.254, auf ::1, localhost oder $user.',
  },
  TL6025: {
    message: 'Diese Seite darf das Telefon nicht verwenden.',
    cause: 'Ihre Herkunft {origin} ist hier nicht zugelassen, oder eine andere hat das Telefon.',
    remedy: 'Tragen Sie die Herkunft in policy.connector.origins ein, oder schließen Sie den anderen Agent-Desktop.',
  },
  TL6026: {
    message: 'Das Programm einer anderen Person darf dieses Telefon nicht verwenden.',
    cause: 'Die Verbindung gehört zu einem anderen Benutzer oder einer anderen Sitzung dieses Rechners.',
    remedy: 'Öffnen Sie den Agent-Desktop in der Sitzung, in der das Telefon läuft.',
  },
  TL6027: {
    message: 'Der Agent-Desktop hat das Geheimnis des Connectors nicht vorgezeigt.',
    cause: 'policy.connector.secret ist gesetzt, und die Anfrage enthält ein anderes oder keines.',
    remedy:
      'Tragen Sie das Geheimnis im Desktop in sipendpoint.uri als ersten Teil des Pfads ein, oder senden Sie es als Bearer-Token.',
  },
  TL6028: {
    message: 'Der Agent-Desktop fragt zu oft an.',
    cause: 'Von {origin} kommen mehr Anfragen, als das Telefon beantwortet.',
    remedy: 'Warten Sie einen Moment; wenn es so bleibt, laden Sie die Seite des Agent-Desktops neu.',
  },
  TL6029: {
    message: 'Es gibt kein Zertifikat mit dem Fingerabdruck {thumbprint}.',
    cause: '{detail}',
    remedy:
      'Korrigieren Sie policy.connector.certificate_search_value, oder legen Sie das Zertifikat dort ab, wo es gesucht wird.',
  },
  TL6030: {
    message: 'Für den Connector konnte kein Zertifikat erstellt werden.',
    cause: '{detail}',
    remedy:
      'Erstellen Sie eines mit „thinline certificate create --out FILE“, und setzen Sie policy.connector.certificate.',
  },
  TL6031: {
    message: '{file} gibt es schon.',
    cause: 'Ein Zertifikat, das in Verwendung ist, wird nicht überschrieben.',
    remedy: 'Wählen Sie mit --out eine andere Datei, oder verschieben Sie diese.',
  },
  TL4014: {
    message: 'Das Gerät {device} ist nicht da.',
    cause: 'Es wurde abgezogen, oder die Liste, aus der es gewählt wurde, ist veraltet.',
    remedy: 'Schließen Sie es an, oder wählen Sie eines aus der Liste.',
  },
  TL6033: {
    message: 'Hier können Sie sich nicht anmelden.',
    cause: 'Dieses Telefon wird von anderer Stelle eingerichtet: {name}.',
    remedy: 'Verwenden Sie das Telefon, wie es ist, oder fragen Sie Ihre Administration.',
  },
  TL6034: {
    message: 'Mit diesen Angaben ist keine Anmeldung möglich.',
    cause: '{detail}',
    remedy: 'Prüfen Sie Benutzer, Server und Transport, und versuchen Sie es erneut.',
  },
  TL6032: {
    message: 'Das Zertifikat des Connectors ist nicht verwendbar.',
    cause: '{detail}',
    remedy: 'Korrigieren Sie policy.connector.certificate, oder erstellen Sie eines mit „thinline certificate create“.',
  },
} satisfies Translation['failures'];

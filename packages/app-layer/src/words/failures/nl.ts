import type { Translation } from '../say.ts';

export const failures = {
  TL1001: {
    message: 'De telefoon is niet bereikbaar.',
    cause: 'De endpointadapter is niet actief, of de verbinding ermee is weggevallen ({detail}).',
    remedy:
      'Wacht enkele seconden; blijft het zo, start dan thinline-adapter op het endpoint, of Thinline met --standalone.',
  },
  TL1002: {
    message: 'De versies van de twee delen van Thinline passen niet bij elkaar.',
    cause: 'De applicatielaag gebruikt protocol {app}, de endpointadapter {endpoint}.',
    remedy: 'Werk het oudste van de twee bij.',
  },
  TL1003: {
    message: 'Deze telefoon is in gebruik door {user}.',
    cause: 'Een andere appsessie houdt het endpoint bezet en heeft een gesprek.',
    remedy: 'Wacht tot het gesprek is afgelopen of beëindig de andere sessie.',
  },
  TL1004: {
    message: 'De telefoon wordt nu vanaf een andere plaats gebruikt.',
    cause: 'Een nieuwere appsessie heeft verbinding gemaakt vanaf {host}.',
    remedy:
      'Sluit een van de twee. Om de telefoon hier te gebruiken, drukt u op “Telefoon hier gebruiken” of voert u “thinline ctl register” uit.',
  },
  TL1005: {
    message: 'Het endpoint kent deze opdracht niet.',
    cause: 'De applicatielaag is nieuwer dan de endpointadapter, of de opdracht heeft een onjuiste vorm.',
    remedy: 'Werk de endpointadapter bij.',
  },
  TL1006: {
    message: 'Het is niet bekend of dat is uitgevoerd.',
    cause: 'De verbinding met de telefoon viel weg voordat er antwoord kwam.',
    remedy: 'Kijk naar de gesprekken en doe het opnieuw als het niet is uitgevoerd.',
  },
  TL1007: {
    message: 'Dat is niet uitgevoerd, omdat het nu een andere telefoon is.',
    cause:
      'Terwijl de verbinding weg was, is de endpointadapter opnieuw gestart of bent u op een ander endpoint gekomen.',
    remedy: 'Kijk naar de gesprekken en doe het opnieuw.',
  },
  TL1008: {
    message: 'In deze endpointadapter ontbreekt een functie: {feature}.',
    cause: 'De adapter heeft versie {version}; nodig is {needed} of later.',
    remedy: 'Werk de endpointadapter bij.',
  },
  TL1009: {
    message: 'De endpointadapter is ouder dan zou moeten.',
    cause: 'De adapter heeft versie {version}, en policy.link.min_adapter vraagt om {needed}.',
    remedy: 'Werk de endpointadapter bij; intussen wordt de huidige gebruikt.',
  },
  TL1010: {
    message: 'Gesprekken worden hier alleen getoond: de endpointadapter is te oud om te gebruiken.',
    cause: 'De adapter heeft versie {version}, en policy.link.min_adapter vraagt om {needed}.',
    remedy: 'Werk de endpointadapter bij.',
  },
  TL1011: {
    message: 'U kunt geen oproepen aannemen: de endpointadapter is te oud.',
    cause: 'De adapter heeft versie {version}, en policy.link.min_adapter vraagt om {needed}.',
    remedy: 'Werk de endpointadapter bij.',
  },
  TL1012: {
    message: 'U kunt geen oproepen aannemen: er is geen telefoon op uw werkplek.',
    cause: 'Er antwoordt geen endpointadapter via {channel}. {detail}',
    remedy:
      'Start thinline-adapter op de computer waaraan u zit; is die er daar niet, dan kan policy.link.fallback geluid in het virtuele bureaublad toestaan.',
  },
  TL1013: {
    message: 'Het geluid is in het virtuele bureaublad en kan slechter zijn dan op uw werkplek.',
    cause: 'De endpointadapter op de computer waaraan u zit, kan niet worden gebruikt: {detail}',
    remedy: 'Start thinline-adapter daar of werk die bij; de adapter wordt gebruikt zodra er geen gesprek gaande is.',
  },
  TL1014: {
    message: 'U bent nog in gesprek op {host}, en deze telefoon wacht tot dat is afgelopen.',
    cause: 'Een gesprek blijft waar het geluid ervan is, en policy.link.roaming is after_calls.',
    remedy: 'Beëindig het gesprek daar; registreer u hier als het is afgelopen (“thinline ctl register”).',
  },
  TL1020: {
    message: 'Dit bureaublad opent het virtuele kanaal naar de telefoon niet.',
    cause:
      '{detail}. De client voor extern bureaublad heeft geen plug-in van Thinline, of een lijst met toegestane kanalen van dit bureaublad houdt het kanaal dicht. {allowList}',
    remedy:
      'Installeer op het endpoint de plug-in voor de client voor extern bureaublad en start daar thinline-adapter; waar kanalen toestemming nodig hebben, laat u de beheerder de regels hierboven toevoegen.',
  },
  TL1021: {
    message: 'Het virtuele kanaal naar de telefoon hangt.',
    cause: 'Wat dit bureaublad voor {name} heeft, antwoordt al {seconds} s niet.',
    remedy:
      'Wacht enkele seconden; blijft het zo, verbreek dan de verbinding met het bureaublad en maak opnieuw verbinding.',
  },
  TL1022: {
    message: 'Dit bureaublad heeft geen virtuele kanalen van het type “{name}”.',
    cause: '{detail}',
    remedy: 'Installeer hier de agent van dat bureaubladproduct of kies een andere waarde voor policy.link.channel.',
  },
  TL1023: {
    message: 'De verbinding met de telefoon via TLS is niet geconfigureerd.',
    cause: 'Ontbreekt of is niet bruikbaar: {option}.',
    remedy:
      'Stel policy.link.endpoint (host:poort), policy.link.certificate (een PEM-bestand met keten en privésleutel) en policy.link.authorities (een PEM-bestand) in, of kies een andere waarde voor policy.link.channel.',
  },
  TL1024: {
    message: 'De certificaten voor de verbinding met de telefoon kunnen niet worden gebruikt.',
    cause: '{detail}.',
    remedy: 'Verbeter het bestand, of policy.link.certificate en policy.link.authorities, die ernaar verwijzen.',
  },
  TL1025: {
    message: 'De telefoon op {host}:{port} is niet bereikbaar.',
    cause: 'Er is geen TLS-verbinding: {detail}.',
    remedy:
      'Controleer policy.link.endpoint, of thinline-adapter daar met --tls actief is en of er geen firewall in de weg zit.',
  },
  TL1026: {
    message: 'Het certificaat van de telefoon op {host}:{port} wordt niet geaccepteerd.',
    cause: 'Wat er mis mee is: {detail}.',
    remedy: 'Laat de beheerder --tls-certificate van het endpoint verbeteren, of policy.link.authorities hier.',
  },
  TL1027: {
    message: 'Het certificaat van de telefoon op {host}:{port} is van een andere host.',
    cause: 'De naam “{host}” staat er niet in.',
    remedy: 'Verbeter de host in policy.link.endpoint of geef een certificaat met die naam uit voor het endpoint.',
  },
  TL1028: {
    message: 'De telefoon op {host}:{port} accepteert ons certificaat niet.',
    cause:
      'Het certificaat uit policy.link.certificate is niet ondertekend door de --tls-authorities van de telefoon, of is niet geldig op dit moment.',
    remedy:
      'Laat de beheerder voor deze gebruiker een certificaat uitgeven door een instantie die het endpoint vertrouwt.',
  },
  TL1029: {
    message: 'Via TLS kan niemand binnenkomen op {host}:{port}.',
    cause: 'Het systeem laat ons daar niet luisteren: {detail}.',
    remedy: 'Sluit het programma dat die poort gebruikt of kies een ander adres met --tls.',
  },
  TL1030: {
    message: 'De certificaten voor --tls kunnen niet worden gebruikt.',
    cause: '{detail}.',
    remedy: 'Verbeter de bestanden waarnaar --tls-certificate en --tls-authorities verwijzen.',
  },
  TL2001: {
    message: 'De server {server} heeft het wachtwoord van {user} geweigerd.',
    cause: 'De gebruikersnaam of het wachtwoord is onjuist (SIP {status}).',
    remedy:
      'Verbeter gebruiker en wachtwoord en registreer opnieuw; de telefoon probeert het niet uit zichzelf, om het account niet te blokkeren.',
  },
  TL2002: {
    message: 'De server {server} antwoordt niet.',
    cause:
      'De server is uit of van hieruit niet bereikbaar, of het adres, de poort of het transport ({transport}) is onjuist: {detail}.',
    remedy: 'Controleer server en protocol in de configuratie, en of een firewall het verkeer doorlaat.',
  },
  TL2003: {
    message: 'De naam van de server {server} kan niet worden omgezet in een adres.',
    cause: 'DNS kent de naam niet: {detail}.',
    remedy: 'Controleer de spelling van de server in de configuratie en de DNS-instellingen van het endpoint.',
  },
  TL2004: {
    message: 'De server {server} heeft de registratie van {user} geweigerd.',
    cause: 'Het antwoord was {status} {reason}.',
    remedy: 'Vraag de beheerder van de SIP-server of deze gebruiker bestaat en zich mag registreren.',
  },
  TL2005: {
    message: 'Geen vrije poort voor SIP tussen {min} en {max}.',
    cause: 'Andere programma’s, misschien een tweede softphone, gebruiken ze allemaal.',
    remedy: 'Sluit het andere programma of maak het bereik van sip_port_min en sip_port_max groter.',
  },
  TL2006: {
    message: 'Er is geen beveiligde verbinding met de server {server}.',
    cause: 'Er kwam geen TLS-verbinding tot stand: {detail}.',
    remedy:
      'Controleer de naam van de server in de configuratie, en of het certificaat die naam bevat en nog geldig is; kent het endpoint de instantie niet die het heeft ondertekend, geef die dan op in system.security.authorities.',
  },
  TL2007: {
    message: 'Het certificaatbestand {file} kan niet worden gebruikt.',
    cause: '{detail}',
    remedy:
      'Verbeter system.security.certificate (een PEM-bestand op het endpoint met ons certificaat, de keten en de privésleutel ervan) of system.security.authorities (een PEM-bestand met de te vertrouwen instanties).',
  },
  TL2008: {
    message: 'Het contactcenter heeft de status van de agent niet gewijzigd.',
    cause: '{detail}',
    remedy: 'Controleer agent-ID en wachtwoord, en vraag een supervisor of deze agent die status mag hebben.',
  },
  TL2009: {
    message: 'Het contactcenter heeft de status van de agent niet bevestigd.',
    cause: 'De server antwoordde niet op tijd; sommige servers zwijgen als het wachtwoord onjuist is.',
    remedy: 'Controleer agent-ID en wachtwoord, en probeer het opnieuw.',
  },
  TL2010: {
    message: 'Er is geen agent ingelogd.',
    cause: 'Voor elke andere status is een agent nodig, en er is geen agent-ID opgegeven.',
    remedy: 'Log eerst in met een agent-ID.',
  },
  TL2011: {
    message: 'Op deze lijn ontbreekt een functie: {feature}.',
    cause: 'De server biedt die niet aan, of de configuratie van de lijn vraagt er niet om.',
    remedy:
      'Vraag het de beheerder van de SIP-server; voor de agentstatus is agent_state nodig in de configuratie van de lijn.',
  },
  TL2012: {
    message: 'De server heeft een wijziging geweigerd: {feature}.',
    cause: 'Het antwoord was {status} {reason}.',
    remedy: 'Vraag de beheerder van de SIP-server of deze lijn dat mag gebruiken.',
  },
  TL2013: {
    message: 'Zo kunnen oproepen niet worden doorgeschakeld.',
    cause: '{detail}',
    remedy:
      'Geef een nummer, gebruiker@host of sip:-adres op om naar door te schakelen, en voor oproepen zonder antwoord een tijd in seconden.',
  },
  TL3001: {
    message: '“{target}” is geen nummer of adres dat kan worden gebeld.',
    cause: 'Een doel is een nummer, gebruiker@host of een sip:-adres, zonder spaties.',
    remedy: 'Verbeter het nummer en bel opnieuw.',
  },
  TL3002: {
    message: 'Er is geen lijn om mee te bellen.',
    cause: 'Er is geen lijn geconfigureerd, of de lijn {line} bestaat niet.',
    remedy: 'Configureer een lijn (container Basic van Softphone.config).',
  },
  TL3003: {
    message: 'Dat gesprek bestaat niet.',
    cause: 'Het gesprek {call} is afgelopen of heeft nooit bestaan.',
    remedy: 'Kijk in de lijst met gesprekken en kies er een.',
  },
  TL3004: {
    message: 'Er zijn meerdere gesprekken en er is geen gekozen.',
    cause: 'Aantal gesprekken dat bedoeld kan zijn: {count}.',
    remedy: 'Geef aan welk gesprek (--call ID).',
  },
  TL3005: {
    message: 'Dat kan nu niet met dit gesprek.',
    cause: 'Toestand van het gesprek: “{state}”. Nodig voor “{command}”: “{needed}”.',
    remedy: 'Wacht tot het gesprek in die toestand is.',
  },
  TL3006: {
    message: '{target} is in gesprek.',
    cause: 'De andere kant antwoordde {status} {reason}.',
    remedy: 'Probeer het later opnieuw.',
  },
  TL3007: {
    message: '{target} heeft de oproep niet aangenomen.',
    cause: 'De andere kant antwoordde {status} {reason}.',
    remedy: 'Probeer het later opnieuw of bereik de persoon op een andere manier.',
  },
  TL3008: {
    message: '{target} bestaat niet.',
    cause: 'De server antwoordde {status} {reason}.',
    remedy: 'Controleer het nummer.',
  },
  TL3009: {
    message: '{target} heeft niet opgenomen.',
    cause: 'De oproep is zonder antwoord geëindigd ({status} {reason}).',
    remedy: 'Probeer het later opnieuw.',
  },
  TL3010: {
    message: 'Op de oproep naar {target} kwam geen reactie.',
    cause: 'De server noch de andere kant heeft op tijd op de INVITE geantwoord.',
    remedy: 'Controleer of de lijn geregistreerd is en probeer het dan opnieuw.',
  },
  TL3011: {
    message: 'De twee telefoons hebben geen gemeenschappelijke vorm van geluid.',
    cause:
      'Geen codec uit het aanbod past, of een van de twee eist versleuteling en de andere heeft die niet ({status} {reason}).',
    remedy:
      'Schakel een codec in die de andere kant heeft (PCMU, PCMA of opus); laat anders de beheerder use_srtp aan beide kanten vergelijken.',
  },
  TL3012: {
    message: 'Het gesprek met {target} is weggevallen.',
    cause: '{detail}',
    remedy: 'Bel opnieuw.',
  },
  TL3013: {
    message: 'Het gesprek met {target} kon niet in de wacht worden gezet of hervat.',
    cause: 'De andere kant antwoordde op de re-INVITE met {status} {reason}.',
    remedy: 'Probeer het opnieuw; het gesprek gaat verder zoals het was.',
  },
  TL3014: {
    message: '“{digits}” bevat tekens die geen DTMF-cijfers zijn.',
    cause: 'DTMF heeft 0-9, *, # en A-D.',
    remedy: 'Verzend alleen die tekens.',
  },
  TL3015: {
    message: 'De oproep naar {target} is te vaak doorgestuurd.',
    cause: 'De oproep is vaker dan {limit} keer doorgestuurd, of terug naar een doel dat al geprobeerd was.',
    remedy: 'Vraag de beheerder om naar de doorschakelingen van dat nummer te kijken.',
  },
  TL3016: {
    message: 'Doorverbinden naar {target} is mislukt; het gesprek is terug.',
    cause: 'Het doel antwoordde {status} {reason}.',
    remedy: 'Ga verder met het gesprek of verbind het door naar iemand anders.',
  },
  TL3017: {
    message: 'De andere kant laat zich niet doorverbinden.',
    cause: 'Op de REFER kwam als antwoord {status} {reason}.',
    remedy:
      'Ga verder met het gesprek zoals het was; vraag de beheerder of de server van de andere kant doorverbinden door telefoons toestaat.',
  },
  TL3018: {
    message: 'Een gesprek kan niet met zichzelf worden doorverbonden.',
    cause: 'Beide opgegeven gesprekken zijn het gesprek {call}.',
    remedy: 'Kies een ander gesprek om het mee te verbinden.',
  },
  TL3019: {
    message: 'Lijntoets {appearance} van de gedeelde lijn kan niet worden gebruikt.',
    cause: 'De server antwoordde {status} {reason}; misschien heeft een andere telefoon die.',
    remedy: 'Kies een andere lijntoets, of geen.',
  },
  TL3020: {
    message: 'Van deze gesprekken kan geen conferentie worden gemaakt.',
    cause: 'Een conferentie voegt 2 tot {limit} aangenomen gesprekken samen; aantal nu: {count}.',
    remedy: 'Neem nog een oproep aan of beëindig er een, en probeer het opnieuw.',
  },
  TL3021: {
    message: 'Zonder headset kunt u niet bellen of gebeld worden.',
    cause: 'De configuratie vraagt om een headset, en geen van de daarin genoemde is aangesloten.',
    remedy:
      'Sluit de headset aan; is dat al zo, vraag de beheerder dan om naar de naam ervan in de configuratie te kijken.',
  },
  TL4001: {
    message: 'Er ontbreekt een apparaat: {kind}.',
    cause: '{detail}',
    remedy:
      'Sluit een headset aan of controleer of de geluidsservice van het endpoint actief is; gesprekken gaan intussen door, zonder geluid in die richting.',
  },
  TL4002: {
    message: 'Op deze computer kan geen geluid worden afgespeeld of opgenomen.',
    cause: '{detail}',
    remedy:
      'Controleer of er op het endpoint een geluidsservice actief is; ontbreekt het geluidsstuurprogramma, installeer de endpointadapter dan opnieuw (in de broncode: “npm run build:audio”). Start daarna de endpointadapter opnieuw.',
  },
  TL4003: {
    message: 'Geen vrij poortpaar voor geluid tussen {min} en {max}.',
    cause: 'Andere gesprekken of programma’s gebruiken ze allemaal.',
    remedy: 'Beëindig een gesprek of maak het bereik van rtp_port_min en rtp_port_max groter.',
  },
  TL4004: {
    message: 'Het geluidsdeel van de telefoon is gestopt.',
    cause: '{detail}',
    remedy: 'Het wordt automatisch opnieuw gestart; gebeurt dit vaker, stuur dan het logboek naar uw beheerder.',
  },
  TL4005: {
    message: 'De cijfers kunnen nu niet worden verzonden.',
    cause: 'De andere kant accepteert geen DTMF (RFC 4733), of het gesprek verzendt op dit moment geen geluid.',
    remedy: 'Hervat het gesprek als het in de wacht staat; anders kan de andere kant geen cijfers ontvangen.',
  },
  TL4006: {
    message: 'Het geluid van het gesprek kon niet worden beveiligd.',
    cause: 'De twee telefoons zijn het via DTLS niet eens geworden over sleutels ({detail}).',
    remedy: 'Bel opnieuw; gebeurt het weer, laat de beheerder dan use_srtp hier vergelijken met wat de server vraagt.',
  },
  TL4007: {
    message: 'Het geluid van het gesprek vindt geen weg naar de andere kant.',
    cause: 'Geen van de paden die ICE kon vinden werkt, of het pad werkt niet meer ({detail}).',
    remedy: 'Bel opnieuw; gebeurt het weer, laat de beheerder dan de firewall en de STUN- en TURN-servers controleren.',
  },
  TL4008: {
    message: 'Van de andere kant is al {seconds} s niets te horen.',
    cause: 'Er komen geen pakketten meer aan: het netwerk of een firewall zit in de weg, of de andere kant is weg.',
    remedy: 'Hang op en bel opnieuw; gebeurt het weer, laat dan het netwerk controleren.',
  },
  TL4009: {
    message: 'Het geluid dat aankomt, kan niet worden ontsleuteld.',
    cause: 'De andere kant beveiligt het met een andere sleutel dan afgesproken.',
    remedy: 'Bel opnieuw; gebeurt het weer, laat de beheerder dan de SRTP-instellingen van beide kanten controleren.',
  },
  TL4010: {
    message: 'Het gesprek met {target} klinkt slecht.',
    cause:
      'De gemiddelde waardering (MOS) is {mos}, en onder {threshold} geldt als slecht: pakketten gaan verloren of doen er te lang over.',
    remedy:
      'Gebruik een kabel in plaats van wifi en sluit af wat het netwerk verder belast; gebeurt het vaak, laat dan het netwerk controleren.',
  },
  TL4011: {
    message: 'Er komt geen geluid uit uw microfoon.',
    cause:
      'De microfoon is al een tijdje stil: die is gedempt op de headset of door het systeem, of er is een andere in gebruik.',
    remedy:
      'Controleer de dempknop van de headset en welke microfoon is gekozen; deze melding verdwijnt zodra u te horen bent.',
  },
  TL4012: {
    message: '{target} is niet te horen.',
    cause: 'Er komen pakketten aan, maar daarin is het stil: een microfoon is daar gedempt, of niemand spreekt.',
    remedy: 'Vraag of men iets zegt; is er niets te horen, bel dan opnieuw.',
  },
  TL4013: {
    message: 'Er komt geen geluid aan van {target}.',
    cause:
      'Er is al een tijdje geen enkel pakket gekomen: het netwerk of een firewall zit in de weg, of de andere kant verzendt niets.',
    remedy: 'Bel opnieuw; gebeurt het weer, laat dan het netwerk en de firewall controleren.',
  },
  TL5001: {
    message: 'De configuratie {file} kan niet worden gebruikt.',
    cause: '{detail}',
    remedy: 'Verbeter het bestand en start opnieuw.',
  },
  TL5002: {
    message: 'Het poortbereik {option} is omgekeerd.',
    cause: '{min} is groter dan {max}.',
    remedy: 'Maak het minimum de kleinste van de twee.',
  },
  TL5003: {
    message: 'De telefoon heeft geen configuratie.',
    cause: 'Er is geen leesbare Softphone.config op {file}.',
    remedy: 'Geef er een op met --config FILE.',
  },
  TL5004: {
    message: '{file} bestaat al en blijft zoals het is.',
    cause: 'Een nieuw configuratiebestand vervangt nooit een ander.',
    remedy: 'Geef een ander bestand op of verplaats het bestaande.',
  },
  TL5005: {
    message: 'Het bestand {file} kan niet worden geschreven.',
    cause: '{detail}',
    remedy: 'Geef een bestand op in een map waarin u mag schrijven.',
  },
  TL5006: {
    message: 'De instelling “{option}” bestaat niet.',
    cause: 'Geen optie heeft dat pad of begint of eindigt ermee.',
    remedy:
      'Zoek de instelling op in docs/configuration.md; “thinline config init” schrijft een bestand met alle opties.',
  },
  TL6001: {
    message: 'Het paneel kan niet worden aangeboden op {address}.',
    cause: 'Een ander programma, misschien een tweede Thinline, gebruikt die poort.',
    remedy: 'Sluit het andere programma of kies een andere poort met --port.',
  },
  TL6002: {
    message: 'Thinline is niet actief.',
    cause: 'Er antwoordt niets op {address}.',
    remedy:
      'Start Thinline met “thinline” of, als beide delen op één computer staan, met “thinline --standalone” (in de broncode: “npm start”); start op alleen het endpoint thinline-adapter.',
  },
  TL6003: {
    message: '{detail}',
    cause: 'De opdrachtregel wordt niet begrepen.',
    remedy: 'Zie --help.',
  },
  TL6004: {
    message: 'Deze pagina mag de telefoon niet bedienen.',
    cause: 'De pagina heeft geen token, of een oud.',
    remedy:
      'Open het paneel via het programmamenu of met “thinline open”; open op het endpoint het adres dat “thinline-adapter ctl page” toont.',
  },
  TL6005: {
    message: 'De socket {path} kan niet worden gebruikt.',
    cause: '{detail}',
    remedy: 'Sluit de andere Thinline of haal weg wat in de weg zit, en start opnieuw.',
  },
  TL6006: {
    message: 'Het paneel begrijpt dit verzoek niet.',
    cause: '{detail}',
    remedy:
      'Laad de pagina opnieuw; blijft het zo, dan hebben pagina en server verschillende versies: start Thinline opnieuw.',
  },
  TL6007: {
    message: 'Een andere pagina mag de telefoon niet bedienen.',
    cause: 'Het verzoek kwam van {host}, en dat is niet het paneel van deze Thinline.',
    remedy:
      'Open het adres dat Thinline bij het starten toont (op het endpoint: “thinline-adapter ctl page”), en geen andere naam ervoor.',
  },
  TL6008: {
    message: 'Het paneel is op te veel plaatsen open.',
    cause: 'Alle verbindingen voor live-updates zijn in gebruik.',
    remedy: 'Sluit enkele vensters.',
  },
  TL6009: {
    message: 'De pagina’s van het paneel ontbreken.',
    cause: 'Ze zijn nog niet gebouwd; de telefoon zelf werkt, en “thinline ctl” ook.',
    remedy: 'Voer “npm run build:panel” uit en laad deze pagina daarna opnieuw.',
  },
  TL6035: {
    message: 'De pagina’s van het paneel ontbreken.',
    cause:
      'Thinline is bijgewerkt nadat het is gestart, of de map ervan is gewijzigd; de telefoon zelf werkt, en “thinline ctl” ook.',
    remedy: 'Meld u af bij dit bureaublad en weer aan. Helpt dat niet, dan moet Thinline opnieuw worden geïnstalleerd.',
  },
  TL6036: {
    message: 'Het paneel kon niet in een browser worden geopend.',
    cause: '{detail}',
    remedy:
      'Voer “thinline open --print” uit en open het getoonde adres binnen een minuut in een browser van dit bureaublad.',
  },
  TL6037: {
    message: 'Thinline kon niet worden gestart.',
    cause: 'Het is zojuist gestart en antwoordt niet.',
    remedy: 'Meld u af bij dit bureaublad en weer aan. Helpt dat niet, dan staat de reden in het logboek.',
  },
  TL6010: {
    message: 'Het paneel heeft geen verbinding meer met Thinline.',
    cause: 'Er antwoordt niets op {address}.',
    remedy: 'Wacht enkele seconden; blijft het zo, open het paneel dan via het programmamenu of met “thinline open”.',
  },
  TL6011: {
    message: 'De map {path} kan niet voor de sockets van de telefoon worden gebruikt.',
    cause: 'De map is van een andere gebruiker, of andere gebruikers kunnen erin.',
    remedy: 'Maak uzelf eigenaar met modus 0700 of geef een andere map op in THINLINE_RUNTIME_DIR.',
  },
  TL6012: {
    message: 'Het logboek kan niet naar {path} worden geschreven en gaat hier verder.',
    cause: '{detail}',
    remedy: 'Maak daar ruimte of geef er toegang, of geef een ander log_file op.',
  },
  TL6013: {
    message: 'Het logboek wordt niet naar {path} geschreven.',
    cause: 'Die variabele bestaat niet in de omgeving.',
    remedy: 'Stel de variabele in of geef een pad zonder die variabele op.',
  },
  TL6014: {
    message: 'De pagina van het endpoint kan niet worden aangeboden op {address}.',
    cause: 'Een ander programma gebruikt die poort.',
    remedy: 'Sluit het andere programma of kies een andere poort met --page.',
  },
  TL6015: {
    message: 'De endpointadapter biedt geen pagina aan.',
    cause: 'De adapter is zonder --page gestart.',
    remedy: 'Start thinline-adapter met --page PORT.',
  },
  TL6016: {
    message: 'Programma’s mogen hier geen gesprekken bedienen.',
    cause: 'policy.connector.call_control is 0 in de configuratie.',
    remedy:
      'Zet policy.connector.call_control op 1 in Softphone.config en start Thinline opnieuw; waar agents een agentdesktop hebben, laat u het op 0.',
  },
  TL6017: {
    message: 'Te veel programma’s volgen deze telefoon.',
    cause: 'Alle verbindingen voor live-gebeurtenissen zijn in gebruik (aantal: {count}).',
    remedy: 'Sluit enkele programma’s of pagina’s die /phone/events volgen.',
  },
  TL6018: {
    message: 'Deze link bevat geen nummer dat kan worden gebeld.',
    cause: '{detail}',
    remedy: 'Typ het nummer in het paneel.',
  },
  TL6019: {
    message: 'Een andere agentdesktop gebruikt deze telefoon.',
    cause: 'Er is nog een sessie open van {client}.',
    remedy: 'Log daar uit of wacht na het sluiten ongeveer een minuut; meld u daarna hier aan.',
  },
  TL6020: {
    message: 'Er is geen sessie van een agentdesktop.',
    cause:
      'De sessie is nooit begonnen of is geëindigd: bij het uitloggen, of nadat er te lang niets van de desktop was vernomen.',
    remedy: 'Begin een sessie met POST /session of meld u opnieuw aan bij de desktop.',
  },
  TL6021: {
    message: 'De agentdesktop vroeg om iets wat de telefoon niet kent.',
    cause: 'Er is niets op {path}.',
    remedy: 'Kijk in docs/connector.md wat er wel is; heeft de desktop dit nodig, meld het dan.',
  },
  TL6022: {
    message: 'De agentdesktop heeft de cookie van de sessie niet teruggestuurd.',
    cause: 'De browser weigert cookies van andere sites, of het verzoek komt van een tweede desktop.',
    remedy: 'Zet policy.connector.enable_sessionid op 0 of policy.connector.partitioned_cookies op 1.',
  },
  TL6023: {
    message: 'De connector voor agentdesktops is niet bereikbaar op {address}.',
    cause: 'Een ander programma, misschien een tweede Thinline, gebruikt dat adres.',
    remedy:
      'Sluit het andere programma of kies een andere policy.connector.port; zet op een host met veel sessies policy.connector.address op $user.',
  },
  TL6024: {
    message: 'De connector voor agentdesktops kan niet luisteren op {address}.',
    cause: '{detail}',
    remedy:
      'Zet policy.connector.address op een adres van deze computer tussen 127.0.0.1 en 127.255.255.254, ::1, localhost of $user.',
  },
  TL6025: {
    message: 'Deze pagina mag de telefoon niet gebruiken.',
    cause: 'De herkomst {origin} is hier niet toegestaan, of een andere heeft de telefoon.',
    remedy: 'Voeg de herkomst toe aan policy.connector.origins of sluit de andere agentdesktop.',
  },
  TL6026: {
    message: 'Een programma van iemand anders mag deze telefoon niet gebruiken.',
    cause: 'De verbinding is van een andere gebruiker of sessie van deze computer.',
    remedy: 'Open de agentdesktop in de sessie waarin de telefoon actief is.',
  },
  TL6027: {
    message: 'De agentdesktop heeft het geheim van de connector niet getoond.',
    cause: 'policy.connector.secret is ingesteld, en het verzoek bevat een ander geheim of geen.',
    remedy:
      'Zet het geheim in sipendpoint.uri van de desktop, als eerste deel van het pad, of stuur het mee als Bearer-token.',
  },
  TL6028: {
    message: 'De agentdesktop doet te vaak een verzoek.',
    cause: '{origin} stuurt meer verzoeken dan de telefoon beantwoordt.',
    remedy: 'Wacht even; blijft het zo, laad dan de pagina van de agentdesktop opnieuw.',
  },
  TL6029: {
    message: 'Er is geen certificaat met de vingerafdruk {thumbprint}.',
    cause: '{detail}',
    remedy:
      'Verbeter policy.connector.certificate_search_value of zet het certificaat op de plaats waar het wordt gezocht.',
  },
  TL6030: {
    message: 'Er kon geen certificaat voor de connector worden gemaakt.',
    cause: '{detail}',
    remedy: 'Maak er een met “thinline certificate create --out FILE” en stel policy.connector.certificate in.',
  },
  TL6031: {
    message: '{file} bestaat al.',
    cause: 'Een certificaat dat in gebruik is, wordt niet overschreven.',
    remedy: 'Kies een ander bestand met --out of verplaats het bestaande.',
  },
  TL4014: {
    message: 'Het apparaat {device} is er niet.',
    cause: 'Het is losgekoppeld, of de lijst waaruit het is gekozen, is verouderd.',
    remedy: 'Sluit het aan of kies er een uit de lijst.',
  },
  TL6033: {
    message: 'U kunt zich hier niet aanmelden.',
    cause: 'Deze telefoon wordt op een andere manier ingesteld: {name}.',
    remedy: 'Gebruik de telefoon zoals die is of vraag het uw beheerder.',
  },
  TL6034: {
    message: 'Met deze gegevens kan niemand zich aanmelden.',
    cause: '{detail}',
    remedy: 'Controleer gebruiker, server en transport, en probeer het opnieuw.',
  },
  TL6032: {
    message: 'Het certificaat van de connector kan niet worden gebruikt.',
    cause: '{detail}',
    remedy: 'Verbeter policy.connector.certificate of maak er een met “thinline certificate create”.',
  },
  TL9001: {
    message: 'Thinline heeft een fout gemaakt.',
    cause: '{detail}',
    remedy: 'Meld dit alstublieft, samen met het logboek.',
  },
} satisfies Translation['failures'];

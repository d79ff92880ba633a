import type { Translation } from '../say.ts';

export const failures = {
  TL1001: {
    message: 'Telefon jest nieosiągalny.',
    cause: 'Adapter punktu końcowego nie działa lub utracono połączenie z nim ({detail}).',
    remedy:
      'Poczekaj kilka sekund; jeśli to nie pomoże, uruchom thinline-adapter na punkcie końcowym albo Thinline z opcją --standalone.',
  },
  TL1002: {
    message: 'Wersje obu części Thinline zbytnio się różnią.',
    cause: 'Warstwa aplikacji używa protokołu {app}, a adapter punktu końcowego protokołu {endpoint}.',
    remedy: 'Zaktualizuj starszą z tych części.',
  },
  TL1003: {
    message: 'Ten telefon jest używany; użytkownik: {user}.',
    cause: 'Punkt końcowy zajmuje inna sesja aplikacji, w której trwa połączenie.',
    remedy: 'Poczekaj na koniec połączenia albo zakończ tę drugą sesję.',
  },
  TL1004: {
    message: 'Telefon jest teraz używany w innym miejscu.',
    cause: 'Połączyła się nowsza sesja aplikacji z komputera {host}.',
    remedy:
      'Zamknij jedną z nich. Aby używać telefonu tutaj, naciśnij „Użyj telefonu tutaj” albo uruchom „thinline ctl register”.',
  },
  TL1005: {
    message: 'Punkt końcowy nie zna tego polecenia.',
    cause: 'Warstwa aplikacji jest nowsza niż adapter punktu końcowego albo polecenie jest błędne.',
    remedy: 'Zaktualizuj adapter punktu końcowego.',
  },
  TL1006: {
    message: 'Nie wiadomo, czy operacja została wykonana.',
    cause: 'Połączenie z telefonem zostało utracone, zanim odpowiedział.',
    remedy: 'Sprawdź połączenia i powtórz operację, jeśli nie została wykonana.',
  },
  TL1007: {
    message: 'Operacja nie została wykonana, ponieważ telefon jest teraz inny.',
    cause:
      'Gdy nie było połączenia z telefonem, adapter punktu końcowego został uruchomiony od nowa albo zmienił się punkt końcowy.',
    remedy: 'Sprawdź połączenia i powtórz operację.',
  },
  TL1008: {
    message: 'Ten adapter punktu końcowego nie obsługuje funkcji: {feature}.',
    cause: 'Ma wersję {version}, a potrzebna jest wersja {needed} lub nowsza.',
    remedy: 'Zaktualizuj adapter punktu końcowego.',
  },
  TL1009: {
    message: 'Adapter punktu końcowego jest starszy, niż powinien.',
    cause: 'Ma wersję {version}, a policy.link.min_adapter wymaga wersji {needed}.',
    remedy: 'Zaktualizuj adapter punktu końcowego; do tego czasu jest on nadal używany.',
  },
  TL1010: {
    message: 'Połączenia są tu tylko wyświetlane: adapter punktu końcowego jest zbyt stary, aby go używać.',
    cause: 'Ma wersję {version}, a policy.link.min_adapter wymaga wersji {needed}.',
    remedy: 'Zaktualizuj adapter punktu końcowego.',
  },
  TL1011: {
    message: 'Nie można odbierać połączeń: adapter punktu końcowego jest zbyt stary.',
    cause: 'Ma wersję {version}, a policy.link.min_adapter wymaga wersji {needed}.',
    remedy: 'Zaktualizuj adapter punktu końcowego.',
  },
  TL1012: {
    message: 'Nie można odbierać połączeń: na Twoim stanowisku nie ma telefonu.',
    cause: 'Żaden adapter punktu końcowego nie odpowiada przez kanał {channel}. {detail}',
    remedy:
      'Uruchom thinline-adapter na komputerze, przy którym siedzisz; jeśli go tam nie ma, policy.link.fallback może dopuścić dźwięk w wirtualnym pulpicie.',
  },
  TL1013: {
    message: 'Dźwięk jest w wirtualnym pulpicie i może być gorszy niż na Twoim stanowisku.',
    cause: 'Nie można użyć adaptera punktu końcowego na komputerze, przy którym siedzisz: {detail}',
    remedy:
      'Uruchom tam lub zaktualizuj thinline-adapter; zostanie użyty, gdy tylko nie będzie trwało żadne połączenie.',
  },
  TL1014: {
    message: 'Nadal trwa Twoja rozmowa na komputerze {host}; ten telefon czeka na jej koniec.',
    cause: 'Połączenie pozostaje tam, gdzie jest jego dźwięk, a policy.link.roaming ma wartość after_calls.',
    remedy: 'Zakończ tam połączenie, a następnie zarejestruj się tutaj („thinline ctl register”).',
  },
  TL1020: {
    message: 'Ten pulpit nie otwiera kanału wirtualnego do telefonu.',
    cause:
      '{detail}. Klient zdalny nie ma wtyczki Thinline albo lista dozwolonych kanałów tego pulpitu go blokuje. {allowList}',
    remedy:
      'Zainstaluj wtyczkę klienta zdalnego na punkcie końcowym i uruchom tam thinline-adapter; jeśli kanały wymagają zezwolenia, poproś administratora o dodanie powyższych wierszy.',
  },
  TL1021: {
    message: 'Kanał wirtualny do telefonu zawiesił się.',
    cause: 'Składnik tego pulpitu dla kanału {name} nie odpowiada od {seconds} s.',
    remedy: 'Poczekaj kilka sekund; jeśli to nie pomoże, odłącz się od pulpitu i połącz ponownie.',
  },
  TL1022: {
    message: 'Ten pulpit nie ma kanałów wirtualnych typu „{name}”.',
    cause: '{detail}',
    remedy: 'Zainstaluj tutaj agenta tego produktu albo wybierz inną wartość policy.link.channel.',
  },
  TL1023: {
    message: 'Połączenie z telefonem przez TLS nie jest skonfigurowane.',
    cause: 'Brakuje opcji {option} lub nie nadaje się ona do użycia.',
    remedy:
      'Ustaw policy.link.endpoint (host:port), policy.link.certificate (plik PEM z łańcuchem i kluczem prywatnym) oraz policy.link.authorities (plik PEM) albo wybierz inną wartość policy.link.channel.',
  },
  TL1024: {
    message: 'Nie można użyć certyfikatów połączenia z telefonem.',
    cause: '{detail}.',
    remedy: 'Popraw plik albo opcje policy.link.certificate i policy.link.authorities, które go wskazują.',
  },
  TL1025: {
    message: 'Telefon {host}:{port} jest nieosiągalny.',
    cause: 'Brak połączenia TLS: {detail}.',
    remedy:
      'Sprawdź policy.link.endpoint, czy działa tam thinline-adapter z opcją --tls i czy zapora nie blokuje połączenia.',
  },
  TL1026: {
    message: 'Certyfikat telefonu {host}:{port} nie został zaakceptowany.',
    cause: 'Problem z certyfikatem: {detail}.',
    remedy:
      'Poproś administratora o poprawienie --tls-certificate na punkcie końcowym albo policy.link.authorities tutaj.',
  },
  TL1027: {
    message: 'Certyfikat telefonu {host}:{port} należy do innego hosta.',
    cause: 'Nie zawiera nazwy „{host}”.',
    remedy: 'Popraw host w policy.link.endpoint albo wystaw dla punktu końcowego certyfikat z tą nazwą.',
  },
  TL1028: {
    message: 'Telefon {host}:{port} nie akceptuje naszego certyfikatu.',
    cause:
      'Certyfikat wskazany w policy.link.certificate nie jest podpisany przez jego --tls-authorities albo jest nieważny.',
    remedy:
      'Poproś administratora o certyfikat dla tego użytkownika, wystawiony przez urząd, któremu ufa punkt końcowy.',
  },
  TL1029: {
    message: 'Nikt nie może połączyć się przez TLS pod adresem {host}:{port}.',
    cause: 'System nie pozwala tam nasłuchiwać: {detail}.',
    remedy: 'Zakończ program, który używa tego portu, albo wybierz inny adres opcją --tls.',
  },
  TL1030: {
    message: 'Nie można użyć certyfikatów dla --tls.',
    cause: '{detail}.',
    remedy: 'Popraw pliki wskazane przez --tls-certificate i --tls-authorities.',
  },
  TL2001: {
    message: 'Serwer {server} odrzucił hasło użytkownika {user}.',
    cause: 'Nazwa użytkownika lub hasło są błędne (SIP {status}).',
    remedy:
      'Popraw użytkownika i hasło, a następnie zarejestruj się ponownie; telefon nie próbuje sam, aby nie zablokować konta.',
  },
  TL2002: {
    message: 'Serwer {server} nie odpowiada.',
    cause: 'Nie działa, jest stąd nieosiągalny albo adres, port lub transport ({transport}) jest błędny: {detail}.',
    remedy: 'Sprawdź serwer i protokół w konfiguracji oraz czy zapora przepuszcza ruch.',
  },
  TL2003: {
    message: 'Nie można rozpoznać nazwy serwera {server}.',
    cause: 'DNS jej nie zna: {detail}.',
    remedy: 'Sprawdź pisownię nazwy serwera w konfiguracji oraz ustawienia DNS punktu końcowego.',
  },
  TL2004: {
    message: 'Serwer {server} odmówił rejestracji użytkownika {user}.',
    cause: 'Odpowiedź: {status} {reason}.',
    remedy: 'Zapytaj administratora serwera SIP, czy ten użytkownik istnieje i może się rejestrować.',
  },
  TL2005: {
    message: 'Brak wolnego portu SIP między {min} a {max}.',
    cause: 'Wszystkie są zajęte przez inne programy, być może przez drugi telefon programowy.',
    remedy: 'Zakończ ten program albo poszerz zakres sip_port_min i sip_port_max.',
  },
  TL2006: {
    message: 'Brak bezpiecznego połączenia z serwerem {server}.',
    cause: 'Nie udało się uzgodnić TLS: {detail}.',
    remedy:
      'Sprawdź nazwę serwera w konfiguracji oraz czy jego certyfikat zawiera tę nazwę i jest ważny; jeśli punkt końcowy nie zna urzędu, który go podpisał, podaj go w system.security.authorities.',
  },
  TL2007: {
    message: 'Nie można użyć pliku certyfikatu {file}.',
    cause: '{detail}',
    remedy:
      'Popraw system.security.certificate (plik PEM na punkcie końcowym z naszym certyfikatem, jego łańcuchem i kluczem prywatnym) albo system.security.authorities (plik PEM z zaufanymi urzędami).',
  },
  TL2008: {
    message: 'Centrum kontaktowe nie zmieniło stanu agenta.',
    cause: '{detail}',
    remedy: 'Sprawdź identyfikator i hasło agenta oraz zapytaj przełożonego, czy ten agent może być w tym stanie.',
  },
  TL2009: {
    message: 'Centrum kontaktowe nie potwierdziło stanu agenta.',
    cause: 'Serwer nie odpowiedział na czas; niektóre serwery milczą, gdy hasło jest błędne.',
    remedy: 'Sprawdź identyfikator i hasło agenta, a następnie spróbuj ponownie.',
  },
  TL2010: {
    message: 'Żaden agent nie jest zalogowany.',
    cause: 'Każdy inny stan wymaga agenta, a nie podano identyfikatora.',
    remedy: 'Najpierw zaloguj się identyfikatorem agenta.',
  },
  TL2011: {
    message: 'Ta linia nie ma funkcji: {feature}.',
    cause: 'Serwer jej nie oferuje albo konfiguracja linii jej nie wymaga.',
    remedy: 'Zapytaj administratora serwera SIP; stan agenta wymaga agent_state w konfiguracji linii.',
  },
  TL2012: {
    message: 'Serwer odmówił zmiany funkcji: {feature}.',
    cause: 'Odpowiedź: {status} {reason}.',
    remedy: 'Zapytaj administratora serwera SIP, czy ta linia może jej używać.',
  },
  TL2013: {
    message: 'Nie można w ten sposób przekierować połączeń.',
    cause: '{detail}',
    remedy: 'Podaj numer docelowy, user@host lub adres sip:, a dla połączeń bez odpowiedzi także czas w sekundach.',
  },
  TL3001: {
    message: '„{target}” nie jest numerem ani adresem, na który można zadzwonić.',
    cause: 'Cel to numer, user@host lub adres sip:, bez spacji.',
    remedy: 'Popraw numer i wybierz ponownie.',
  },
  TL3002: {
    message: 'Nie ma linii, z której można zadzwonić.',
    cause: 'Nie skonfigurowano żadnej linii albo linia {line} nie istnieje.',
    remedy: 'Skonfiguruj linię (kontener Basic w Softphone.config).',
  },
  TL3003: {
    message: 'Nie ma takiego połączenia.',
    cause: 'Połączenie {call} zakończyło się albo nigdy go nie było.',
    remedy: 'Sprawdź listę połączeń i wybierz jedno z nich.',
  },
  TL3004: {
    message: 'Jest kilka połączeń, a żadnego nie wybrano.',
    cause: 'Liczba połączeń, o które może chodzić: {count}.',
    remedy: 'Wskaż jedno z nich (--call ID).',
  },
  TL3005: {
    message: 'Nie można tego teraz zrobić z połączeniem.',
    cause: 'Stan połączenia: {state}; operacja: {command}; wymagany stan: {needed}.',
    remedy: 'Poczekaj, aż połączenie będzie w tym stanie.',
  },
  TL3006: {
    message: 'Zajęte: {target}.',
    cause: 'Odpowiedź drugiej strony: {status} {reason}.',
    remedy: 'Spróbuj ponownie później.',
  },
  TL3007: {
    message: 'Połączenie nieprzyjęte: {target}.',
    cause: 'Odpowiedź drugiej strony: {status} {reason}.',
    remedy: 'Spróbuj ponownie później albo skontaktuj się z tą osobą w inny sposób.',
  },
  TL3008: {
    message: 'Nie istnieje: {target}.',
    cause: 'Odpowiedź serwera: {status} {reason}.',
    remedy: 'Sprawdź numer.',
  },
  TL3009: {
    message: 'Brak odpowiedzi: {target}.',
    cause: 'Połączenie zakończyło się bez odpowiedzi ({status} {reason}).',
    remedy: 'Spróbuj ponownie później.',
  },
  TL3010: {
    message: 'Brak reakcji na połączenie: {target}.',
    cause: 'Ani serwer, ani druga strona nie odpowiedziały na INVITE w wymaganym czasie.',
    remedy: 'Sprawdź, czy linia jest zarejestrowana, a następnie spróbuj ponownie.',
  },
  TL3011: {
    message: 'Oba telefony nie mają wspólnego sposobu przesyłania dźwięku.',
    cause:
      'Żaden z oferowanych kodeków nie pasuje albo jedna strona wymaga szyfrowania, a druga go nie ma ({status} {reason}).',
    remedy:
      'Włącz kodek, który ma druga strona (PCMU, PCMA lub opus); jeśli to nie pomoże, poproś administratora o porównanie use_srtp po obu stronach.',
  },
  TL3012: {
    message: 'Utracono połączenie: {target}.',
    cause: '{detail}',
    remedy: 'Zadzwoń ponownie.',
  },
  TL3013: {
    message: 'Nie udało się zawiesić lub wznowić połączenia: {target}.',
    cause: 'Odpowiedź drugiej strony na re-INVITE: {status} {reason}.',
    remedy: 'Spróbuj ponownie; połączenie trwa bez zmian.',
  },
  TL3014: {
    message: '„{digits}” zawiera znaki, które nie są cyframi DTMF.',
    cause: 'Cyfry DTMF to 0–9, *, # oraz A–D.',
    remedy: 'Wysyłaj tylko te znaki.',
  },
  TL3015: {
    message: 'Połączenie było zbyt wiele razy przekierowywane: {target}.',
    cause: 'Więcej przekierowań niż {limit} albo przekierowanie z powrotem do celu, którego już próbowano.',
    remedy: 'Poproś administratora o sprawdzenie przekierowań tego numeru.',
  },
  TL3016: {
    message: 'Przekazanie na {target} nie udało się; połączenie wróciło.',
    cause: 'Odpowiedź celu: {status} {reason}.',
    remedy: 'Kontynuuj połączenie albo przekaż je komuś innemu.',
  },
  TL3017: {
    message: 'Druga strona nie pozwala się przekazać.',
    cause: 'Odpowiedź na REFER: {status} {reason}.',
    remedy: 'Kontynuuj połączenie; zapytaj administratora, czy serwer pozwala telefonom na przekazywanie.',
  },
  TL3018: {
    message: 'Nie można przekazać połączenia do niego samego.',
    cause: 'Oba podane połączenia to połączenie {call}.',
    remedy: 'Wybierz inne połączenie, z którym ma zostać połączone.',
  },
  TL3019: {
    message: 'Nie można użyć przycisku {appearance} linii współdzielonej.',
    cause: 'Odpowiedź serwera: {status} {reason}; może go używać inny telefon.',
    remedy: 'Wybierz inny przycisk albo żaden.',
  },
  TL3020: {
    message: 'Z tych połączeń nie można utworzyć konferencji.',
    cause: 'Konferencja łączy od 2 do {limit} odebranych połączeń; obecnie jest ich: {count}.',
    remedy: 'Odbierz jeszcze jedno połączenie albo zakończ jedno i spróbuj ponownie.',
  },
  TL3021: {
    message: 'Bez zestawu słuchawkowego nie można dzwonić ani odbierać połączeń.',
    cause: 'Konfiguracja wymaga zestawu słuchawkowego, a żaden z wymienionych w niej nie jest podłączony.',
    remedy:
      'Podłącz zestaw słuchawkowy; jeśli jest podłączony, poproś administratora o sprawdzenie jego nazwy w konfiguracji.',
  },
  TL4001: {
    message: 'Brak urządzenia: {kind}.',
    cause: '{detail}',
    remedy:
      'Podłącz zestaw słuchawkowy albo sprawdź, czy działa usługa dźwięku punktu końcowego; połączenia trwają w tym czasie bez tego kierunku.',
  },
  TL4002: {
    message: 'Na tym komputerze nie można odtwarzać ani nagrywać dźwięku.',
    cause: '{detail}',
    remedy:
      'Sprawdź, czy na punkcie końcowym działa usługa dźwięku; jeśli brakuje sterownika dźwięku, zainstaluj ponownie adapter punktu końcowego (w źródłach: „npm run build:audio”). Następnie uruchom ponownie adapter punktu końcowego.',
  },
  TL4003: {
    message: 'Brak wolnej pary portów dla dźwięku między {min} a {max}.',
    cause: 'Wszystkie są zajęte przez inne połączenia lub programy.',
    remedy: 'Zakończ połączenie albo poszerz zakres rtp_port_min i rtp_port_max.',
  },
  TL4004: {
    message: 'Część telefonu odpowiedzialna za dźwięk przestała działać.',
    cause: '{detail}',
    remedy: 'Uruchomi się ponownie sama; jeśli to się powtórzy, wyślij dziennik administratorowi.',
  },
  TL4005: {
    message: 'Nie można teraz wysłać cyfr.',
    cause: 'Druga strona nie przyjmuje DTMF (RFC 4733) albo połączenie nie wysyła w tej chwili dźwięku.',
    remedy: 'Wznów połączenie, jeśli jest zawieszone; w przeciwnym razie cyfry nie dotrą do drugiej strony.',
  },
  TL4006: {
    message: 'Nie udało się zabezpieczyć dźwięku połączenia.',
    cause: 'Oba telefony nie uzgodniły kluczy przez DTLS ({detail}).',
    remedy:
      'Zadzwoń ponownie; jeśli to się powtórzy, poproś administratora o porównanie use_srtp z wymaganiami serwera.',
  },
  TL4007: {
    message: 'Dźwięk połączenia nie znajduje drogi do drugiej strony.',
    cause: 'Żadna ze ścieżek znalezionych przez ICE nie działa albo przestała działać ({detail}).',
    remedy:
      'Zadzwoń ponownie; jeśli to się powtórzy, poproś administratora o sprawdzenie zapory oraz serwerów STUN i TURN.',
  },
  TL4008: {
    message: 'Od {seconds} s nic nie słychać z drugiej strony.',
    cause: 'Jej pakiety przestały docierać: blokuje je sieć lub zapora albo druga strona zniknęła.',
    remedy: 'Rozłącz się i zadzwoń ponownie; jeśli to się powtórzy, poproś o sprawdzenie sieci.',
  },
  TL4009: {
    message: 'Nie można odszyfrować odbieranego dźwięku.',
    cause: 'Druga strona zabezpiecza go innym kluczem niż uzgodniony.',
    remedy:
      'Zadzwoń ponownie; jeśli to się powtórzy, poproś administratora o sprawdzenie ustawień SRTP po obu stronach.',
  },
  TL4010: {
    message: 'Zła jakość połączenia: {target}.',
    cause:
      'Średnia ocena (MOS) wynosi {mos}, a poniżej {threshold} jakość uznaje się za złą: pakiety giną lub docierają zbyt długo.',
    remedy:
      'Użyj kabla zamiast sieci bezprzewodowej i zamknij inne programy obciążające sieć; jeśli zdarza się to często, poproś o sprawdzenie sieci.',
  },
  TL4011: {
    message: 'Twój mikrofon milczy.',
    cause:
      'Od pewnego czasu nie daje dźwięku: jest wyciszony na zestawie słuchawkowym lub w systemie albo używany jest inny.',
    remedy:
      'Sprawdź przełącznik wyciszenia zestawu słuchawkowego i to, który mikrofon jest wybrany; komunikat zniknie, gdy będzie Cię słychać.',
  },
  TL4012: {
    message: 'Nie słychać rozmówcy: {target}.',
    cause: 'Pakiety docierają, ale zawierają ciszę: mikrofon jest tam wyciszony albo nikt nie mówi.',
    remedy: 'Poproś o odezwanie się; jeśli nic nie słychać, zadzwoń ponownie.',
  },
  TL4013: {
    message: 'Nie dociera dźwięk od rozmówcy: {target}.',
    cause: 'Od pewnego czasu nie dotarł ani jeden pakiet: blokuje je sieć lub zapora albo druga strona ich nie wysyła.',
    remedy: 'Zadzwoń ponownie; jeśli to się powtórzy, poproś o sprawdzenie sieci i zapory.',
  },
  TL5001: {
    message: 'Nie można użyć konfiguracji {file}.',
    cause: '{detail}',
    remedy: 'Popraw plik i uruchom ponownie.',
  },
  TL5002: {
    message: 'Zakres portów {option} jest odwrócony.',
    cause: '{min} to więcej niż {max}.',
    remedy: 'Ustaw minimum mniejsze od maksimum.',
  },
  TL5003: {
    message: 'Telefon nie ma konfiguracji.',
    cause: 'Nie można odczytać Softphone.config w: {file}.',
    remedy: 'Podaj plik opcją --config FILE.',
  },
  TL5004: {
    message: '{file} już istnieje i pozostaje bez zmian.',
    cause: 'Nowy plik konfiguracji nigdy nie zastępuje innego.',
    remedy: 'Podaj inny plik albo przenieś istniejący.',
  },
  TL5005: {
    message: 'Nie można zapisać pliku {file}.',
    cause: '{detail}',
    remedy: 'Podaj plik w folderze, w którym masz prawo zapisu.',
  },
  TL5006: {
    message: 'Nie ma ustawienia „{option}”.',
    cause: 'Żadna opcja nie ma takiej ścieżki ani się nią nie zaczyna lub nie kończy.',
    remedy: 'Sprawdź w docs/configuration.md; „thinline config init” zapisuje plik ze wszystkimi ustawieniami.',
  },
  TL6001: {
    message: 'Nie można udostępnić panelu pod adresem {address}.',
    cause: 'Tego portu używa inny program, być może drugi Thinline.',
    remedy: 'Zakończ ten program albo wybierz inny port opcją --port.',
  },
  TL6002: {
    message: 'Thinline nie działa.',
    cause: 'Nic nie odpowiada pod adresem {address}.',
    remedy:
      'Uruchom go poleceniem „thinline” lub, gdy obie części są na jednym komputerze, „thinline --standalone” (w źródłach: „npm start”); na samym punkcie końcowym uruchom thinline-adapter.',
  },
  TL6003: {
    message: '{detail}',
    cause: 'Wiersz polecenia jest niezrozumiały.',
    remedy: 'Zobacz --help.',
  },
  TL6004: {
    message: 'Ta strona nie może sterować telefonem.',
    cause: 'Nie ma tokenu albo jest on przestarzały.',
    remedy:
      'Otwórz panel z menu programów lub poleceniem „thinline open”; na punkcie końcowym otwórz adres, który wypisuje „thinline-adapter ctl page”.',
  },
  TL6005: {
    message: 'Nie można użyć gniazda {path}.',
    cause: '{detail}',
    remedy: 'Zakończ drugi Thinline albo usuń przeszkodę i uruchom ponownie.',
  },
  TL6006: {
    message: 'Panel nie rozumie tego żądania.',
    cause: '{detail}',
    remedy:
      'Wczytaj stronę ponownie; jeśli to nie pomoże, strona i serwer mają różne wersje: uruchom Thinline ponownie.',
  },
  TL6007: {
    message: 'Inna strona nie może sterować telefonem.',
    cause: 'Żądanie przyszło z {host}, a nie z panelu tego Thinline.',
    remedy:
      'Otwórz adres, który Thinline wypisuje przy uruchomieniu (na punkcie końcowym: „thinline-adapter ctl page”), i nie używaj innej nazwy.',
  },
  TL6008: {
    message: 'Panel jest otwarty w zbyt wielu miejscach.',
    cause: 'Wszystkie połączenia do aktualizacji na żywo są zajęte.',
    remedy: 'Zamknij niektóre okna.',
  },
  TL6009: {
    message: 'Brakuje stron panelu.',
    cause: 'Nie zostały jeszcze zbudowane; sam telefon działa, podobnie jak „thinline ctl”.',
    remedy: 'Uruchom „npm run build:panel”, a następnie wczytaj tę stronę ponownie.',
  },
  TL6035: {
    message: 'Brakuje stron panelu.',
    cause:
      'Thinline został zaktualizowany po uruchomieniu albo zmieniono jego folder; sam telefon działa, podobnie jak „thinline ctl”.',
    remedy:
      'Wyloguj się z tego pulpitu i zaloguj ponownie. Jeśli to nie pomoże, trzeba ponownie zainstalować Thinline.',
  },
  TL6036: {
    message: 'Nie udało się otworzyć panelu w przeglądarce.',
    cause: '{detail}',
    remedy: 'Uruchom „thinline open --print” i w ciągu minuty otwórz wypisany adres w przeglądarce na tym pulpicie.',
  },
  TL6037: {
    message: 'Nie udało się uruchomić Thinline.',
    cause: 'Został właśnie uruchomiony i nie odpowiada.',
    remedy: 'Wyloguj się z tego pulpitu i zaloguj ponownie. Jeśli to nie pomoże, przyczyna jest w dzienniku.',
  },
  TL6010: {
    message: 'Panel utracił połączenie z Thinline.',
    cause: 'Nic nie odpowiada pod adresem {address}.',
    remedy: 'Poczekaj kilka sekund; jeśli to nie pomoże, otwórz panel z menu programów lub poleceniem „thinline open”.',
  },
  TL6012: {
    message: 'Nie można zapisywać dziennika w {path}; zapis trwa tutaj.',
    cause: '{detail}',
    remedy: 'Zwolnij tam miejsce lub nadaj dostęp albo podaj inny log_file.',
  },
  TL6013: {
    message: 'Dziennik nie jest zapisywany w {path}.',
    cause: 'W środowisku nie ma takiej zmiennej.',
    remedy: 'Ustaw ją albo podaj ścieżkę bez niej.',
  },
  TL6011: {
    message: 'Folder {path} nie może zawierać gniazd telefonu.',
    cause: 'Należy do innego użytkownika albo inni użytkownicy mają do niego dostęp.',
    remedy: 'Przejmij go na własność z trybem 0700 albo podaj inny w THINLINE_RUNTIME_DIR.',
  },
  TL9001: {
    message: 'Wystąpił błąd w Thinline.',
    cause: '{detail}',
    remedy: 'Zgłoś go, dołączając dziennik.',
  },
  TL6014: {
    message: 'Nie można udostępnić strony punktu końcowego pod adresem {address}.',
    cause: 'Tego portu używa inny program.',
    remedy: 'Zakończ ten program albo wybierz inny port opcją --page.',
  },
  TL6015: {
    message: 'Adapter punktu końcowego nie udostępnia strony.',
    cause: 'Uruchomiono go bez opcji --page.',
    remedy: 'Uruchom thinline-adapter z opcją --page PORT.',
  },
  TL6016: {
    message: 'Programy nie mogą tu sterować połączeniami.',
    cause: 'W konfiguracji policy.connector.call_control ma wartość 0.',
    remedy:
      'Ustaw policy.connector.call_control na 1 w Softphone.config i uruchom Thinline ponownie; tam, gdzie agenci mają pulpit agenta, pozostaw 0.',
  },
  TL6017: {
    message: 'Zbyt wiele programów śledzi ten telefon.',
    cause: 'Wszystkie połączenia do zdarzeń na żywo są zajęte (liczba: {count}).',
    remedy: 'Zakończ niektóre programy lub strony śledzące /phone/events.',
  },
  TL6018: {
    message: 'To łącze nie zawiera numeru, na który można zadzwonić.',
    cause: '{detail}',
    remedy: 'Wpisz numer w panelu.',
  },
  TL6019: {
    message: 'Tego telefonu używa inny pulpit agenta.',
    cause: 'Nadal otwarta jest sesja: {client}.',
    remedy: 'Wyloguj się tam albo poczekaj około minuty po jej zamknięciu, a następnie zaloguj się tutaj.',
  },
  TL6020: {
    message: 'Nie ma sesji pulpitu agenta.',
    cause: 'Nie została rozpoczęta albo się zakończyła: przy wylogowaniu lub po zbyt długim braku sygnału od pulpitu.',
    remedy: 'Rozpocznij ją przez POST /session albo zaloguj się ponownie do pulpitu.',
  },
  TL6021: {
    message: 'Pulpit agenta zażądał czegoś, czego telefon nie zna.',
    cause: 'Pod ścieżką {path} nic nie ma.',
    remedy: 'Sprawdź w docs/connector.md, co jest dostępne; jeśli pulpit tego potrzebuje, zgłoś to.',
  },
  TL6022: {
    message: 'Pulpit agenta nie odesłał pliku cookie swojej sesji.',
    cause: 'Przeglądarka odrzuca pliki cookie innych witryn albo żądanie wysyła drugi pulpit.',
    remedy: 'Ustaw policy.connector.enable_sessionid na 0 albo policy.connector.partitioned_cookies na 1.',
  },
  TL6023: {
    message: 'Łącznik pulpitów agentów jest nieosiągalny pod adresem {address}.',
    cause: 'Tego adresu używa inny program, być może drugi Thinline.',
    remedy:
      'Zakończ ten program albo wybierz inną wartość policy.connector.port; na komputerze z wieloma sesjami ustaw policy.connector.address na $user.',
  },
  TL6024: {
    message: 'Łącznik pulpitów agentów nie może nasłuchiwać pod adresem {address}.',
    cause: '{detail}',
    remedy:
      'Ustaw policy.connector.address na adres tego komputera od 127.0.0.1 do 127.255.255.254, ::1, localhost lub $user.',
  },
  TL6025: {
    message: 'Ta strona nie może używać telefonu.',
    cause: 'Jej źródło {origin} nie jest tu dozwolone albo telefonu używa inne.',
    remedy: 'Dodaj źródło do policy.connector.origins albo zamknij drugi pulpit agenta.',
  },
  TL6026: {
    message: 'Program innej osoby nie może używać tego telefonu.',
    cause: 'Połączenie pochodzi od innego użytkownika lub z innej sesji na tym komputerze.',
    remedy: 'Otwórz pulpit agenta w sesji, w której działa telefon.',
  },
  TL6027: {
    message: 'Pulpit agenta nie podał klucza tajnego łącznika.',
    cause: 'Opcja policy.connector.secret jest ustawiona, a żądanie zawiera inny klucz tajny albo nie ma żadnego.',
    remedy:
      'Wpisz klucz tajny w sipendpoint.uri pulpitu jako pierwszą część ścieżki albo wysyłaj go jako token Bearer.',
  },
  TL6028: {
    message: 'Pulpit agenta wysyła żądania zbyt często.',
    cause: '{origin} wysyła więcej żądań, niż telefon obsługuje.',
    remedy: 'Poczekaj chwilę; jeśli to nie pomoże, wczytaj ponownie stronę pulpitu agenta.',
  },
  TL6029: {
    message: 'Nie ma certyfikatu z odciskiem {thumbprint}.',
    cause: '{detail}',
    remedy: 'Popraw policy.connector.certificate_search_value albo umieść certyfikat tam, gdzie jest szukany.',
  },
  TL6030: {
    message: 'Nie udało się utworzyć certyfikatu dla łącznika.',
    cause: '{detail}',
    remedy: 'Utwórz go poleceniem „thinline certificate create --out FILE” i ustaw policy.connector.certificate.',
  },
  TL6031: {
    message: '{file} już istnieje.',
    cause: 'Używany certyfikat nie jest zastępowany.',
    remedy: 'Wybierz inny plik opcją --out albo przenieś istniejący.',
  },
  TL4014: {
    message: 'Nie ma urządzenia {device}.',
    cause: 'Zostało odłączone albo lista, z której je wybrano, jest nieaktualna.',
    remedy: 'Podłącz je albo wybierz jedno z listy.',
  },
  TL6033: {
    message: 'Nie można się tutaj zalogować.',
    cause: 'Ten telefon konfiguruje: {name}.',
    remedy: 'Używaj telefonu tak, jak jest, albo zapytaj administratora.',
  },
  TL6034: {
    message: 'Tymi danymi nie można się zalogować.',
    cause: '{detail}',
    remedy: 'Sprawdź użytkownika, serwer i transport, a następnie spróbuj ponownie.',
  },
  TL6032: {
    message: 'Nie można użyć certyfikatu łącznika.',
    cause: '{detail}',
    remedy: 'Popraw policy.connector.certificate albo utwórz certyfikat poleceniem „thinline certificate create”.',
  },
} satisfies Translation['failures'];

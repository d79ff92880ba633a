/** The failure catalogue in Spanish. */
import type { Translation } from '../say.ts';

export const failures = {
  TL1001: {
    message: 'No se puede establecer contacto con el teléfono.',
    cause: 'El adaptador del endpoint no se está ejecutando o se ha perdido la conexión con él ({detail}).',
    remedy:
      'Espere unos segundos; si el problema persiste, inicie thinline-adapter en el endpoint, o Thinline con --standalone.',
  },
  TL1002: {
    message: 'Las versiones de las dos partes de Thinline no son compatibles.',
    cause: 'La aplicación usa el protocolo {app}; el adaptador del endpoint, el {endpoint}.',
    remedy: 'Actualice la más antigua de las dos.',
  },
  TL1003: {
    message: 'Este teléfono lo está usando {user}.',
    cause: 'Otra sesión de la aplicación ocupa el endpoint y tiene una llamada.',
    remedy: 'Espere a que termine la llamada o cierre la otra sesión.',
  },
  TL1004: {
    message: 'El teléfono se está usando ahora desde otro lugar.',
    cause: 'Se ha conectado una sesión más reciente de la aplicación desde {host}.',
    remedy:
      'Cierre una de las dos. Para usar el teléfono aquí, pulse “Usar el teléfono aquí” o ejecute “thinline ctl register”.',
  },
  TL1005: {
    message: 'El endpoint no reconoce este comando.',
    cause: 'La aplicación es más reciente que el adaptador del endpoint, o el comando no está bien formado.',
    remedy: 'Actualice el adaptador del endpoint.',
  },
  TL1006: {
    message: 'No se sabe si la acción llegó a realizarse.',
    cause: 'Se perdió la conexión con el teléfono antes de que respondiera.',
    remedy: 'Compruebe las llamadas y, si la acción no se realizó, repítala.',
  },
  TL1007: {
    message: 'La acción no se realizó, porque ahora el teléfono es otro.',
    cause: 'Mientras no había conexión se reinició el adaptador del endpoint, o usted pasó a otro endpoint.',
    remedy: 'Compruebe las llamadas y repita la acción.',
  },
  TL1008: {
    message: 'Este adaptador del endpoint no ofrece la función solicitada: {feature}.',
    cause: 'Su versión es {version}; la función requiere {needed} o posterior.',
    remedy: 'Actualice el adaptador del endpoint.',
  },
  TL1009: {
    message: 'El adaptador del endpoint es más antiguo de lo que debería.',
    cause: 'Su versión es {version}; policy.link.min_adapter exige {needed}.',
    remedy: 'Actualice el adaptador del endpoint; mientras tanto se sigue usando.',
  },
  TL1010: {
    message: 'Aquí las llamadas solo se muestran: el adaptador del endpoint es demasiado antiguo para usarlo.',
    cause: 'Su versión es {version}; policy.link.min_adapter exige {needed}.',
    remedy: 'Actualice el adaptador del endpoint.',
  },
  TL1011: {
    message: 'No puede atender llamadas: el adaptador del endpoint es demasiado antiguo.',
    cause: 'Su versión es {version}; policy.link.min_adapter exige {needed}.',
    remedy: 'Actualice el adaptador del endpoint.',
  },
  TL1012: {
    message: 'No puede atender llamadas: no hay ningún teléfono en su puesto.',
    cause: 'Ningún adaptador del endpoint responde a través de {channel}. {detail}',
    remedy:
      'Inicie thinline-adapter en el equipo de su puesto; si no dispone de él, policy.link.fallback puede permitir el audio en el escritorio virtual.',
  },
  TL1013: {
    message: 'El audio está en el escritorio virtual y puede oírse peor que en su puesto.',
    cause: 'No se puede usar el adaptador del endpoint en el equipo de su puesto: {detail}',
    remedy: 'Inicie o actualice allí thinline-adapter; se usará en cuanto no haya ninguna llamada en curso.',
  },
  TL1014: {
    message: 'Sigue teniendo una llamada en {host}; este teléfono espera a que termine.',
    cause: 'Una llamada permanece donde está su audio, y policy.link.roaming es after_calls.',
    remedy: 'Termine allí la llamada; después, registre el teléfono aquí (“thinline ctl register”).',
  },
  TL1020: {
    message: 'Este escritorio virtual no abre el canal virtual hacia el teléfono.',
    cause:
      '{detail}. El cliente de acceso remoto no tiene el complemento de Thinline, o una lista de canales permitidos de este escritorio mantiene cerrado el canal. {allowList}',
    remedy:
      'Instale en el endpoint el complemento para el cliente de acceso remoto e inicie allí thinline-adapter; si los canales requieren permiso, pida al administrador que añada las líneas anteriores.',
  },
  TL1021: {
    message: 'El canal virtual hacia el teléfono no responde.',
    cause: 'El componente {name} de este escritorio no responde desde hace {seconds} s.',
    remedy: 'Espere unos segundos; si el problema persiste, desconéctese del escritorio y vuelva a conectarse.',
  },
  TL1022: {
    message: 'Este escritorio no dispone de canales virtuales del tipo “{name}”.',
    cause: '{detail}',
    remedy: 'Instale aquí el agente de ese producto de escritorio o elija otro valor para policy.link.channel.',
  },
  TL1023: {
    message: 'La conexión con el teléfono por TLS no está configurada.',
    cause: 'Falta o no se puede usar: {option}.',
    remedy:
      'Configure policy.link.endpoint (host:puerto), policy.link.certificate (un archivo PEM con la cadena y la clave privada) y policy.link.authorities (un archivo PEM), o elija otro valor para policy.link.channel.',
  },
  TL1024: {
    message: 'No se pueden usar los certificados para la conexión con el teléfono.',
    cause: '{detail}.',
    remedy: 'Corrija el archivo, o bien policy.link.certificate y policy.link.authorities, que lo indican.',
  },
  TL1025: {
    message: 'No se puede establecer contacto con el teléfono en {host}:{port}.',
    cause: 'No hay conexión TLS: {detail}.',
    remedy:
      'Compruebe policy.link.endpoint, que thinline-adapter se ejecute allí con --tls y que ningún firewall lo impida.',
  },
  TL1026: {
    message: 'No se acepta el certificado del teléfono en {host}:{port}.',
    cause: 'Problema del certificado: {detail}.',
    remedy: 'Pida al administrador que corrija --tls-certificate en el endpoint o policy.link.authorities aquí.',
  },
  TL1027: {
    message: 'El certificado del teléfono en {host}:{port} pertenece a otro host.',
    cause: 'No contiene el nombre “{host}”.',
    remedy: 'Corrija el host en policy.link.endpoint o emita para el endpoint un certificado con ese nombre.',
  },
  TL1028: {
    message: 'El teléfono en {host}:{port} no acepta nuestro certificado.',
    cause:
      'El certificado indicado en policy.link.certificate no está firmado por las autoridades de su --tls-authorities, o ha caducado.',
    remedy:
      'Pida al administrador que emita para este usuario un certificado de una autoridad en la que confíe el endpoint.',
  },
  TL1029: {
    message: 'Nadie puede conectarse por TLS en {host}:{port}.',
    cause: 'El sistema no permite escuchar en esa dirección: {detail}.',
    remedy: 'Cierre el programa que usa ese puerto o elija otra dirección con --tls.',
  },
  TL1030: {
    message: 'No se pueden usar los certificados para --tls.',
    cause: '{detail}.',
    remedy: 'Corrija los archivos indicados en --tls-certificate y --tls-authorities.',
  },
  TL2001: {
    message: 'El servidor {server} rechazó la contraseña de {user}.',
    cause: 'El nombre de usuario o la contraseña no son correctos (SIP {status}).',
    remedy:
      'Corrija el usuario y la contraseña y vuelva a registrar la línea; el teléfono no reintenta por sí solo, para no bloquear la cuenta.',
  },
  TL2002: {
    message: 'El servidor {server} no responde.',
    cause:
      'Está apagado, no es accesible desde aquí, o la dirección, el puerto o el transporte ({transport}) no son correctos: {detail}.',
    remedy: 'Compruebe el servidor y el protocolo en la configuración, y si un firewall deja pasar el tráfico.',
  },
  TL2003: {
    message: 'No se puede resolver el nombre del servidor {server}.',
    cause: 'El DNS no lo conoce: {detail}.',
    remedy: 'Compruebe cómo está escrito el servidor en la configuración y los ajustes de DNS del endpoint.',
  },
  TL2004: {
    message: 'El servidor {server} rechazó el registro de {user}.',
    cause: 'Respondió {status} {reason}.',
    remedy: 'Pregunte al administrador del servidor SIP si este usuario existe y puede registrarse.',
  },
  TL2005: {
    message: 'No hay ningún puerto libre para SIP entre {min} y {max}.',
    cause: 'Otros programas, quizá un segundo softphone, los ocupan todos.',
    remedy: 'Cierre el otro programa o amplíe sip_port_min y sip_port_max.',
  },
  TL2006: {
    message: 'No hay conexión segura con el servidor {server}.',
    cause: 'No se pudo acordar TLS: {detail}.',
    remedy:
      'Compruebe el nombre del servidor en la configuración y que su certificado lo contenga y esté vigente; si el endpoint no conoce la autoridad que lo firmó, indíquela en system.security.authorities.',
  },
  TL2007: {
    message: 'No se puede usar el archivo de certificado {file}.',
    cause: '{detail}',
    remedy:
      'Corrija system.security.certificate (un archivo PEM en el endpoint con nuestro certificado, su cadena y su clave privada) o system.security.authorities (un archivo PEM con las autoridades de confianza).',
  },
  TL2008: {
    message: 'El centro de contacto no cambió el estado del agente.',
    cause: '{detail}',
    remedy:
      'Compruebe el ID de agente y la contraseña, y pregunte a un supervisor si este agente puede usar ese estado.',
  },
  TL2009: {
    message: 'El centro de contacto no ha confirmado el estado del agente.',
    cause: 'El servidor no respondió a tiempo; algunos no responden cuando la contraseña es incorrecta.',
    remedy: 'Compruebe el ID de agente y la contraseña, e inténtelo de nuevo.',
  },
  TL2010: {
    message: 'No hay ningún agente con la sesión iniciada.',
    cause: 'Cualquier otro estado requiere un agente y no se ha indicado ningún ID de agente.',
    remedy: 'Inicie sesión primero con un ID de agente.',
  },
  TL2011: {
    message: 'Esta línea no ofrece la función solicitada: {feature}.',
    cause: 'Su servidor no la ofrece, o la configuración de la línea no la solicita.',
    remedy:
      'Pregunte al administrador del servidor SIP; el estado de agente requiere agent_state en la configuración de la línea.',
  },
  TL2012: {
    message: 'El servidor rechazó el cambio de esta función: {feature}.',
    cause: 'Respondió {status} {reason}.',
    remedy: 'Pregunte al administrador del servidor SIP si esta línea puede usarla.',
  },
  TL2013: {
    message: 'Las llamadas no se pueden desviar así.',
    cause: '{detail}',
    remedy:
      'Indique como destino un número, usuario@host o una dirección sip: y, para las llamadas sin respuesta, un tiempo en segundos.',
  },
  TL3001: {
    message: '“{target}” no es un número ni una dirección a los que se pueda llamar.',
    cause: 'Un destino es un número, usuario@host o una dirección sip:, sin espacios.',
    remedy: 'Corrija el número y vuelva a marcar.',
  },
  TL3002: {
    message: 'No hay ninguna línea desde la que llamar.',
    cause: 'No hay ninguna línea configurada, o la línea {line} no existe.',
    remedy: 'Configure una línea (contenedor Basic de Softphone.config).',
  },
  TL3003: {
    message: 'No existe esa llamada.',
    cause: 'La llamada {call} ha terminado o nunca existió.',
    remedy: 'Consulte la lista de llamadas y elija una de ellas.',
  },
  TL3004: {
    message: 'Hay varias llamadas y no se ha elegido ninguna.',
    cause: 'Número de llamadas posibles: {count}.',
    remedy: 'Indique cuál (--call ID).',
  },
  TL3005: {
    message: 'Ahora no se puede hacer esto con la llamada.',
    cause: 'Estado de la llamada: “{state}”. Estado necesario para “{command}”: “{needed}”.',
    remedy: 'Espere a que la llamada esté en ese estado.',
  },
  TL3006: {
    message: 'La línea de {target} está ocupada.',
    cause: 'El otro extremo respondió {status} {reason}.',
    remedy: 'Inténtelo de nuevo más tarde.',
  },
  TL3007: {
    message: '{target} no aceptó la llamada.',
    cause: 'El otro extremo respondió {status} {reason}.',
    remedy: 'Inténtelo más tarde o contacte con la persona de otra forma.',
  },
  TL3008: {
    message: 'El destino {target} no existe.',
    cause: 'El servidor respondió {status} {reason}.',
    remedy: 'Compruebe el número.',
  },
  TL3009: {
    message: '{target} no contestó.',
    cause: 'La llamada terminó sin respuesta ({status} {reason}).',
    remedy: 'Inténtelo de nuevo más tarde.',
  },
  TL3010: {
    message: 'La llamada a {target} no obtuvo respuesta.',
    cause: 'Ni el servidor ni el otro extremo respondieron a tiempo al INVITE.',
    remedy: 'Compruebe que la línea esté registrada e inténtelo de nuevo.',
  },
  TL3011: {
    message: 'Los dos teléfonos no tienen ningún formato de audio en común.',
    cause:
      'Ningún códec de la oferta es válido, o uno de los dos exige cifrado y el otro no lo tiene ({status} {reason}).',
    remedy:
      'Active un códec que tenga el otro extremo (PCMU, PCMA u opus); si no, pida al administrador que compare use_srtp en ambos lados.',
  },
  TL3012: {
    message: 'Se perdió la llamada con {target}.',
    cause: '{detail}',
    remedy: 'Vuelva a llamar.',
  },
  TL3013: {
    message: 'La llamada con {target} no se pudo poner en espera o reanudar.',
    cause: 'El otro extremo respondió al re-INVITE con {status} {reason}.',
    remedy: 'Inténtelo de nuevo; la llamada continúa como estaba.',
  },
  TL3014: {
    message: '“{digits}” contiene caracteres que no son dígitos DTMF.',
    cause: 'DTMF admite 0-9, *, # y A-D.',
    remedy: 'Envíe solo esos caracteres.',
  },
  TL3015: {
    message: 'La llamada a {target} se desvió demasiadas veces.',
    cause: 'Hubo más de {limit} redirecciones, o una de vuelta a un destino ya probado.',
    remedy: 'Pida al administrador que revise el desvío de ese número.',
  },
  TL3016: {
    message: 'No se pudo transferir la llamada a {target}; la llamada ha vuelto.',
    cause: 'El destino respondió {status} {reason}.',
    remedy: 'Continúe con la llamada o transfiérala a otra persona.',
  },
  TL3017: {
    message: 'El otro extremo no permite que se le transfiera.',
    cause: 'Respondió al REFER con {status} {reason}.',
    remedy:
      'Continúe con la llamada como estaba; pregunte al administrador si su servidor permite transferencias desde teléfonos.',
  },
  TL3018: {
    message: 'Una llamada no se puede transferir a sí misma.',
    cause: 'Las dos llamadas indicadas son la misma: {call}.',
    remedy: 'Elija otra llamada con la que unirla.',
  },
  TL3019: {
    message: 'No se puede usar la posición {appearance} de la línea compartida.',
    cause: 'El servidor respondió {status} {reason}; puede que la tenga otro teléfono.',
    remedy: 'Elija otra posición, o ninguna.',
  },
  TL3020: {
    message: 'No se puede formar una conferencia con estas llamadas.',
    cause: 'Una conferencia une de 2 a {limit} llamadas contestadas; ahora hay {count}.',
    remedy: 'Conteste otra llamada o termine una, e inténtelo de nuevo.',
  },
  TL3021: {
    message: 'No se pueden hacer ni atender llamadas sin auriculares.',
    cause: 'La configuración exige unos auriculares y no está conectado ninguno de los que indica.',
    remedy: 'Conecte los auriculares; si ya lo están, pida al administrador que revise su nombre en la configuración.',
  },
  TL4001: {
    message: 'No se encuentra el dispositivo de audio necesario: {kind}.',
    cause: '{detail}',
    remedy:
      'Conecte unos auriculares o compruebe que el servicio de sonido del endpoint se esté ejecutando; mientras tanto, las llamadas continúan sin audio en ese sentido.',
  },
  TL4002: {
    message: 'En este equipo no se puede reproducir ni grabar audio.',
    cause: '{detail}',
    remedy:
      'Compruebe que en el endpoint se ejecute un servicio de sonido; si falta el controlador de sonido, vuelva a instalar el adaptador del endpoint (en el código fuente: “npm run build:audio”). Después, reinicie el adaptador del endpoint.',
  },
  TL4003: {
    message: 'No hay ningún par de puertos libres para audio entre {min} y {max}.',
    cause: 'Otras llamadas o programas los ocupan todos.',
    remedy: 'Termine una llamada o amplíe rtp_port_min y rtp_port_max.',
  },
  TL4004: {
    message: 'El componente de audio del teléfono se detuvo.',
    cause: '{detail}',
    remedy: 'Se reinicia por sí solo; si vuelve a ocurrir, envíe el registro de eventos a su administrador.',
  },
  TL4005: {
    message: 'Ahora no se pueden enviar los dígitos.',
    cause: 'El otro extremo no admite DTMF (RFC 4733), o la llamada no está enviando audio en este momento.',
    remedy: 'Reanude la llamada si está en espera; si no, no es posible enviar dígitos al otro extremo.',
  },
  TL4006: {
    message: 'No se pudo proteger el audio de la llamada.',
    cause: 'Los dos teléfonos no acordaron las claves por DTLS ({detail}).',
    remedy:
      'Vuelva a llamar; si ocurre de nuevo, pida al administrador que compare use_srtp aquí con lo que exige el servidor.',
  },
  TL4007: {
    message: 'El audio de la llamada no encuentra una ruta hasta el otro extremo.',
    cause: 'Ninguna ruta de las que encontró ICE funciona, o ha dejado de funcionar ({detail}).',
    remedy:
      'Vuelva a llamar; si ocurre de nuevo, pida al administrador que revise el firewall y los servidores STUN y TURN.',
  },
  TL4008: {
    message: 'No se oye nada del otro extremo desde hace {seconds} s.',
    cause: 'Sus paquetes ya no llegan: lo impide la red o un firewall, o el otro extremo ya no está.',
    remedy: 'Cuelgue y vuelva a llamar; si ocurre de nuevo, haga revisar la red.',
  },
  TL4009: {
    message: 'No se puede descifrar el audio que llega.',
    cause: 'El otro extremo lo protege con una clave distinta de la acordada.',
    remedy: 'Vuelva a llamar; si ocurre de nuevo, pida al administrador que revise los ajustes de SRTP de ambos lados.',
  },
  TL4010: {
    message: 'La llamada con {target} se oye mal.',
    cause:
      'Su puntuación de calidad (MOS) es {mos}; por debajo de {threshold} se considera mala: se pierden paquetes o tardan demasiado.',
    remedy:
      'Use un cable en lugar de una red inalámbrica y cierre lo que cargue la red; si ocurre a menudo, haga revisar la red.',
  },
  TL4011: {
    message: 'Su micrófono está en silencio.',
    cause:
      'Desde hace un rato no llega sonido de él: está silenciado en los auriculares o en el sistema, o se usa otro.',
    remedy:
      'Compruebe el botón de silencio de los auriculares y qué micrófono está elegido; este aviso desaparece en cuanto se le oiga.',
  },
  TL4012: {
    message: 'No se oye a {target}.',
    cause: 'Llegan paquetes de allí, pero solo contienen silencio: el micrófono está silenciado o nadie habla.',
    remedy: 'Pida que digan algo; si no se oye nada, vuelva a llamar.',
  },
  TL4013: {
    message: 'No llega audio de {target}.',
    cause:
      'Desde hace un rato no ha llegado ni un solo paquete: lo impide la red o un firewall, o el otro extremo no envía audio.',
    remedy: 'Vuelva a llamar; si ocurre de nuevo, haga revisar la red y el firewall.',
  },
  TL4014: {
    message: 'El dispositivo {device} no está disponible.',
    cause: 'Se desconectó, o la lista de la que se eligió no está actualizada.',
    remedy: 'Conéctelo o elija uno de la lista.',
  },
  TL5001: {
    message: 'No se puede usar la configuración {file}.',
    cause: '{detail}',
    remedy: 'Corrija el archivo y reinicie.',
  },
  TL5002: {
    message: 'El intervalo de puertos {option} está invertido.',
    cause: '{min} es mayor que {max}.',
    remedy: 'Haga que el mínimo sea el menor de los dos.',
  },
  TL5003: {
    message: 'El teléfono no tiene configuración.',
    cause: 'No se puede leer ningún Softphone.config en {file}.',
    remedy: 'Indique uno con --config FILE.',
  },
  TL5004: {
    message: 'El archivo {file} ya existe y no se modifica.',
    cause: 'Un archivo de configuración nuevo nunca sustituye a otro.',
    remedy: 'Indique otro archivo o mueva el existente.',
  },
  TL5005: {
    message: 'No se puede escribir el archivo {file}.',
    cause: '{detail}',
    remedy: 'Indique un archivo en una carpeta en la que pueda escribir.',
  },
  TL5006: {
    message: 'No existe la opción “{option}”.',
    cause: 'Ninguna opción tiene esa ruta, ni empieza o termina por ella.',
    remedy: 'Búsquela en docs/configuration.md; “thinline config init” escribe un archivo con todas.',
  },
  TL6001: {
    message: 'No se puede ofrecer el panel en {address}.',
    cause: 'Otro programa, quizá un segundo Thinline, usa ese puerto.',
    remedy: 'Cierre el otro programa o elija otro puerto con --port.',
  },
  TL6002: {
    message: 'Thinline no se está ejecutando.',
    cause: 'Nadie responde en {address}.',
    remedy:
      'Inícielo con “thinline” o, si las dos partes están en el mismo equipo, con “thinline --standalone” (en el código fuente: “npm start”); en un equipo que solo sea endpoint, inicie thinline-adapter.',
  },
  TL6003: {
    message: '{detail}',
    cause: 'No se entiende la línea de comandos.',
    remedy: 'Consulte --help.',
  },
  TL6004: {
    message: 'Esta página no puede controlar el teléfono.',
    cause: 'No tiene token, o tiene uno antiguo.',
    remedy:
      'Abra el panel desde el menú de programas o con “thinline open”; en el endpoint, abra la dirección que muestra “thinline-adapter ctl page”.',
  },
  TL6005: {
    message: 'No se puede usar el socket {path}.',
    cause: '{detail}',
    remedy: 'Cierre el otro Thinline o mueva lo que lo impide, y reinicie.',
  },
  TL6006: {
    message: 'El panel no entiende esta solicitud.',
    cause: '{detail}',
    remedy:
      'Vuelva a cargar la página; si el problema persiste, la página y el servidor son de versiones distintas: reinicie Thinline.',
  },
  TL6007: {
    message: 'Otra página no puede controlar el teléfono.',
    cause: 'La solicitud llegó de {host}, que no es el panel de este Thinline.',
    remedy:
      'Abra la dirección que Thinline muestra al iniciarse (en el endpoint: “thinline-adapter ctl page”) y no la escriba de otra forma.',
  },
  TL6008: {
    message: 'El panel está abierto en demasiados lugares.',
    cause: 'Todas las conexiones para actualizaciones en tiempo real están en uso.',
    remedy: 'Cierre algunas de las ventanas.',
  },
  TL6009: {
    message: 'Faltan las páginas del panel.',
    cause: 'Todavía no se han compilado; el teléfono funciona, y también “thinline ctl”.',
    remedy: 'Ejecute “npm run build:panel” y vuelva a cargar esta página.',
  },
  TL6035: {
    message: 'Faltan las páginas del panel.',
    cause:
      'Thinline se ha actualizado después de iniciarse, o su carpeta ha cambiado; el teléfono funciona, y también “thinline ctl”.',
    remedy:
      'Cierre la sesión de este escritorio y vuelva a iniciarla. Si eso no ayuda, hay que volver a instalar Thinline.',
  },
  TL6036: {
    message: 'No se ha podido abrir el panel en un navegador.',
    cause: '{detail}',
    remedy:
      'Ejecute “thinline open --print” y abra la dirección que muestra en un navegador de este escritorio antes de que pase un minuto.',
  },
  TL6037: {
    message: 'No se ha podido iniciar Thinline.',
    cause: 'Se acaba de iniciar y no responde.',
    remedy: 'Cierre la sesión de este escritorio y vuelva a iniciarla. Si eso no ayuda, el motivo está en su registro.',
  },
  TL6010: {
    message: 'El panel ha perdido la conexión con Thinline.',
    cause: 'Nadie responde en {address}.',
    remedy:
      'Espere unos segundos; si el problema persiste, abra el panel desde el menú de programas o con “thinline open”.',
  },
  TL6011: {
    message: 'La carpeta {path} no puede contener los sockets del teléfono.',
    cause: 'Pertenece a otro usuario, u otros usuarios pueden entrar en ella.',
    remedy: 'Hágala suya con el modo 0700 o indique otra en THINLINE_RUNTIME_DIR.',
  },
  TL6012: {
    message: 'El registro de eventos no se puede escribir en {path} y continúa aquí.',
    cause: '{detail}',
    remedy: 'Libere espacio o dé acceso allí, o indique otro log_file.',
  },
  TL6013: {
    message: 'El registro de eventos no se escribe en {path}.',
    cause: 'El entorno no tiene esa variable.',
    remedy: 'Defínala o escriba una ruta sin ella.',
  },
  TL6014: {
    message: 'No se puede ofrecer la página del endpoint en {address}.',
    cause: 'Otro programa usa ese puerto.',
    remedy: 'Cierre el otro programa o elija otro puerto con --page.',
  },
  TL6015: {
    message: 'El adaptador del endpoint no ofrece ninguna página.',
    cause: 'Se inició sin --page.',
    remedy: 'Inicie thinline-adapter con --page PORT.',
  },
  TL6016: {
    message: 'Aquí los programas no pueden controlar llamadas.',
    cause: 'policy.connector.call_control es 0 en la configuración.',
    remedy:
      'Establezca policy.connector.call_control en 1 en Softphone.config y reinicie Thinline; si los agentes tienen un escritorio de agente, déjelo en 0.',
  },
  TL6017: {
    message: 'Demasiados programas siguen este teléfono.',
    cause: 'Las {count} conexiones para eventos en tiempo real están en uso.',
    remedy: 'Cierre algunos de los programas o páginas que siguen /phone/events.',
  },
  TL6018: {
    message: 'Este enlace no contiene un número al que se pueda llamar.',
    cause: '{detail}',
    remedy: 'Escriba el número en el panel.',
  },
  TL6019: {
    message: 'Otro escritorio de agente usa este teléfono.',
    cause: 'Todavía hay abierta una sesión de {client}.',
    remedy: 'Cierre allí la sesión o espere alrededor de un minuto desde que se cerró; después, inicie sesión aquí.',
  },
  TL6020: {
    message: 'No hay ninguna sesión de un escritorio de agente.',
    cause:
      'No llegó a iniciarse o ha terminado: al cerrar sesión, o porque el escritorio llevaba demasiado tiempo sin dar señales.',
    remedy: 'Inicie una con POST /session o vuelva a iniciar sesión en el escritorio de agente.',
  },
  TL6021: {
    message: 'El escritorio de agente pidió algo que el teléfono no conoce.',
    cause: 'No hay nada en {path}.',
    remedy: 'Consulte en docs/connector.md lo que existe; si el escritorio de agente lo necesita, notifíquelo.',
  },
  TL6022: {
    message: 'El escritorio de agente no devolvió la cookie de su sesión.',
    cause: 'El navegador rechaza las cookies de otros sitios, o la solicitud es de un segundo escritorio de agente.',
    remedy: 'Establezca policy.connector.enable_sessionid en 0 o policy.connector.partitioned_cookies en 1.',
  },
  TL6023: {
    message: 'El conector para escritorios de agente no se puede ofrecer en {address}.',
    cause: 'Otro programa, quizá un segundo Thinline, usa esa dirección.',
    remedy:
      'Cierre el otro programa o elija otro valor para policy.connector.port; en un host con muchas sesiones, establezca policy.connector.address en $user.',
  },
  TL6024: {
    message: 'El conector para escritorios de agente no puede escuchar en {address}.',
    cause: '{detail}',
    remedy:
      'Establezca policy.connector.address en una dirección de este equipo entre 127.0.0.1 y 127.255.255.254, ::1, localhost o $user.',
  },
  TL6025: {
    message: 'Esta página no puede usar el teléfono.',
    cause: 'Su origen {origin} no está permitido aquí, o el teléfono lo tiene otra página.',
    remedy: 'Añada el origen a policy.connector.origins o cierre el otro escritorio de agente.',
  },
  TL6026: {
    message: 'El programa de otra persona no puede usar este teléfono.',
    cause: 'La conexión es de otro usuario o de otra sesión de este equipo.',
    remedy: 'Abra el escritorio de agente en la sesión en la que se ejecuta el teléfono.',
  },
  TL6027: {
    message: 'El escritorio de agente no ha presentado el secreto del conector.',
    cause: 'policy.connector.secret está definido, y la solicitud lleva otro o ninguno.',
    remedy:
      'Ponga el secreto en el sipendpoint.uri del escritorio de agente como primera parte de la ruta, o envíelo como token Bearer.',
  },
  TL6028: {
    message: 'El escritorio de agente envía solicitudes con demasiada frecuencia.',
    cause: '{origin} envía más solicitudes de las que el teléfono responde.',
    remedy: 'Espere un momento; si el problema persiste, vuelva a cargar la página del escritorio de agente.',
  },
  TL6029: {
    message: 'No hay ningún certificado con la huella digital {thumbprint}.',
    cause: '{detail}',
    remedy: 'Corrija policy.connector.certificate_search_value o coloque el certificado donde se busca.',
  },
  TL6030: {
    message: 'No se pudo crear un certificado para el conector.',
    cause: '{detail}',
    remedy: 'Cree uno con “thinline certificate create --out FILE” y configure policy.connector.certificate.',
  },
  TL6031: {
    message: 'El archivo {file} ya existe.',
    cause: 'Un certificado en uso no se sobrescribe.',
    remedy: 'Elija otro archivo con --out o mueva el existente.',
  },
  TL6032: {
    message: 'No se puede usar el certificado del conector.',
    cause: '{detail}',
    remedy: 'Corrija policy.connector.certificate o cree uno con “thinline certificate create”.',
  },
  TL6033: {
    message: 'Aquí no puede iniciar sesión.',
    cause: 'Este teléfono recibe su configuración de otra fuente: {name}.',
    remedy: 'Use el teléfono tal como está o pregunte a su administrador.',
  },
  TL6034: {
    message: 'No se puede iniciar sesión con esos datos.',
    cause: '{detail}',
    remedy: 'Revise el usuario, el servidor y el transporte, e inténtelo de nuevo.',
  },
  TL9001: {
    message: 'Se produjo un error interno en Thinline.',
    cause: '{detail}',
    remedy: 'Notifíquelo, por favor, y adjunte el registro de eventos.',
  },
} satisfies Translation['failures'];

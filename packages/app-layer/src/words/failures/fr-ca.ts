import type { Translation } from '../say.ts';

export const failures = {
  TL1001: {
    message: 'Le téléphone est injoignable.',
    cause: 'L’adaptateur du terminal ne fonctionne pas, ou la liaison avec lui est perdue ({detail}).',
    remedy:
      'Patientez quelques secondes; si cela persiste, démarrez thinline-adapter sur le terminal, ou Thinline avec --standalone.',
  },
  TL1002: {
    message: 'Les versions des deux moitiés de Thinline sont trop éloignées.',
    cause: 'La couche applicative parle le protocole {app}, l’adaptateur du terminal le protocole {endpoint}.',
    remedy: 'Mettez à jour la plus ancienne des deux.',
  },
  TL1003: {
    message: 'Ce téléphone est déjà utilisé par {user}.',
    cause: 'Une autre session de l’application occupe le terminal, et elle a un appel.',
    remedy: 'Attendez la fin de l’appel, ou fermez l’autre session.',
  },
  TL1004: {
    message: 'Le téléphone est maintenant utilisé depuis un autre endroit.',
    cause: 'Une session plus récente de l’application s’est connectée depuis : {host}.',
    remedy:
      'Fermez l’une des deux. Pour utiliser le téléphone ici, appuyez sur « Utiliser le téléphone ici » ou exécutez « thinline ctl register ».',
  },
  TL1005: {
    message: 'Le terminal ne connaît pas cette commande.',
    cause: 'La couche applicative est plus récente que l’adaptateur du terminal, ou la commande est mal formée.',
    remedy: 'Mettez à jour l’adaptateur du terminal.',
  },
  TL1006: {
    message: 'On ne sait pas si cela a été fait.',
    cause: 'La liaison avec le téléphone a été perdue avant sa réponse.',
    remedy: 'Regardez les appels, et recommencez si cela n’a pas été fait.',
  },
  TL1007: {
    message: 'Cela n’a pas été fait, car le téléphone n’est plus le même.',
    cause: 'Pendant la perte de la liaison, l’adaptateur du terminal a été redémarré, ou vous avez changé de terminal.',
    remedy: 'Regardez les appels, et recommencez.',
  },
  TL1008: {
    message: 'Cet adaptateur du terminal n’a pas cette fonction : {feature}.',
    cause: 'Il est en version {version}; il faut la version {needed} ou une version ultérieure.',
    remedy: 'Mettez à jour l’adaptateur du terminal.',
  },
  TL1009: {
    message: 'L’adaptateur du terminal est plus ancien qu’il ne devrait.',
    cause: 'Il est en version {version}, et policy.link.min_adapter demande la version {needed}.',
    remedy: 'Mettez à jour l’adaptateur du terminal; il est utilisé en attendant.',
  },
  TL1010: {
    message: 'Les appels sont seulement affichés ici : l’adaptateur du terminal est trop ancien pour être utilisé.',
    cause: 'Il est en version {version}, et policy.link.min_adapter demande la version {needed}.',
    remedy: 'Mettez à jour l’adaptateur du terminal.',
  },
  TL1011: {
    message: 'Vous ne pouvez pas prendre d’appels : l’adaptateur du terminal est trop ancien.',
    cause: 'Il est en version {version}, et policy.link.min_adapter demande la version {needed}.',
    remedy: 'Mettez à jour l’adaptateur du terminal.',
  },
  TL1012: {
    message: 'Vous ne pouvez pas prendre d’appels : il n’y a pas de téléphone à votre poste.',
    cause: 'Aucun adaptateur du terminal ne répond par {channel}. {detail}',
    remedy:
      'Démarrez thinline-adapter sur la machine devant vous; si elle n’en a pas, policy.link.fallback peut autoriser le son dans le bureau virtuel.',
  },
  TL1013: {
    message: 'Le son passe par le bureau virtuel, et peut être moins bon qu’à votre poste.',
    cause: 'L’adaptateur du terminal de la machine devant vous est inutilisable : {detail}',
    remedy: 'Démarrez ou mettez à jour thinline-adapter sur cette machine; il servira dès la fin des appels.',
  },
  TL1014: {
    message: 'Vous êtes encore en communication sur {host}, et ce téléphone en attend la fin.',
    cause: 'Un appel reste là où est son audio, et policy.link.roaming vaut after_calls.',
    remedy: 'Terminez l’appel là-bas; ensuite, enregistrez-vous ici (« thinline ctl register »).',
  },
  TL1020: {
    message: 'Ce bureau n’ouvre pas le canal virtuel vers le téléphone.',
    cause:
      '{detail}. Soit le client de bureau à distance n’a pas le plugiciel de Thinline, soit une liste d’autorisation de ce bureau ferme le canal. {allowList}',
    remedy:
      'Installez le plugiciel pour le client de bureau à distance sur le terminal, et démarrez-y thinline-adapter; si les canaux doivent être autorisés, demandez à l’administrateur d’ajouter les lignes ci-dessus.',
  },
  TL1021: {
    message: 'Le canal virtuel vers le téléphone est bloqué.',
    cause: 'Ce que ce bureau propose pour {name} ne répond pas depuis {seconds} s.',
    remedy: 'Patientez quelques secondes; si cela persiste, déconnectez-vous du bureau, puis reconnectez-vous.',
  },
  TL1022: {
    message: 'Ce bureau n’a pas de canaux virtuels du type « {name} ».',
    cause: '{detail}',
    remedy: 'Installez ici l’agent de ce produit de bureau virtuel, ou choisissez un autre policy.link.channel.',
  },
  TL1023: {
    message: 'La liaison TLS avec le téléphone n’est pas configurée.',
    cause: 'Élément absent ou inutilisable : {option}.',
    remedy:
      'Définissez policy.link.endpoint (hôte:port), policy.link.certificate (un fichier PEM avec la chaîne et la clé privée) et policy.link.authorities (un fichier PEM), ou choisissez un autre policy.link.channel.',
  },
  TL1024: {
    message: 'Les certificats de la liaison avec le téléphone sont inutilisables.',
    cause: '{detail}.',
    remedy: 'Corrigez le fichier, ou policy.link.certificate et policy.link.authorities, qui désignent les fichiers.',
  },
  TL1025: {
    message: 'Le téléphone à {host}:{port} est injoignable.',
    cause: 'Aucune connexion TLS ne s’établit : {detail}.',
    remedy:
      'Vérifiez policy.link.endpoint, que thinline-adapter y fonctionne avec --tls, et qu’aucun pare-feu ne fait obstacle.',
  },
  TL1026: {
    message: 'Le certificat du téléphone à {host}:{port} n’est pas accepté.',
    cause: 'Ce qui ne va pas : {detail}.',
    remedy:
      'Demandez à l’administrateur de corriger --tls-certificate sur le terminal, ou policy.link.authorities ici.',
  },
  TL1027: {
    message: 'Le certificat du téléphone à {host}:{port} est celui d’un autre hôte.',
    cause: 'Il ne mentionne pas « {host} ».',
    remedy:
      'Corrigez l’hôte dans policy.link.endpoint, ou faites établir pour le terminal un certificat portant ce nom.',
  },
  TL1028: {
    message: 'Le téléphone à {host}:{port} n’accepte pas notre certificat.',
    cause:
      'Les autorités de son --tls-authorities n’ont pas signé le certificat indiqué par policy.link.certificate, ou celui-ci est expiré.',
    remedy:
      'Demandez à l’administrateur de faire établir pour cet utilisateur un certificat par une autorité reconnue par le terminal.',
  },
  TL1029: {
    message: 'Personne ne peut se connecter par TLS à {host}:{port}.',
    cause: 'Le système ne nous laisse pas y écouter : {detail}.',
    remedy: 'Fermez le programme qui utilise ce port, ou choisissez une autre adresse avec --tls.',
  },
  TL1030: {
    message: 'Les certificats pour --tls sont inutilisables.',
    cause: '{detail}.',
    remedy: 'Corrigez les fichiers désignés par --tls-certificate et --tls-authorities.',
  },
  TL2001: {
    message: 'Le serveur {server} a refusé le mot de passe pour {user}.',
    cause: 'Le nom d’utilisateur ou le mot de passe est incorrect (SIP {status}).',
    remedy:
      'Corrigez l’utilisateur et le mot de passe, puis enregistrez-vous de nouveau; le téléphone n’essaie pas de lui-même, pour ne pas verrouiller le compte.',
  },
  TL2002: {
    message: 'Le serveur {server} ne répond pas.',
    cause:
      'Il est arrêté ou injoignable d’ici, ou l’adresse, le port ou le transport ({transport}) est incorrect : {detail}.',
    remedy: 'Vérifiez le serveur et le protocole dans la configuration, et si un pare-feu laisse passer le trafic.',
  },
  TL2003: {
    message: 'Le nom du serveur {server} ne peut pas être résolu.',
    cause: 'Le DNS ne le connaît pas : {detail}.',
    remedy: 'Vérifiez l’orthographe du serveur dans la configuration, et les paramètres DNS du terminal.',
  },
  TL2004: {
    message: 'Le serveur {server} a refusé l’enregistrement pour {user}.',
    cause: 'Sa réponse : {status} {reason}.',
    remedy: 'Demandez à l’administrateur du serveur SIP si cet utilisateur existe et s’il a le droit de s’enregistrer.',
  },
  TL2005: {
    message: 'Aucun port SIP libre entre {min} et {max}.',
    cause: 'D’autres programmes, peut-être un autre téléphone logiciel, les utilisent tous.',
    remedy: 'Fermez l’autre programme, ou élargissez la plage de sip_port_min à sip_port_max.',
  },
  TL2006: {
    message: 'Aucune connexion sécurisée au serveur {server}.',
    cause: 'La négociation TLS a échoué : {detail}.',
    remedy:
      'Vérifiez le nom du serveur dans la configuration, et que son certificat le mentionne et est valide; si le terminal ne connaît pas l’autorité qui l’a signé, indiquez-la dans system.security.authorities.',
  },
  TL2007: {
    message: 'Le fichier de certificat {file} est inutilisable.',
    cause: '{detail}',
    remedy:
      'Corrigez system.security.certificate (un fichier PEM sur le terminal avec notre certificat, sa chaîne et sa clé privée) ou system.security.authorities (un fichier PEM avec les autorités de confiance).',
  },
  TL2008: {
    message: 'Le centre de contact n’a pas changé l’état de l’agent.',
    cause: '{detail}',
    remedy: 'Vérifiez l’ID d’agent et le mot de passe, et demandez à un superviseur si cet agent a droit à cet état.',
  },
  TL2009: {
    message: 'Le centre de contact n’a pas confirmé l’état de l’agent.',
    cause: 'Le serveur n’a pas répondu à temps; certains serveurs restent muets quand le mot de passe est incorrect.',
    remedy: 'Vérifiez l’ID d’agent et le mot de passe, puis réessayez.',
  },
  TL2010: {
    message: 'Aucun agent n’a ouvert de session.',
    cause: 'Tout autre état demande un agent, et aucun ID d’agent n’a été donné.',
    remedy: 'Ouvrez d’abord une session avec un ID d’agent.',
  },
  TL2011: {
    message: 'Cette ligne n’a pas cette fonction : {feature}.',
    cause: 'Son serveur ne la propose pas, ou la configuration de la ligne ne la demande pas.',
    remedy:
      'Adressez-vous à l’administrateur du serveur SIP; l’état de l’agent exige agent_state dans la configuration de la ligne.',
  },
  TL2012: {
    message: 'Le serveur a refusé une modification : {feature}.',
    cause: 'Sa réponse : {status} {reason}.',
    remedy: 'Demandez à l’administrateur du serveur SIP si cette ligne y a droit.',
  },
  TL2013: {
    message: 'Les appels ne peuvent pas être renvoyés ainsi.',
    cause: '{detail}',
    remedy:
      'Donnez comme destination un numéro, utilisateur@hôte ou une adresse sip:, et, pour le renvoi si non-réponse, un délai en secondes.',
  },
  TL3001: {
    message: '« {target} » n’est ni un numéro ni une adresse que l’on peut appeler.',
    cause: 'Une destination est un numéro, utilisateur@hôte ou une adresse sip:, sans espaces.',
    remedy: 'Corrigez le numéro, puis rappelez.',
  },
  TL3002: {
    message: 'Il n’y a pas de ligne pour appeler.',
    cause: 'Aucune ligne n’est configurée, ou la ligne {line} n’existe pas.',
    remedy: 'Configurez une ligne (conteneur Basic de Softphone.config).',
  },
  TL3003: {
    message: 'Cet appel n’existe pas.',
    cause: 'L’appel {call} est terminé, ou n’a jamais existé.',
    remedy: 'Choisissez un appel dans la liste des appels.',
  },
  TL3004: {
    message: 'Il y a plusieurs appels, et aucun n’a été choisi.',
    cause: 'Nombre d’appels possibles : {count}.',
    remedy: 'Précisez lequel (--call ID).',
  },
  TL3005: {
    message: 'Cette action est impossible sur l’appel pour l’instant.',
    cause: 'État de l’appel : « {state} ». État requis pour « {command} » : « {needed} ».',
    remedy: 'Attendez que l’appel soit dans cet état.',
  },
  TL3006: {
    message: 'La ligne de destination est occupée : {target}.',
    cause: 'Réponse de l’interlocuteur : {status} {reason}.',
    remedy: 'Réessayez plus tard.',
  },
  TL3007: {
    message: '{target} n’a pas pris l’appel.',
    cause: 'Réponse de l’interlocuteur : {status} {reason}.',
    remedy: 'Réessayez plus tard, ou contactez cette personne autrement.',
  },
  TL3008: {
    message: '{target} n’existe pas.',
    cause: 'Réponse du serveur : {status} {reason}.',
    remedy: 'Vérifiez le numéro.',
  },
  TL3009: {
    message: '{target} n’a pas répondu.',
    cause: 'L’appel s’est terminé sans réponse ({status} {reason}).',
    remedy: 'Réessayez plus tard.',
  },
  TL3010: {
    message: 'L’appel vers {target} est resté sans réaction.',
    cause: 'Ni le serveur ni l’interlocuteur n’ont répondu à temps à l’INVITE.',
    remedy: 'Vérifiez que la ligne est enregistrée, puis réessayez.',
  },
  TL3011: {
    message: 'Les deux téléphones n’ont aucun format audio en commun.',
    cause:
      'Aucun codec proposé ne convient, ou l’un des deux exige le chiffrement et l’autre n’en a pas ({status} {reason}).',
    remedy:
      'Activez un codec que l’interlocuteur possède (PCMU, PCMA ou opus); sinon, demandez à l’administrateur de comparer use_srtp des deux côtés.',
  },
  TL3012: {
    message: 'L’appel avec {target} a été perdu.',
    cause: '{detail}',
    remedy: 'Rappelez.',
  },
  TL3013: {
    message: 'L’appel avec {target} n’a pas pu être mis en attente ou repris.',
    cause: 'Réponse de l’interlocuteur au re-INVITE : {status} {reason}.',
    remedy: 'Réessayez; l’appel continue tel quel.',
  },
  TL3014: {
    message: '« {digits} » contient des caractères qui ne sont pas des touches DTMF.',
    cause: 'DTMF comprend 0-9, *, # et A-D.',
    remedy: 'N’envoyez que ces caractères.',
  },
  TL3015: {
    message: 'L’appel vers {target} a été réacheminé trop souvent.',
    cause: 'Plus de {limit} réacheminements, ou un retour vers une destination déjà essayée.',
    remedy: 'Demandez à l’administrateur de vérifier le renvoi d’appel de ce numéro.',
  },
  TL3016: {
    message: 'Le transfert vers {target} a échoué; vous retrouvez l’appel.',
    cause: 'Réponse de la destination : {status} {reason}.',
    remedy: 'Poursuivez l’appel, ou transférez-le à quelqu’un d’autre.',
  },
  TL3017: {
    message: 'L’interlocuteur n’accepte pas d’être transféré.',
    cause: 'Sa réponse au REFER : {status} {reason}.',
    remedy:
      'Poursuivez l’appel tel quel; demandez à l’administrateur si le serveur autorise les transferts par les téléphones.',
  },
  TL3018: {
    message: 'Un appel ne peut pas être transféré à lui-même.',
    cause: 'Les deux appels indiqués sont le même appel : {call}.',
    remedy: 'Choisissez un autre appel avec lequel le mettre en relation.',
  },
  TL3019: {
    message: 'La touche {appearance} de la ligne partagée est inutilisable.',
    cause: 'Réponse du serveur : {status} {reason}. Un autre téléphone l’utilise peut-être.',
    remedy: 'Choisissez une autre touche de ligne, ou aucune.',
  },
  TL3020: {
    message: 'Ces appels ne peuvent pas former une conférence.',
    cause: 'Une conférence réunit de 2 à {limit} appels pris; appels actuels : {count}.',
    remedy: 'Prenez un autre appel, ou terminez-en un, puis réessayez.',
  },
  TL3021: {
    message: 'Impossible de faire ou de prendre des appels sans casque d’écoute.',
    cause: 'La configuration exige un casque d’écoute, et aucun de ceux qu’elle désigne n’est branché.',
    remedy:
      'Branchez le casque d’écoute; s’il l’est déjà, demandez à l’administrateur de vérifier son nom dans la configuration.',
  },
  TL4001: {
    message: 'Il manque un appareil : {kind}.',
    cause: '{detail}',
    remedy:
      'Branchez un casque d’écoute, ou vérifiez que le service audio du terminal fonctionne; les appels continuent en attendant, sans ce sens de transmission.',
  },
  TL4002: {
    message: 'Aucun son ne peut être restitué ni capté sur cette machine.',
    cause: '{detail}',
    remedy:
      'Vérifiez qu’un service audio fonctionne sur le terminal; si le pilote audio manque, réinstallez l’adaptateur du terminal (dans les sources : « npm run build:audio »). Redémarrez ensuite l’adaptateur du terminal.',
  },
  TL4003: {
    message: 'Aucune paire de ports audio libre entre {min} et {max}.',
    cause: 'D’autres appels ou programmes les utilisent toutes.',
    remedy: 'Terminez un appel, ou élargissez la plage de rtp_port_min à rtp_port_max.',
  },
  TL4004: {
    message: 'La partie audio du téléphone s’est arrêtée.',
    cause: '{detail}',
    remedy: 'Elle redémarre automatiquement; si cela se reproduit, envoyez le journal à votre administrateur.',
  },
  TL4005: {
    message: 'Les touches ne peuvent pas être envoyées maintenant.',
    cause: 'L’interlocuteur n’accepte pas le DTMF (RFC 4733), ou l’appel n’émet aucun son en ce moment.',
    remedy: 'Reprenez l’appel s’il est en attente; sinon, l’interlocuteur ne peut pas recevoir de touches.',
  },
  TL4006: {
    message: 'Le son de l’appel n’a pas pu être protégé.',
    cause: 'Les deux téléphones ne se sont pas accordés sur des clés par DTLS ({detail}).',
    remedy:
      'Rappelez; si cela se reproduit, demandez à l’administrateur de comparer use_srtp ici avec ce que demande le serveur.',
  },
  TL4007: {
    message: 'Le son de l’appel ne trouve pas de chemin vers l’interlocuteur.',
    cause: 'Aucun chemin trouvé par ICE ne fonctionne, ou il a cessé de fonctionner ({detail}).',
    remedy:
      'Rappelez; si cela se reproduit, demandez à l’administrateur de vérifier le pare-feu et les serveurs STUN et TURN.',
  },
  TL4008: {
    message: 'Plus aucun son de l’interlocuteur depuis {seconds} s.',
    cause: 'Ses paquets n’arrivent plus : le réseau ou un pare-feu fait obstacle, ou l’interlocuteur n’est plus là.',
    remedy: 'Raccrochez et rappelez; si cela se reproduit, faites vérifier le réseau.',
  },
  TL4009: {
    message: 'Le son reçu ne peut pas être déchiffré.',
    cause: 'L’interlocuteur le protège avec une autre clé que celle convenue.',
    remedy:
      'Rappelez; si cela se reproduit, demandez à l’administrateur de vérifier les paramètres SRTP des deux côtés.',
  },
  TL4010: {
    message: 'Le son de l’appel avec {target} est mauvais.',
    cause:
      'Sa note MOS est de {mos}; au-dessous de {threshold}, elle est jugée mauvaise : des paquets se perdent, ou mettent trop de temps.',
    remedy:
      'Utilisez un câble plutôt qu’un réseau sans fil, et fermez ce qui charge le réseau; si cela se répète, faites vérifier le réseau.',
  },
  TL4011: {
    message: 'Votre microphone est muet.',
    cause:
      'Aucun son n’en vient depuis un moment : il est en sourdine sur le casque d’écoute ou dans le système, ou un autre est utilisé.',
    remedy:
      'Vérifiez le bouton de sourdine du casque d’écoute, et quel microphone est choisi; ce message disparaît dès que l’on vous entend.',
  },
  TL4012: {
    message: 'On n’entend pas {target}.',
    cause:
      'Des paquets en arrivent, mais ils ne contiennent que du silence : un micro y est en sourdine, ou personne ne parle.',
    remedy: 'Demandez une parole; si vous n’entendez rien, rappelez.',
  },
  TL4013: {
    message: '{target} : aucun son n’arrive.',
    cause:
      'Pas un paquet n’est arrivé depuis un moment : le réseau ou un pare-feu fait obstacle, ou l’interlocuteur n’en envoie pas.',
    remedy: 'Rappelez; si cela se reproduit, faites vérifier le réseau et le pare-feu.',
  },
  TL5001: {
    message: 'La configuration {file} est inutilisable.',
    cause: '{detail}',
    remedy: 'Corrigez le fichier, puis redémarrez.',
  },
  TL5002: {
    message: 'La plage de ports {option} est inversée.',
    cause: '{min} est supérieur à {max}.',
    remedy: 'Donnez au minimum la plus petite des deux valeurs.',
  },
  TL5003: {
    message: 'Le téléphone n’a pas de configuration.',
    cause: 'Aucun Softphone.config n’a pu être lu : {file}.',
    remedy: 'Indiquez-en un avec --config FILE.',
  },
  TL5004: {
    message: '{file} existe déjà, et reste tel quel.',
    cause: 'Un nouveau fichier de configuration n’en remplace jamais un autre.',
    remedy: 'Indiquez un autre fichier, ou déplacez celui-ci.',
  },
  TL5005: {
    message: 'Le fichier {file} ne peut pas être écrit.',
    cause: '{detail}',
    remedy: 'Indiquez un fichier dans un dossier où vous avez le droit d’écrire.',
  },
  TL5006: {
    message: 'Il n’y a pas de paramètre « {option} ».',
    cause: 'Aucune option n’a ce chemin, ni ne commence ou ne finit par lui.',
    remedy: 'Consultez docs/configuration.md; « thinline config init » écrit un fichier avec tous les paramètres.',
  },
  TL6001: {
    message: 'Le panneau ne peut pas être servi à l’adresse {address}.',
    cause: 'Un autre programme, peut-être un second Thinline, utilise ce port.',
    remedy: 'Fermez l’autre programme, ou choisissez un autre port avec --port.',
  },
  TL6002: {
    message: 'Thinline n’est pas démarré.',
    cause: 'Rien ne répond à l’adresse {address}.',
    remedy:
      'Démarrez-le avec « thinline » ou, si les deux parties sont sur la même machine, avec « thinline --standalone » (dans les sources : « npm start »); sur le terminal seul, démarrez thinline-adapter.',
  },
  TL6003: {
    message: '{detail}',
    cause: 'La ligne de commande n’est pas comprise.',
    remedy: 'Voir --help.',
  },
  TL6004: {
    message: 'Cette page n’a pas le droit de contrôler le téléphone.',
    cause: 'Elle n’a pas de jeton, ou un ancien.',
    remedy:
      'Ouvrez le panneau depuis le menu des programmes ou avec « thinline open »; sur le terminal, ouvrez l’adresse qu’affiche « thinline-adapter ctl page ».',
  },
  TL6005: {
    message: 'Le socket {path} est inutilisable.',
    cause: '{detail}',
    remedy: 'Fermez l’autre Thinline, ou déplacez ce qui fait obstacle, puis redémarrez.',
  },
  TL6006: {
    message: 'Le panneau ne comprend pas cette demande.',
    cause: '{detail}',
    remedy:
      'Actualisez la page; si cela persiste, la page et le serveur sont de versions différentes : redémarrez Thinline.',
  },
  TL6007: {
    message: 'Une page étrangère n’a pas le droit de contrôler le téléphone.',
    cause: 'La demande est venue de : {host}. Ce n’est pas le panneau de ce Thinline.',
    remedy:
      'Ouvrez l’adresse que Thinline affiche à son démarrage (sur le terminal : « thinline-adapter ctl page »), et sous aucun autre nom.',
  },
  TL6008: {
    message: 'Le panneau est ouvert à trop d’endroits.',
    cause: 'Toutes les connexions de mise à jour en direct sont occupées.',
    remedy: 'Fermez quelques fenêtres.',
  },
  TL6009: {
    message: 'Les pages du panneau manquent.',
    cause: 'Elles n’ont pas encore été générées; le téléphone lui-même fonctionne, tout comme « thinline ctl ».',
    remedy: 'Exécutez « npm run build:panel », puis actualisez cette page.',
  },
  TL6035: {
    message: 'Les pages du panneau manquent.',
    cause:
      'Thinline a été mis à jour depuis son démarrage, ou son dossier a été modifié; le téléphone lui-même fonctionne, tout comme « thinline ctl ».',
    remedy:
      'Fermez la session de ce bureau et ouvrez-la de nouveau. Si cela ne suffit pas, il faut réinstaller Thinline.',
  },
  TL6036: {
    message: 'Le panneau n’a pas pu être ouvert dans un navigateur.',
    cause: '{detail}',
    remedy:
      'Exécutez « thinline open --print », puis ouvrez l’adresse affichée dans un navigateur de ce bureau en moins d’une minute.',
  },
  TL6037: {
    message: 'Thinline n’a pas pu être démarré.',
    cause: 'Il vient d’être démarré et ne répond pas.',
    remedy:
      'Fermez la session de ce bureau et ouvrez-la de nouveau. Si cela ne suffit pas, la raison se trouve dans son journal.',
  },
  TL6010: {
    message: 'Le panneau a perdu Thinline.',
    cause: 'Rien ne répond à l’adresse {address}.',
    remedy:
      'Patientez quelques secondes; si cela persiste, ouvrez le panneau depuis le menu des programmes ou avec « thinline open ».',
  },
  TL6012: {
    message: 'Le journal ne peut pas être écrit dans {path}, et continue ici.',
    cause: '{detail}',
    remedy: 'Libérez de la place ou donnez accès à cet endroit, ou indiquez un autre log_file.',
  },
  TL6013: {
    message: 'Le journal n’est pas écrit dans {path}.',
    cause: 'Cette variable n’existe pas dans l’environnement.',
    remedy: 'Définissez-la, ou indiquez un chemin sans elle.',
  },
  TL6011: {
    message: 'Le dossier {path} ne peut pas accueillir les sockets du téléphone.',
    cause: 'Il appartient à un autre utilisateur, ou d’autres utilisateurs y ont accès.',
    remedy: 'Faites-en le vôtre avec le mode 0700, ou indiquez-en un autre dans THINLINE_RUNTIME_DIR.',
  },
  TL9001: {
    message: 'Thinline a fait une erreur.',
    cause: '{detail}',
    remedy: 'Veuillez la signaler, avec le journal.',
  },
  TL6014: {
    message: 'La page du terminal ne peut pas être servie à l’adresse {address}.',
    cause: 'Un autre programme utilise ce port.',
    remedy: 'Fermez l’autre programme, ou choisissez un autre port avec --page.',
  },
  TL6015: {
    message: 'L’adaptateur du terminal ne sert aucune page.',
    cause: 'Il a été démarré sans --page.',
    remedy: 'Démarrez thinline-adapter avec --page PORT.',
  },
  TL6016: {
    message: 'Les programmes n’ont pas le droit de contrôler les appels ici.',
    cause: 'policy.connector.call_control vaut 0 dans la configuration.',
    remedy:
      'Mettez policy.connector.call_control à 1 dans Softphone.config, puis redémarrez Thinline; là où les agents ont un bureau d’agent, laissez-le à 0.',
  },
  TL6017: {
    message: 'Trop de programmes suivent ce téléphone.',
    cause: 'Toutes les connexions d’événements en direct sont occupées : {count}.',
    remedy: 'Fermez quelques-uns des programmes ou des pages qui suivent /phone/events.',
  },
  TL6018: {
    message: 'Ce lien ne contient aucun numéro que l’on peut appeler.',
    cause: '{detail}',
    remedy: 'Entrez le numéro dans le panneau.',
  },
  TL6019: {
    message: 'Un autre bureau d’agent utilise ce téléphone.',
    cause: 'Une session est encore ouverte : {client}.',
    remedy:
      'Fermez la session là-bas, ou attendez environ une minute après sa fermeture; ouvrez ensuite une session ici.',
  },
  TL6020: {
    message: 'Il n’y a pas de session de bureau d’agent.',
    cause:
      'Elle n’a jamais commencé, ou elle a pris fin : à la fermeture de session, ou après un trop long silence du bureau d’agent.',
    remedy: 'Ouvrez-en une avec POST /session, ou rouvrez une session dans le bureau d’agent.',
  },
  TL6021: {
    message: 'Le bureau d’agent a demandé quelque chose que le téléphone ne connaît pas.',
    cause: 'Rien n’existe sous {path}.',
    remedy: 'Consultez docs/connector.md pour voir ce qui existe; si le bureau d’agent en a besoin, signalez-le.',
  },
  TL6022: {
    message: 'Le bureau d’agent n’a pas renvoyé le témoin de sa session.',
    cause: 'Le navigateur refuse les témoins d’autres sites, ou un second bureau d’agent fait la demande.',
    remedy: 'Mettez policy.connector.enable_sessionid à 0, ou policy.connector.partitioned_cookies à 1.',
  },
  TL6023: {
    message: 'Le connecteur pour bureaux d’agent est injoignable à l’adresse {address}.',
    cause: 'Un autre programme, peut-être un second Thinline, utilise cette adresse.',
    remedy:
      'Fermez l’autre programme, ou choisissez un autre policy.connector.port; sur un hôte à sessions multiples, mettez policy.connector.address à $user.',
  },
  TL6024: {
    message: 'Le connecteur pour bureaux d’agent ne peut pas écouter à l’adresse {address}.',
    cause: '{detail}',
    remedy:
      'Mettez policy.connector.address à une adresse de cette machine entre 127.0.0.1 et 127.255.255.254, ::1, localhost ou $user.',
  },
  TL6025: {
    message: 'Cette page n’a pas le droit d’utiliser le téléphone.',
    cause: 'Son origine {origin} n’est pas autorisée ici, ou une autre occupe le téléphone.',
    remedy: 'Ajoutez l’origine à policy.connector.origins, ou fermez l’autre bureau d’agent.',
  },
  TL6026: {
    message: 'Le programme d’une autre personne n’a pas le droit d’utiliser ce téléphone.',
    cause: 'La connexion appartient à un autre utilisateur ou à une autre session de cette machine.',
    remedy: 'Ouvrez le bureau d’agent dans la session où fonctionne le téléphone.',
  },
  TL6027: {
    message: 'Le bureau d’agent n’a pas présenté le secret du connecteur.',
    cause: 'policy.connector.secret est défini, et la demande en a un autre ou aucun.',
    remedy:
      'Mettez le secret dans sipendpoint.uri du bureau d’agent, comme première partie du chemin, ou envoyez-le comme jeton Bearer.',
  },
  TL6028: {
    message: 'Le bureau d’agent envoie trop de demandes.',
    cause: 'Le téléphone ne peut pas répondre à toutes les demandes de cette origine : {origin}.',
    remedy: 'Patientez un instant; si cela persiste, actualisez la page du bureau d’agent.',
  },
  TL6029: {
    message: 'Il n’y a pas de certificat avec l’empreinte {thumbprint}.',
    cause: '{detail}',
    remedy: 'Corrigez policy.connector.certificate_search_value, ou placez le certificat là où il est recherché.',
  },
  TL6030: {
    message: 'Aucun certificat n’a pu être créé pour le connecteur.',
    cause: '{detail}',
    remedy: 'Créez-en un avec « thinline certificate create --out FILE », et définissez policy.connector.certificate.',
  },
  TL6031: {
    message: '{file} existe déjà.',
    cause: 'Un certificat en service n’est pas écrasé.',
    remedy: 'Choisissez un autre fichier avec --out, ou déplacez celui-ci.',
  },
  TL4014: {
    message: 'L’appareil {device} n’est pas là.',
    cause: 'Il a été débranché, ou la liste dans laquelle il a été choisi est ancienne.',
    remedy: 'Branchez-le, ou choisissez-en un dans la liste.',
  },
  TL6033: {
    message: 'Vous ne pouvez pas ouvrir de session ici.',
    cause: 'Ce téléphone est configuré par ailleurs : {name}.',
    remedy: 'Utilisez le téléphone tel quel, ou adressez-vous à votre administrateur.',
  },
  TL6034: {
    message: 'Impossible d’ouvrir une session avec ces données.',
    cause: '{detail}',
    remedy: 'Vérifiez l’utilisateur, le serveur et le transport, puis réessayez.',
  },
  TL6032: {
    message: 'Le certificat du connecteur est inutilisable.',
    cause: '{detail}',
    remedy: 'Corrigez policy.connector.certificate, ou créez-en un avec « thinline certificate create ».',
  },
} satisfies Translation['failures'];

import type { RETOUR_TRANSITIONS } from '../vies/retour-transitions';

/** Tout ce qui peut arriver d'un retour. La table ci-dessous ne compile pas si un cas y manque. */
export const RETOUR_CASES = [
  'accuse-attendu',
  'accuse-tardif',
  'accuse-repete',
  'accuse-autre-date',
  'accuse-apres-anomalie',
  'accuse-retenu',
  'accuse-remis-en-file',
  'accuse-apres-restauration',
  'accuse-veille',
  'accuse-lendemain',
  'accuse-futur',
  'accuse-jamais-envoye',
  'accuse-anterieur',
  'accuse-acte-annule',
  'accuse-acte-retire',
  'annulation-sans-demande',
  'anomalie-attendue',
  'anomalie-repetee',
  'anomalie-autre',
  'anomalie-apres-accuse',
  'anomalie-ancienne-enveloppe',
  'anomalie-hors-attente',
  'lettre',
  'lettre-acte-annule',
  'lettre-repetee',
  'lettre-incomplete',
  'nomenclature-demandee',
  'nomenclature-spontanee',
  'nomenclature-connue',
  'nomenclature-ancienne',
  'nomenclature-vide',
  'nomenclature-future',
  'information',
  'information-sans-acte',
  'date-illisible',
  'message-inattendu',
  'sans-rattachement',
  'rattachement-ambigu',
  'illisible',
] as const;
export type RetourCase = (typeof RETOUR_CASES)[number];

/** Ce que devient un retour dans un cas, et la phrase qui le dit à l'opérateur. */
export interface RetourRule {
  readonly situation: string;
  readonly event: keyof typeof RETOUR_TRANSITIONS.received;
  readonly phrase: string;
  /** Vrai quand la phrase reste avec le retour appliqué : il l'est, et quelque chose s'en remarque. */
  readonly isRemarked?: true;
}

/**
 * La politique des retours, en une table. Deux règles la tiennent : un accusé l'emporte sur une anomalie, parce qu'il est la preuve
 * légale ; une anomalie ne défait jamais un accusé. Rien ne se jette : ce qui ne s'applique pas attend, avec sa phrase.
 */
export const RETOUR_POLICY: Readonly<Record<RetourCase, RetourRule>> = {
  'accuse-attendu': {
    situation: 'Accusé d’un envoi qui l’attend',
    event: 'retour-applied',
    phrase: 'La préfecture accuse réception : c’est fait.',
  },
  'accuse-tardif': {
    situation: 'Accusé attendu, après son échéance',
    event: 'retour-applied',
    phrase: 'L’accusé est venu après l’échéance ; sa date de réception est celle qu’il porte.',
  },
  'accuse-repete': {
    situation: 'Le même accusé, de la même date, une fois de plus',
    event: 'retour-duplicate',
    phrase: 'Cet accusé était déjà appliqué : rien à faire.',
  },
  'accuse-autre-date': {
    situation: 'Un second accusé, d’une autre date',
    event: 'retour-contradictory',
    phrase:
      'Un accusé d’une autre date est déjà appliqué, et fait foi. Demandez à la préfecture laquelle des deux dates vaut.',
  },
  'accuse-apres-anomalie': {
    situation: 'Accusé d’un acte que la préfecture avait d’abord refusé',
    event: 'retour-applied',
    phrase: 'L’accusé l’emporte sur l’anomalie : il est la preuve légale. Rien ne repart.',
  },
  'accuse-retenu': {
    situation: 'Accusé d’un acte retenu après un envoi',
    event: 'retour-applied',
    phrase: 'L’acte retenu était arrivé : l’accusé fait foi. Rien ne repart.',
  },
  'accuse-remis-en-file': {
    situation: 'Accusé d’un acte remis en file et pas encore renvoyé',
    event: 'retour-applied',
    phrase: 'Le premier envoi était arrivé : l’accusé fait foi, et le renvoi prévu n’aura pas lieu.',
  },
  'accuse-apres-restauration': {
    situation: 'Accusé d’un acte parti après la sauvegarde dont la base a été restaurée',
    event: 'retour-applied',
    phrase: 'L’acte était parti après la sauvegarde restaurée : l’accusé fait foi. Rien ne repart.',
  },
  'accuse-veille': {
    situation: 'Accusé daté de la veille de l’envoi, ce qu’une horloge d’un autre fuseau explique',
    event: 'retour-applied',
    isRemarked: true,
    phrase:
      'L’accusé est daté de la veille de l’envoi : une horloge d’un autre fuseau l’explique, et sa date fait foi. Si elle vous étonne, demandez-la à la préfecture.',
  },
  'accuse-lendemain': {
    situation: 'Accusé daté du lendemain de son arrivée, ce qu’une horloge d’un autre fuseau explique',
    event: 'retour-applied',
    isRemarked: true,
    phrase:
      'L’accusé est daté du lendemain de son arrivée ici : une horloge d’un autre fuseau l’explique, et sa date fait foi. Si elle vous étonne, demandez-la à la préfecture.',
  },
  'accuse-futur': {
    situation: 'Accusé daté d’un jour qui n’avait commencé nulle part quand il nous est parvenu',
    event: 'retour-contradictory',
    phrase:
      'Cet accusé est daté d’un jour à venir : il n’a pas pu être reçu ce jour-là. Demandez la vraie date à la préfecture, puis décidez-le à deux.',
  },
  'accuse-jamais-envoye': {
    situation: 'Accusé d’un acte jamais envoyé dans son contenu actuel (corrigé, ou redéposé)',
    event: 'retour-contradictory',
    phrase:
      'Cet accusé nomme un acte qui n’est jamais parti dans son contenu actuel : il parle d’un autre contenu. Vérifiez auprès de la préfecture avant tout envoi.',
  },
  'accuse-anterieur': {
    situation: 'Accusé daté d’avant le premier envoi',
    event: 'retour-contradictory',
    phrase:
      'Cet accusé est daté d’avant notre premier envoi : il parle d’un envoi d’avant, sous le même identifiant. Vérifiez auprès de la préfecture.',
  },
  'accuse-acte-annule': {
    situation: 'Accusé d’un acte annulé',
    event: 'retour-contradictory',
    phrase:
      'Cet acte est annulé, et son annulation acquittée : il reste annulé. Signalez-le à la préfecture.',
  },
  'accuse-acte-retire': {
    situation: 'Accusé d’un acte retiré',
    event: 'retour-contradictory',
    phrase:
      'La préfecture accuse un acte que vous avez retiré : pour elle, il est transmis. Voyez avec elle s’il faut l’annuler.',
  },
  'annulation-sans-demande': {
    situation: 'Accusé d’une annulation que nous n’avons pas demandée',
    event: 'retour-unmatched',
    phrase:
      'La préfecture accuse une annulation que nous n’avons jamais demandée : l’acte ne change pas. Appelez-la.',
  },
  'anomalie-attendue': {
    situation: 'Anomalie d’un envoi qui attendait sa réponse',
    event: 'retour-applied',
    phrase: 'La préfecture refuse l’envoi : corrigez, puis remettez en file.',
  },
  'anomalie-repetee': {
    situation: 'La même anomalie, une fois de plus',
    event: 'retour-duplicate',
    phrase: 'Cette anomalie était déjà appliquée : rien à faire.',
  },
  'anomalie-autre': {
    situation: 'Une autre anomalie d’un acte déjà refusé',
    event: 'retour-contradictory',
    phrase: 'L’acte était déjà refusé pour une autre raison. Corrigez les deux avant de remettre en file.',
  },
  'anomalie-apres-accuse': {
    situation: 'Anomalie d’un acte accusé',
    event: 'retour-contradictory',
    phrase:
      'Cet acte est accusé : une anomalie ne défait pas un accusé. L’accusé fait foi ; signalez la contradiction à la préfecture.',
  },
  'anomalie-ancienne-enveloppe': {
    situation: 'Anomalie d’une enveloppe remplacée depuis',
    event: 'retour-contradictory',
    phrase: 'Cette anomalie parle d’une enveloppe remplacée depuis : l’envoi en cours n’en change pas.',
  },
  'anomalie-hors-attente': {
    situation: 'Anomalie d’un acte qui n’attend pas de réponse',
    event: 'retour-contradictory',
    phrase: 'Aucun envoi de cet acte n’attend de réponse : l’anomalie parle d’un envoi d’avant. Lisez-la.',
  },
  lettre: {
    situation: 'Lettre de la préfecture',
    event: 'retour-applied',
    phrase: 'La lettre est jointe à son acte ; son échéance court.',
  },
  'lettre-acte-annule': {
    situation: 'Lettre au sujet d’un acte annulé ou retiré',
    event: 'retour-applied',
    phrase: 'La lettre est jointe à son acte, qui n’est plus : répondez que l’acte est annulé ou retiré.',
  },
  'lettre-repetee': {
    situation: 'La même lettre, une fois de plus',
    event: 'retour-duplicate',
    phrase: 'Cette lettre était déjà jointe à son acte : rien à faire.',
  },
  'lettre-incomplete': {
    situation: 'Lettre sans sa date, ou sans un document qu’elle annonce',
    event: 'retour-unmatched',
    phrase: 'La lettre est incomplète : attendez son envoi complet, ou demandez-le.',
  },
  'nomenclature-demandee': {
    situation: 'Réponse à une demande de nomenclature',
    event: 'retour-applied',
    phrase: 'La nomenclature est à jour.',
  },
  'nomenclature-spontanee': {
    situation: 'Nomenclature plus récente que la nôtre, venue sans demande',
    event: 'retour-applied',
    phrase:
      'La préfecture envoie une nomenclature plus récente : elle est chargée, et les actes en défaut repartent.',
  },
  'nomenclature-connue': {
    situation: 'Nomenclature venue sans demande, pas plus récente que la nôtre',
    event: 'retour-duplicate',
    phrase: 'Cette nomenclature n’est pas plus récente que la nôtre : rien à faire.',
  },
  'nomenclature-ancienne': {
    situation: 'Réponse à une demande de nomenclature, plus ancienne que la nôtre',
    event: 'retour-applied',
    isRemarked: true,
    phrase:
      'La demande est close, et la nôtre, plus récente, reste : celle-ci est gardée sans la remplacer. Voyez avec la préfecture laquelle vaut.',
  },
  'nomenclature-vide': {
    situation: 'Nomenclature sans nature, ou sans une seule matière complète',
    event: 'retour-contradictory',
    phrase:
      'Cette nomenclature est vide : avec elle, aucun acte ne pourrait plus partir. La nôtre reste. Demandez-en un autre envoi, puis mettez celui-ci de côté.',
  },
  'nomenclature-future': {
    situation: 'Nomenclature datée d’un jour qui n’avait commencé nulle part quand elle nous est parvenue',
    event: 'retour-contradictory',
    phrase:
      'Cette nomenclature est datée d’un jour à venir : la nôtre reste. Demandez à la préfecture si elle vaut déjà.',
  },
  information: {
    situation: 'Courriel « multicanal », sans message : la préfecture dit attendre le papier d’un acte',
    event: 'retour-applied',
    isRemarked: true,
    phrase:
      'La préfecture attend aussi l’exemplaire papier de cet acte, transmis par plusieurs voies : envoyez-le lui. L’acte ne change pas.',
  },
  'information-sans-acte': {
    situation: 'Courriel « multicanal » qui ne nomme aucun acte d’ici',
    event: 'retour-applied',
    isRemarked: true,
    phrase: 'La préfecture attend l’exemplaire papier d’un acte qu’elle ne nomme pas. C’est une information.',
  },
  'date-illisible': {
    situation: 'Accusé ou nomenclature dont la date manque, ou n’est pas écrite comme un jour',
    event: 'retour-contradictory',
    phrase:
      'La date de ce message ne se lit pas : il y manque, ou n’est pas écrite comme un jour, et rien n’en décide à la place de la préfecture. Lisez-le, demandez-lui quel jour fait foi, puis décidez-le à deux.',
  },
  'message-inattendu': {
    situation: 'Message lisible qui ne répond pas à ce que nous avons envoyé',
    event: 'retour-contradictory',
    phrase:
      'Ce message ne répond à rien de ce qui est parti. Lisez-le, puis rattachez-le ou mettez-le de côté.',
  },
  'sans-rattachement': {
    situation: 'Message d’un acte ou d’une enveloppe inconnus : autre année, autre commune, autre numéro',
    event: 'retour-unmatched',
    phrase: 'Aucun acte d’ici ne porte ce nom exact. Rattachez-le à la main, ou mettez-le de côté.',
  },
  'rattachement-ambigu': {
    situation:
      'Message qui ne nomme pas son acte exactement, et dont plusieurs actes répondent à ce qu’il en dit',
    event: 'retour-unmatched',
    phrase: 'Rattachez-le à la main à celui dont il parle.',
  },
  illisible: {
    situation: 'Octets qui ne se lisent pas',
    event: 'retour-unreadable',
    phrase:
      'Ce retour ne se lit pas. Il est gardé tel quel : téléchargez-le, et décidez-le si vos yeux le lisent, ou demandez-en un autre envoi.',
  },
};

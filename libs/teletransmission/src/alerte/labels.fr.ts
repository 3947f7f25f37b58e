import { civilDateAt, clockTimeAt, EUROPE_PARIS, frenchDate } from '@teletransmission/kernel';
import type { AlerteGenre, Gravite } from './alerte';
import type { AlerteSeuils } from './seuils';
import type { EnvoisNonPris } from './envois-non-pris';

/** Ce que demande chaque gravité, en un mot et un signe. */
export const GRAVITE_LABELS: Readonly<Record<Gravite, { readonly mot: string; readonly signe: string }>> = {
  0: { mot: 'Avant tout', signe: '⚖' },
  1: { mot: 'Maintenant', signe: '‼' },
  2: { mot: 'Aujourd’hui', signe: '!' },
  3: { mot: 'À savoir', signe: 'i' },
};

/** Ce que l'alerte signale, en quelques mots. */
export const ALERTE_LABELS: Readonly<Record<AlerteGenre, string>> = {
  defere: 'Déféré au tribunal administratif',
  'defere-au-bac': 'Déféré au tribunal administratif, au bac',
  'mise-sous-enveloppe-en-attente': 'Toujours pas sous enveloppe',
  'envoi-en-attente': 'Toujours pas envoyée',
  'envoi-interrompu': 'Envoi interrompu',
  'envoi-incertain': 'Envoi incertain',
  'accuse-lent': 'Accusé de réception lent à venir',
  'accuse-en-retard': 'Accusé de réception en retard',
  'annulation-sans-accuse': 'Annulation sans accusé',
  'retenue-sans-decision': 'Retenue, sans décision',
  'anomalie-sans-suite': 'Anomalie, sans suite',
  'retour-non-applique': 'Retour reçu, pas encore appliqué',
  'retour-au-bac': 'Retour au bac',
  'retour-non-releve': 'Retour annoncé, et qui ne se relève pas',
  'courrier-bientot-echu': 'Courrier à répondre bientôt',
  'courrier-presque-echu': 'Courrier à répondre sans attendre',
  'courrier-echu': 'Échéance de courrier passée',
  'releve-absente': 'La relève ne se fait plus',
  'balayage-absent': 'La surveillance ne se fait plus',
  'travailleurs-absents': 'Aucun travailleur en marche',
  'envois-non-pris': 'Envois que la préfecture ne prend pas',
  'horloge-ecartee': 'Deux horloges ne s’accordent pas',
  'horloge-reculee': 'Une horloge a reculé',
};

export const ALERTE_EVENT_LABELS = {
  'alerte-opened': 'Signalée à l’opérateur',
  'alerte-closed': 'Signalement levé',
} as const;

/** « 30 min », « 4 h », « 1 jour », « 15 jours ». */
export function seuilEnMots(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 1) return `${Math.round(ms / 1_000)} s`;
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  if (hours < 24) return `${hours} h`;
  const days = Math.round(hours / 24);
  return `${days} ${days > 1 ? 'jours' : 'jour'}`;
}

const DETAILS: Readonly<Record<AlerteGenre, (seuils: AlerteSeuils) => string>> = {
  defere: () =>
    'La préfecture défère cet acte au tribunal administratif. Prévenez le service juridique sans attendre, puis dites-le pris en charge : l’alerte se lève à ce moment-là.',
  'defere-au-bac': () =>
    'Un déféré au tribunal administratif est au bac, sans acte ou incomplet. Lisez-le, prévenez le service juridique sans attendre, puis décidez du retour.',
  'mise-sous-enveloppe-en-attente': ({ miseSousEnveloppeMs }) =>
    `La mise sous enveloppe aurait dû se faire en moins de ${seuilEnMots(miseSousEnveloppeMs)}. Regardez si les travailleurs et les files sont en marche.`,
  'envoi-en-attente': ({ envoiMs }) =>
    `L’envoi aurait dû partir depuis plus de ${seuilEnMots(envoiMs)}. Regardez si les travailleurs et les files sont en marche.`,
  'envoi-interrompu': () =>
    'L’envoi a dépassé le temps qu’il avait, et personne ne l’a encore dit incertain. Rien ne repart seul : regardez si le balayage se fait.',
  'envoi-incertain': ({ incertitudeMs }) =>
    `Depuis plus de ${seuilEnMots(incertitudeMs)}, nous ne savons pas si la préfecture a l’archive. Demandez-le lui ; rien ne repart avant.`,
  'accuse-lent': ({ accuseMs }) =>
    `L’accusé vient d’ordinaire aussitôt ; celui-ci se fait attendre depuis plus de ${seuilEnMots(accuseMs)}. Rien à faire avant son échéance.`,
  'accuse-en-retard': () =>
    'Aucun accusé de réception à l’échéance : demandez à la préfecture si elle a bien reçu l’envoi. Si elle ne l’a pas, deux personnes le constatent, et il repart.',
  'annulation-sans-accuse': ({ annulationMs }) =>
    `L’annulation est demandée depuis plus de ${seuilEnMots(annulationMs)}, sans accusé : l’acte reste transmis tant qu’il n’est pas venu.`,
  'retenue-sans-decision': ({ decisionMs }) =>
    `Elle est arrêtée depuis plus de ${seuilEnMots(decisionMs)} : lisez la raison de l’arrêt, puis remettez-la en file ou retirez-la.`,
  'anomalie-sans-suite': ({ decisionMs }) =>
    `La préfecture l’a refusée depuis plus de ${seuilEnMots(decisionMs)} : corrigez ce qu’elle reproche, puis remettez-la en file ou retirez-la.`,
  'retour-non-applique': ({ applicationMs }) =>
    `Ce retour est là depuis plus de ${seuilEnMots(applicationMs)} sans avoir été lu. Regardez si les travailleurs et les files sont en marche.`,
  'retour-au-bac': ({ bacMs }) =>
    `Ce retour attend au bac depuis plus de ${seuilEnMots(bacMs)} : un acte y a peut-être son accusé.`,
  'retour-non-releve': ({ releveMs }) =>
    `La préfecture annonce depuis plus de ${seuilEnMots(releveMs)} un retour qui ne se relève pas : un acte y a peut-être son accusé. La salle des retours dit lequel, et pourquoi ; les autres sont relevés.`,
  'courrier-bientot-echu': ({ courrierMs }) =>
    `L’échéance, indicative, tombe dans ${seuilEnMots(courrierMs)} ou moins : préparez la réponse.`,
  'courrier-presque-echu': ({ courrierUrgentMs }) =>
    `L’échéance, indicative, tombe dans ${seuilEnMots(courrierUrgentMs)} ou moins : le silence vaudrait refus.`,
  'courrier-echu': () =>
    'L’échéance, indicative, est passée sans réponse : le silence vaut peut-être déjà refus. Répondez quand même, et prévenez le service juridique.',
  'releve-absente': ({ releveMs }) =>
    `Aucune relève des retours n’a réussi depuis plus de ${seuilEnMots(releveMs)} : des accusés attendent peut-être à la préfecture. Vérifiez la liaison.`,
  'balayage-absent': ({ releveMs }) =>
    `Les échéances ne sont plus surveillées depuis plus de ${seuilEnMots(releveMs)} : d’autres alertes manquent peut-être. Regardez les travailleurs et les files.`,
  'travailleurs-absents': ({ travailleursMs }) =>
    `Aucun travailleur ne s’est montré depuis plus de ${seuilEnMots(travailleursMs)} : ce qui est déposé est gardé, mais rien ne part ni n’est relevé. Relancez-les.`,
  'envois-non-pris': ({ prefectureMs }) =>
    `Des envois ne sont pas pris par la préfecture depuis plus de ${seuilEnMots(prefectureMs)}.`,
  'horloge-ecartee': ({ horlogeMs }) =>
    `Son horloge et celle de la base s’écartent de plus de ${seuilEnMots(horlogeMs)} : les dates et heures écrites depuis sont à vérifier. Remettez les deux machines à l’heure (chrony, systemd-timesyncd).`,
  'horloge-reculee': () =>
    'Son horloge, ou celle de la base, a reculé depuis moins d’un jour : deux faits ont pu s’écrire dans le désordre, avec des heures fausses. Vérifiez la mise à l’heure de la machine.',
};

/** Combien d'actes une préfecture fait attendre, depuis quand et pourquoi, et quoi faire. */
export function envoisNonPrisDetail({ departement, nombre, depuis, raison, cause }: EnvoisNonPris): string {
  const actes = nombre === 1 ? '1 acte attend' : `${nombre} actes attendent`;
  const jour = frenchDate(civilDateAt(depuis, EUROPE_PARIS));
  const when = `depuis le ${jour} à ${clockTimeAt(depuis, EUROPE_PARIS).slice(0, 5)}`;
  if (cause === 'suspension')
    return `Les envois vers la préfecture ${departement} sont suspendus ici (${raison}) : ${actes} ${when}. Ils partiront à la reprise, que décide un opérateur.`;
  const why = raison === '' ? '' : ` Dernière raison : ${raison}`;
  return cause === 'totale'
    ? `La préfecture ${departement} ne prend plus d’envoi : ${actes} ${when}.${why} Rien ne se perd, et chaque envoi sera essayé de nouveau ; vérifiez la liaison, et appelez la préfecture si cela dure.`
    : `La préfecture ${departement} ne prend pas certains envois, alors qu’elle en prend d’autres : ${actes} ${when}.${why} Chaque envoi sera essayé de nouveau ; ouvrez ces actes, et demandez à la préfecture ce qu’elle leur reproche.`;
}

/** Pourquoi cette alerte, et quoi faire : une phrase pour l'opérateur. */
export function alerteDetail(genre: AlerteGenre, seuils: AlerteSeuils): string {
  return DETAILS[genre](seuils);
}

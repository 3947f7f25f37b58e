import { z } from 'zod';
import { duration } from './duration';

/** Les silences au-delà desquels on alerte. Défauts : ceux que les opérateurs de télétransmission pratiquent. */
export const alertesConcern = z
  .object({
    ALERTE_MISE_SOUS_ENVELOPPE_MS: duration(1_800_000).describe(
      'Au-delà, un acte déposé et toujours pas sous enveloppe est signalé (défaut : 30 min).',
    ),
    ALERTE_ENVOI_MS: duration(1_800_000).describe(
      'Au-delà de son heure, un envoi qui ne part pas est signalé (défaut : 30 min).',
    ),
    ALERTE_INTERRUPTION_MS: duration(120_000).describe(
      "Au-delà de son bail, un envoi que rien n'a clos est signalé.",
    ),
    ALERTE_INCERTITUDE_MS: duration(3_600_000).describe(
      'Au-delà, un envoi incertain est signalé (défaut : 1 h).',
    ),
    ALERTE_ACCUSE_MS: duration(14_400_000).describe(
      'Au-delà, un accusé attendu est dit lent, bien avant son échéance (défaut : 4 h).',
    ),
    ALERTE_ANNULATION_MS: duration(86_400_000).describe(
      'Au-delà, une annulation sans accusé est signalée (défaut : un jour).',
    ),
    ALERTE_DECISION_MS: duration(86_400_000).describe(
      'Au-delà, un acte retenu ou refusé que personne ne reprend est signalé (défaut : un jour).',
    ),
    ALERTE_APPLICATION_MS: duration(1_800_000).describe(
      "Au-delà, un retour reçu que rien n'a lu est signalé (défaut : 30 min).",
    ),
    ALERTE_BAC_MS: duration(86_400_000).describe(
      'Au-delà, un retour qui attend au bac est signalé (défaut : un jour).',
    ),
    ALERTE_COURRIER_MS: duration(1_296_000_000).describe(
      "Ce dont on devance l'échéance d'une lettre pour la signaler (défaut : 15 jours).",
    ),
    ALERTE_COURRIER_URGENT_MS: duration(259_200_000).describe(
      "Ce dont on devance l'échéance d'une lettre pour la dire pressante (défaut : 3 jours).",
    ),
    ALERTE_RELEVE_MS: duration(600_000).describe(
      'Au-delà, une relève ou une surveillance qui ne réussit plus est signalée (défaut : 10 min).',
    ),
    ALERTE_TRAVAILLEURS_MS: duration(120_000).describe(
      'Au-delà, un service dont aucun travailleur ne se montre est signalé (défaut : 2 min).',
    ),
    ALERTE_PREFECTURE_MS: duration(300_000).describe(
      'Au-delà, une préfecture qui ne prend plus les envois est signalée (défaut : 5 min).',
    ),
    ALERTE_HORLOGE_MS: duration(5_000).describe(
      'Au-delà, deux horloges qui s’écartent, ou une qui recule, sont signalées (défaut : 5 s).',
    ),
  })
  .superRefine((env, context) => {
    if (env.ALERTE_COURRIER_URGENT_MS >= env.ALERTE_COURRIER_MS)
      context.addIssue({
        code: 'custom',
        path: ['ALERTE_COURRIER_URGENT_MS'],
        message: 'doit être plus court que ALERTE_COURRIER_MS',
      });
  })
  .transform((env) => ({
    miseSousEnveloppeMs: env.ALERTE_MISE_SOUS_ENVELOPPE_MS,
    envoiMs: env.ALERTE_ENVOI_MS,
    interruptionMs: env.ALERTE_INTERRUPTION_MS,
    incertitudeMs: env.ALERTE_INCERTITUDE_MS,
    accuseMs: env.ALERTE_ACCUSE_MS,
    annulationMs: env.ALERTE_ANNULATION_MS,
    decisionMs: env.ALERTE_DECISION_MS,
    applicationMs: env.ALERTE_APPLICATION_MS,
    bacMs: env.ALERTE_BAC_MS,
    courrierMs: env.ALERTE_COURRIER_MS,
    courrierUrgentMs: env.ALERTE_COURRIER_URGENT_MS,
    releveMs: env.ALERTE_RELEVE_MS,
    travailleursMs: env.ALERTE_TRAVAILLEURS_MS,
    prefectureMs: env.ALERTE_PREFECTURE_MS,
    horlogeMs: env.ALERTE_HORLOGE_MS,
  }));

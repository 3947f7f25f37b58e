import type { CivilDate } from '@teletransmission/kernel';
import type { ActeJuge } from '../ledger/ledger-entry';
import type { Collectivites } from '../ledger/registre';
import type { Consigne, ConsignesArchive } from '../scenarios/scenario';
import { acteRules } from './acte-rules';
import type { ActeAJuger } from './acte-rules';
import { firstAnomalie } from '../dossier/anomalie';
import type { Anomalie } from '../dossier/anomalie';
import { imposedAnomalie, imposedAnomalieEnveloppe } from './anomalie-imposee';
import { numeroInterneOf } from '../dossier/dossier';
import type { Dossier, FormulaireRecu } from '../dossier/dossier';
import { enveloppeRules } from './enveloppe-rules';
import { messageRules } from './message-rules';
import type { Memoire } from './message-rules';

/** Ce dont le jugement dépend hors de l'archive. */
export interface Circonstances {
  readonly consignes: ConsignesArchive;
  readonly classificationDateVersion: CivilDate;
  /** Jour civil de Paris où l'archive a été prise. */
  readonly jourReception: CivilDate;
  readonly memoire: Memoire;
  readonly collectivites: Collectivites;
}

/** Le sort d'une archive : rejetée en bloc, ou jugée formulaire par formulaire. */
export interface Jugement {
  readonly anomalieEnveloppe: Anomalie | null;
  readonly actes: readonly ActeJuge[];
}

/** Juge un dossier ouvert. Les règles priment sur le pilotage : on ne fait pas accepter un acte que la préfecture refuserait. */
export function judgeDossier(dossier: Dossier, circonstances: Circonstances): Jugement {
  const { consignes, memoire } = circonstances;
  const anomalieEnveloppe = judgeEnveloppe(dossier, circonstances);
  if (anomalieEnveloppe) {
    // Rejetée en bloc, l'archive entière se tait dès qu'un silence est demandé pour elle.
    const isSilent = [consignes.archive, ...Object.values(consignes.actes)].some(
      ({ scenario }) => scenario === 'silence',
    );
    return isSilent ? { anomalieEnveloppe: null, actes: [] } : { anomalieEnveloppe, actes: [] };
  }
  const ici = new Set<string>();
  const dejaAcceptes = { has: (id: string) => ici.has(id) || memoire.has(id) };
  const actes = dossier.formulaires.map((formulaire) => {
    if (formulaire.flux !== '1-1') return receiveMessage(formulaire, consignes);
    const juge = judgeActe(dossier, formulaire, { ...circonstances, dejaAcceptes });
    // Deux fois le même acte dans une même archive est aussi une double transmission.
    if (juge.verdict === 'accepte' && juge.identifiantActe !== null) ici.add(juge.identifiantActe);
    return juge;
  });
  return { anomalieEnveloppe: null, actes };
}

/** Ce qui rejette l'archive entière : ses propres fautes, puis celles d'un message qui n'a pas d'anomalie à lui, puis le pilotage. */
function judgeEnveloppe(
  dossier: Dossier,
  { consignes, collectivites, memoire }: Circonstances,
): Anomalie | undefined {
  const trouvee = firstAnomalie(enveloppeRules, { dossier, collectivites });
  if (trouvee) return trouvee;
  const messages = dossier.formulaires.filter(({ flux }) => flux !== '1-1');
  for (const formulaire of messages) {
    const anomalie = firstAnomalie(messageRules, { dossier, formulaire, memoire });
    if (anomalie) return anomalie;
  }
  const imposee = [consignes.archive, ...Object.values(consignes.actes)].find(
    ({ scenario }) => scenario === 'anomalie-enveloppe',
  );
  if (imposee) return imposedAnomalieEnveloppe(imposee, '100');
  const visee = messages
    .map((formulaire) => consigneFor(formulaire, consignes))
    .find(({ scenario }) => scenario === 'anomalie');
  return visee && imposedAnomalieEnveloppe(visee, '999');
}

function consigneFor({ nom }: FormulaireRecu, consignes: ConsignesArchive): Consigne {
  return consignes.actes[nom] ?? consignes.archive;
}

function describe(
  formulaire: FormulaireRecu,
  { scenario }: Consigne,
): Omit<ActeJuge, 'verdict' | 'anomalie'> {
  const { dateCourrierPref = '' } = formulaire.message ?? {};
  return {
    formulaire: formulaire.nom,
    flux: formulaire.flux,
    ...(dateCourrierPref === '' ? {} : { dateCourrierPref }),
    identifiantActe: formulaire.identifiantActe ?? null,
    numeroInterne: numeroInterneOf(formulaire),
    scenario,
  };
}

function receiveMessage(formulaire: FormulaireRecu, consignes: ConsignesArchive): ActeJuge {
  const consigne = consigneFor(formulaire, consignes);
  const verdict = consigne.scenario === 'silence' ? 'silence' : 'accepte';
  return { ...describe(formulaire, consigne), anomalie: null, verdict };
}

function judgeActe(
  dossier: Dossier,
  formulaire: FormulaireRecu,
  circonstances: Circonstances & Pick<ActeAJuger, 'dejaAcceptes'>,
): ActeJuge {
  const { classificationDateVersion, jourReception, dejaAcceptes, consignes } = circonstances;
  const consigne = consigneFor(formulaire, consignes);
  const trouvee = firstAnomalie(acteRules, {
    dossier,
    formulaire,
    classificationDateVersion,
    jourReception,
    dejaAcceptes,
  });
  const imposee = consigne.scenario === 'anomalie' ? imposedAnomalie(consigne, '999') : undefined;
  const anomalie = trouvee ?? imposee ?? null;
  const acte = { ...describe(formulaire, consigne), anomalie };
  if (consigne.scenario === 'silence') return { ...acte, verdict: 'silence' };
  return { ...acte, verdict: anomalie ? 'anomalie' : 'accepte' };
}

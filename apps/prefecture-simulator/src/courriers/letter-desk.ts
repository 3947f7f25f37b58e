import { addMs, EUROPE_PARIS, ok, refuse } from '@teletransmission/kernel';
import type { CivilDate, Clock, Result } from '@teletransmission/kernel';
import { buildRetourClassification } from '../answers/classification-messages';
import { buildCourrier, TEXTES_PAR_DEFAUT, TITRES } from '../answers/courrier-messages';
import { dateRetour } from '../answers/date-retour';
import { nameService } from '../answers/answer-messages';
import { packEnvoi } from '../answers/pack-envoi';
import type { Envoi } from '../answers/pack-envoi';
import { writePdf } from '../answers/write-pdf';
import type { ArchiveFolder } from '../archive/archive-folder';
import type { ClassificationSent, CourrierSent, RetourEmis } from '../ledger/ledger-entry';
import type { Ledger } from '../ledger/ledger';
import { TOUR_DES_COMPTEURS } from '../ledger/keyed-turns';
import type { KeyedTurns } from '../ledger/keyed-turns';
import type { ActesSchema } from '../xml/actes-schema';
import type { DemandeClassification, DemandeCourrier } from './letter-requests';

/** Le bureau d'où partent les messages que personne n'a demandés : courriers, déférés, classification. */
export class LetterDesk {
  constructor(
    private readonly ledger: Ledger,
    private readonly folder: ArchiveFolder,
    private readonly schema: ActesSchema,
    private readonly clock: Clock,
    private readonly turns: KeyedTurns,
  ) {}

  /**
   * Écrit un courrier au sujet d'un acte accusé et le remet au retour. Plusieurs par acte, même annulé : le registre le note.
   * @returns le courrier, ou le refus `courriers/unknown-act` : seul un acte accusé peut recevoir un courrier.
   */
  sendCourrier(demande: DemandeCourrier): Promise<Result<CourrierSent>> {
    return this.turns.run(TOUR_DES_COMPTEURS, async () => {
      const { identifiantActe, flux, delaiMs = 0, alterations = [] } = demande;
      const acte = this.ledger.registre.acceptes.get(identifiantActe);
      if (!acte) {
        const detail = `L'acte ${identifiantActe} n'a jamais été accusé : déposer l'acte, puis attendre son accusé.`;
        return refuse({ code: 'courriers/unknown-act', detail });
      }
      const jour = this.clock.today(EUROPE_PARIS);
      const dateCourrierPref = demande.dateCourrierPref ?? jour;
      const texte = demande.texte ?? TEXTES_PAR_DEFAUT[flux];
      const pages = Array.from({ length: demande.documents ?? 1 }, (_, rang) =>
        writePdf(
          `${TITRES[flux]} (${rang + 1})`,
          `Préfecture simulée : aucun service de l'État n'a écrit ceci.\n\nActe ${identifiantActe}\nLe ${dateCourrierPref}\n\n${texte}`,
        ),
      );
      const documents = await Promise.all(pages);
      let noms: readonly string[] = [];
      const envoi: Envoi = {
        flux,
        identifiantActe,
        formulaire: undefined,
        destinataire: acte.emetteur,
        quadrigramme: acte.quadrigramme,
        debutNom: `${identifiantActe}-${flux}`,
        documents,
        message: (nomsDocuments) => {
          noms = nomsDocuments;
          return buildCourrier({ flux, identifiantActe, dateCourrierPref, texte }, nomsDocuments);
        },
        alterations,
      };
      const retour = await this.write(envoi, jour, delaiMs);
      const entry: CourrierSent = {
        type: 'courrier-sent',
        le: retour.creeLe,
        identifiantActe,
        flux,
        dateCourrierPref,
        texte,
        documents: noms,
        surActeAnnule: this.ledger.registre.annules.has(identifiantActe),
        retour,
      };
      await this.ledger.append(entry);
      return ok(entry);
    });
  }

  /**
   * Envoie la classification à une collectivité qui ne l'a pas demandée (protocole §5.1), comme une préfecture qui publie.
   * @returns l'envoi, ou le refus `courriers/unknown-collectivite` : d'un SIREN jamais vu, il faut donner le département.
   */
  sendClassification(
    demande: DemandeClassification,
    enCours: CivilDate,
  ): Promise<Result<ClassificationSent>> {
    return this.turns.run(TOUR_DES_COMPTEURS, async () => {
      const { siren, dateVersion = enCours, delaiMs = 0, alterations = [] } = demande;
      const connu = this.ledger.registre.emetteurs.get(siren);
      const departement = demande.departement ?? connu?.emetteur.departement;
      if (departement === undefined) {
        const detail = `Rien n'est encore venu du SIREN ${siren} : donner son département.`;
        return refuse({ code: 'courriers/unknown-collectivite', detail });
      }
      const envoi: Envoi = {
        flux: '7-2',
        identifiantActe: null,
        formulaire: undefined,
        destinataire: { siren, departement, arrondissement: '0', nature: connu?.emetteur.nature ?? '31' },
        quadrigramme: connu?.quadrigramme ?? 'TACT',
        debutNom: `${departement}-${siren}----7-2`,
        documents: [],
        message: () => buildRetourClassification(dateVersion),
        alterations,
      };
      const retour = await this.write(envoi, this.clock.today(EUROPE_PARIS), delaiMs);
      const { creeLe: le } = retour;
      const entry: ClassificationSent = { type: 'classification-sent', le, siren, dateVersion, retour };
      await this.ledger.append(entry);
      return ok(entry);
    });
  }

  /** Le retour est sur le disque avant que le registre n'en parle : tué entre les deux, il n'a jamais existé. */
  private async write(envoi: Envoi, jour: CivilDate, delaiMs: number): Promise<RetourEmis> {
    const { registre } = this.ledger;
    const enveloppe = registre.prochaineEnveloppe(nameService(envoi.destinataire), jour);
    const numeros = { compteur: registre.prochainMessage, enveloppe, jour };
    const compose = await packEnvoi(envoi, numeros, this.schema);
    const creeLe = this.clock.now();
    const retour = dateRetour(compose, null, creeLe, addMs(creeLe, delaiMs));
    await this.folder.writeRetours([{ id: retour.id, octets: compose.octets }]);
    return retour;
  }
}

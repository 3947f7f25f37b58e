import type { FichierSigne, LectureXml } from '@teletransmission/actes';
import type { Clock, IdSource, Problem, Result } from '@teletransmission/kernel';
import { civilDateAt, isOneOf, ok, refuse } from '@teletransmission/kernel';
import type { AuditEntry } from '../../audit/audit-entry';
import type { Collectivite } from '../../collectivite/collectivite';
import { isAcknowledgedUpstream } from './acknowledged-upstream';
import { composeCourrier } from './compose-courrier';
import type { Correspondance, FluxLettre, LettreDocument } from '../../correspondance/correspondance';
import { echeanceOf, FLUX_LETTRES } from '../../correspondance/correspondance';
import type { CorrespondanceId } from '../../ids';
import type { CorrespondanceRepository } from '../../ports/actes/correspondances';
import type { LiaisonRepository } from '../../ports/liaison/liaisons';
import type { DocumentStore } from '../../ports/pieces/document-store';
import { readableOf } from '../../retour/read-retour';
import type { ReadMessage } from '../../retour/read-retour';
import { storeFiles } from './store-files';
import type { Retour } from '../../retour/retour';
import type { Transmission } from '../../transmission/transmission';

type Lettre = Extract<LectureXml, { type: FluxLettre }>;

/** Vrai si ce message est une lettre de la préfecture. */
export function isLettre(lecture: LectureXml): lecture is Lettre {
  return isOneOf(FLUX_LETTRES, lecture.type);
}

/** Ce qu'une lettre apporte avec elle. */
export interface Courrier {
  readonly retour: Retour;
  readonly message: ReadMessage;
  readonly acte: Transmission;
  readonly collectivite: Collectivite;
  readonly retourAudit: AuditEntry;
  /** Ce qui se remarque du retour, et reste avec lui. */
  readonly remarque: Problem | null;
}

/**
 * Une lettre de la préfecture ouvre une correspondance rattachée à son acte, avec ses documents et son échéance. Une demande de pièces et
 * une lettre d'observations sont accusées d'office (3-2, 4-2), une fois ; un courrier simple et un déféré ne le sont jamais.
 */
export class ReceiveCourrier {
  constructor(
    private readonly correspondances: CorrespondanceRepository,
    private readonly documents: DocumentStore,
    private readonly liaisons: Pick<LiaisonRepository, 'find'>,
    private readonly clock: Clock,
    private readonly ids: IdSource,
  ) {}

  /** @returns la lettre si elle est neuve, `null` si elle était déjà là ; ou le refus qui la laisse dans le bac. */
  async execute(courrier: Courrier): Promise<Result<Correspondance | null>> {
    const { lecture, octets } = courrier.message;
    if (!isLettre(lecture)) throw new Error('Ce message n’est pas une lettre');
    const { deliberationId, identifiantActe } = courrier.acte;
    if (deliberationId === null || identifiantActe === null) throw new Error('Acte sans délibération');
    const dateCourrier =
      lecture.type === '5-1' ? lecture.message.dateDepot : lecture.message.dateCourrierPref;
    if (!dateCourrier) return refuse(undated());
    const noms = (lecture.type === '5-1' ? lecture.message.piecesJointes : lecture.message.documents).map(
      baseNameOf,
    );
    const stored = await storeFiles(
      await this.documents.open(courrier.retour.empreinte),
      noms,
      this.documents,
    );
    const missing = noms.filter((nom) => !stored.has(nom));
    if (missing.length > 0) return refuse(incomplete(missing));
    const at = this.clock.now();
    const { empreinte } = await this.documents.put(readableOf(octets));
    const correspondance: Correspondance = {
      id: this.ids.next() as CorrespondanceId,
      collectiviteId: courrier.acte.collectiviteId,
      deliberationId,
      identifiantActe,
      flux: lecture.type,
      dateCourrier,
      texte: texteOf(lecture),
      recueLe: at,
      echeance: echeanceOf(lecture.type, civilDateAt(at, courrier.collectivite.fuseau)),
      state: lecture.type === '5-1' ? 'noted' : 'received',
      empreinteMessage: empreinte,
      documents: noms.flatMap((nom, rang): LettreDocument[] => {
        const content = stored.get(nom);
        return content ? [{ rang, nomFichier: nom, ...content }] : [];
      }),
    };
    const { retour, retourAudit, remarque } = courrier;
    const isAcknowledged = await isAcknowledgedUpstream(this.liaisons, retour, lecture.type);
    const isNew = await this.correspondances.receive(
      composeCourrier(
        { correspondance, retour, retourAudit, remarque, isAcknowledged, at, actor: { kind: 'prefecture' } },
        this.ids,
      ),
    );
    return ok(isNew ? correspondance : null);
  }
}

/** Un chemin dans un nom de fichier ne désigne que son dernier morceau : on ne le suit jamais. */
function baseNameOf({ nomFichier }: FichierSigne): string {
  return nomFichier.split(/[/\\]/).at(-1) ?? nomFichier;
}

function texteOf(lecture: Lettre): string | null {
  return (lecture.type === '5-1' ? lecture.message.natureIllegalite : lecture.message.texte) ?? null;
}

function undated(): Problem {
  return {
    code: 'retour/date-missing',
    detail: 'Cette lettre ne porte pas de date lisible : on ne saurait y répondre.',
  };
}

function incomplete(missing: readonly string[]): Problem {
  return {
    code: 'retour/document-missing',
    detail: `Cette lettre annonce ${missing.join(', ')}, qui n'est pas venu avec elle. Elle est gardée ; attendez son envoi complet.`,
  };
}

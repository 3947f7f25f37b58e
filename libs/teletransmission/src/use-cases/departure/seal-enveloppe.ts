import type { ArchiveFile } from '@teletransmission/actes';
import { ARCHIVE_MAX_BYTES, packArchive } from '@teletransmission/actes';
import type { Clock, IdSource, Problem, Result } from '@teletransmission/kernel';
import { addMs, ok, refuse } from '@teletransmission/kernel';
import type { Evidence } from '../../audit/audit-entry';
import type { Liaison } from '../../liaison/liaison';
import { judgeDepot } from '../../liaison/deposit-rules';
import type { Deliberation, Piece } from '../../deliberation/deliberation';
import { openOlderPieces } from '../deposit/open-older-pieces';
import type { EnveloppeId, TransmissionId } from '../../ids';
import type { CorrespondanceRepository } from '../../ports/actes/correspondances';
import type { Dossiers } from '../../ports/actes/dossiers';
import type { DocumentStore, StoredContent } from '../../ports/pieces/document-store';
import type { PieceInspector } from '../../ports/pieces/piece-inspector';
import type { SignatureVerifier } from '../../ports/pieces/signature-verifier';
import type { TransmissionRepository } from '../../ports/actes/transmissions';
import { problems } from '../../problems';
import type { ComposedEnvoi, Operateur } from '../../transmission/compose-envoi';
import { composeEnvoi } from '../../transmission/compose-envoi';
import { changeState } from '../../transmission/state-change';
import { turnAfter } from '../../transmission/turn-after';
import type { Transmission } from '../../transmission/transmission';
import type { JobOutcome } from '../../travaux/job-outcome';
import { DONE, giveUp } from '../../travaux/job-outcome';
import type { Enveloppe } from '../../transmission/enveloppe';

/** Ce qu'on attend avant d'ouvrir de nouveau un document qui n'a pas pu l'être. */
const REOPEN_AFTER_MS = 60_000;

/** Ce que la mise sous enveloppe lit et écrit. */
export interface SealPorts {
  readonly transmissions: TransmissionRepository;
  readonly dossiers: Pick<Dossiers, 'toSeal'>;
  readonly correspondances: CorrespondanceRepository;
  readonly documents: DocumentStore;
  readonly signatures: SignatureVerifier;
  readonly inspector: PieceInspector;
}

/** Ce qu'on scelle, dans quelle enveloppe, et par où il partira. */
interface Sealing {
  readonly transmission: Transmission;
  readonly enveloppe: Enveloppe;
  readonly liaison: Liaison;
}

/**
 * Étape 3 : le message 1-1 et l'enveloppe sont construits, nommés, archivés en flux, hachés et rangés.
 * Tuée n'importe où, elle recommence avec le même numéro du jour et les mêmes octets.
 */
export class SealEnveloppe {
  constructor(
    private readonly ports: SealPorts,
    private readonly operateur: Operateur,
    private readonly clock: Clock,
    private readonly ids: IdSource,
  ) {}

  async execute(id: TransmissionId): Promise<JobOutcome> {
    const dossier = await this.ports.dossiers.toSeal(id, this.clock.now());
    if (!dossier) return giveUp(problems.unknownTransmission(id));
    const { transmission, deliberation, collectivite, classification, route } = dossier;
    if (transmission.state !== 'queued') return DONE;
    // Avant l'heure demandée, rien : l'enveloppe porte le jour où elle est scellée, et son numéro se prend ce jour-là.
    const { notBefore } = transmission;
    if (notBefore !== null && notBefore > this.clock.now()) return { kind: 'later', at: notBefore };
    const enveloppe =
      dossier.enveloppe ??
      (await this.ports.transmissions.allocateEnveloppe(
        transmission,
        collectivite.siren,
        this.clock.today(collectivite.fuseau),
        this.ids.next() as EnveloppeId,
      ));
    if (!route) return this.refuseContent(transmission, problems.unboundCollectivite());
    const { operateur } = this;
    const reponse =
      transmission.correspondanceId && (await this.ports.correspondances.findReponse(transmission.id));
    const pieces = reponse?.pieces ?? piecesOf(transmission, deliberation);
    const refused = refusalOf(route.liaison, transmission, deliberation);
    if (refused) return this.refuseContent(transmission, refused);
    const opened = await openOlderPieces(pieces, this.ports.inspector);
    if (opened.kind === 'unavailable') return { kind: 'later', at: addMs(this.clock.now(), REOPEN_AFTER_MS) };
    if (opened.kind === 'refused') return this.refuseContent(transmission, opened.problem);
    const signatures = await this.readSignatures(pieces);
    if (!signatures.ok) return this.refuseContent(transmission, signatures.problem);
    const content = composeEnvoi({
      transmission,
      deliberation,
      collectivite,
      classification,
      enveloppe,
      operateur,
      reponse,
      signatures: signatures.value,
    });
    if (!content.ok) return this.refuseContent(transmission, content.problem);
    const stored = await this.pack(content.value);
    if (stored.tailleOctets > ARCHIVE_MAX_BYTES) {
      return this.refuseContent(
        transmission,
        problems.archiveTooLarge(stored.tailleOctets, ARCHIVE_MAX_BYTES),
      );
    }
    const { departement, octetsParHeure } = route.prefecture;
    if (octetsParHeure !== null && stored.tailleOctets > octetsParHeure) {
      const { tailleOctets } = stored;
      return this.refuseContent(
        transmission,
        problems.archiveOverBudget(tailleOctets, octetsParHeure, departement),
      );
    }
    return this.recordSealed(
      { transmission, enveloppe, liaison: route.liaison },
      content.value,
      stored,
      opened.evidence,
    );
  }

  /**
   * Les signatures valent encore au moment de partir : un certificat expiré depuis le dépôt, ou un document qui n'est plus celui qui a
   * été signé, arrête l'envoi. @returns le texte de chaque signature, par rang.
   */
  private async readSignatures(pieces: readonly Piece[]): Promise<Result<ReadonlyMap<number, string>>> {
    const textes = new Map<number, string>();
    for (const { rang, nomFichier, empreinte, signature } of pieces) {
      if (signature === null) continue;
      const content = { document: empreinte, signature: signature.empreinte };
      const verified = await this.ports.signatures.verify(content, this.clock.now());
      if (!verified.ok) {
        const { code, detail } = verified.problem;
        return refuse({ code, detail: `Signature de « ${nomFichier} » : ${detail}` });
      }
      textes.set(rang, verified.value.texte);
    }
    return ok(textes);
  }

  private async pack({ depot, pieces }: ComposedEnvoi): Promise<StoredContent> {
    const xml = [depot.enveloppe, depot.message].map(({ nom, octets }): ArchiveFile => ({
      nom,
      tailleOctets: octets.byteLength,
      open: () => [octets],
      compresser: true,
    }));
    const documents: ArchiveFile[] = [];
    for (const [index, piece] of pieces.entries()) {
      const nom = depot.documents[index];
      if (nom === undefined) throw new Error('Pièce sans nom dans le dépôt');
      // On ne tient jamais ouvert plus d'un document : le flux ne s'ouvre qu'à son tour d'entrer dans l'archive.
      const open = (): AsyncIterable<Uint8Array> => this.chunks(piece.empreinte);
      documents.push({ nom, tailleOctets: piece.tailleOctets, open, compresser: false });
    }
    return this.ports.documents.put(packArchive([...xml, ...documents]));
  }

  private async *chunks(empreinte: Piece['empreinte']): AsyncGenerator<Buffer> {
    for await (const chunk of await this.ports.documents.open(empreinte)) yield chunk as Buffer;
  }

  private async recordSealed(
    { transmission, enveloppe, liaison }: Sealing,
    { depot, classificationEnvoyee }: ComposedEnvoi,
    stored: StoredContent,
    opened: Evidence,
  ): Promise<JobOutcome> {
    const now = this.clock.now();
    const archive = { nom: depot.nomArchive, ...stored };
    const change = changeState(transmission, {
      event: 'enveloppe-sealed',
      at: now,
      actor: { kind: 'service' },
      evidence: {
        archive: archive.nom,
        empreinte: archive.empreinte,
        tailleOctets: archive.tailleOctets,
        liaison: liaison.id,
        ...opened,
      },
      patch: {
        enveloppeId: enveloppe.id,
        liaisonId: liaison.id,
        turn: 0,
        nextTurnAt: now,
        classificationEnvoyee,
      },
      effects: [{ kind: 'seal', enveloppeId: enveloppe.id, archive }],
      outbox: [
        {
          job: 'submit-enveloppe',
          targetId: transmission.id,
          turn: turnAfter(transmission),
          notBefore: null,
        },
      ],
    });
    if (!change.ok) return giveUp(change.problem);
    await this.ports.transmissions.record(change.value);
    return { kind: 'done', state: change.value.to };
  }

  private async refuseContent(transmission: Transmission, problem: Problem): Promise<JobOutcome> {
    const change = changeState(transmission, {
      event: 'content-refused',
      at: this.clock.now(),
      actor: { kind: 'service' },
      reason: problem.detail,
      evidence: { code: problem.code },
      patch: { stopReason: { code: problem.code, detail: problem.detail } },
    });
    if (!change.ok) return giveUp(change.problem);
    await this.ports.transmissions.record(change.value);
    return { kind: 'done', state: change.value.to };
  }
}

/** Les pièces d'un acte ; une annulation ou une demande de nomenclature n'en porte pas. */
function piecesOf({ flux }: Transmission, deliberation: Deliberation | null): readonly Piece[] {
  return flux === '1-1' ? (deliberation?.pieces ?? []) : [];
}

/** Ce que cette liaison refuserait de l'acte : la collectivité a pu changer de liaison depuis le dépôt. */
function refusalOf(
  { nom, regles }: Liaison,
  { flux }: Transmission,
  deliberation: Deliberation | null,
): Problem | null {
  if (flux !== '1-1' || !deliberation) return null;
  const { numeroInterne, objet, pieces } = deliberation;
  const violations = judgeDepot(regles, { numeroInterne, objet, fichiers: pieces.length }, nom);
  return violations.length === 0 ? null : problems.depotRefused(nom, violations);
}

import type { ArchiveFile, DepotActe } from '@teletransmission/actes';
import { ARCHIVE_MAX_BYTES, buildDepotActe, packArchive, parseMatiere } from '@teletransmission/actes';
import type { Clock, IdSource, Problem } from '@teletransmission/kernel';
import { Readable } from 'node:stream';
import type { Collectivite } from '../collectivite/collectivite';
import type { Deliberation } from '../deliberation/deliberation';
import type { EnveloppeId, TransmissionId } from '../ids';
import type { CollectiviteRepository } from '../ports/collectivites';
import type { DeliberationRepository } from '../ports/deliberations';
import type { DocumentStore, StoredContent } from '../ports/document-store';
import type { Enveloppe, TransmissionRepository } from '../ports/transmissions';
import { problems } from '../problems';
import { changeState, turnAfter } from '../transmission/state-change';
import type { Transmission } from '../transmission/transmission';
import type { JobOutcome } from './job-outcome';
import { DONE, giveUp } from './job-outcome';

/** Ce qui signe les archives de cet opérateur : son code et celui du canal (`EACT` en production, `TACT` en essai). */
export interface Operateur {
  readonly trigramme: string;
  readonly quadrigramme: string;
  readonly adresseRetour: string;
}

/** Ce que la mise sous enveloppe lit et écrit. */
export interface SealPorts {
  readonly transmissions: TransmissionRepository;
  readonly deliberations: DeliberationRepository;
  readonly collectivites: CollectiviteRepository;
  readonly documents: DocumentStore;
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
    const transmission = await this.ports.transmissions.find(id);
    if (!transmission) return giveUp(problems.unknownTransmission(id));
    if (transmission.state !== 'queued') return DONE;
    const deliberation = await this.ports.deliberations.find(transmission.deliberationId);
    const collectivite = await this.ports.collectivites.find(transmission.collectiviteId);
    if (!deliberation || !collectivite) throw new Error('Transmission sans délibération ni collectivité');
    const enveloppe = await this.ports.transmissions.allocateEnveloppe(
      transmission,
      collectivite.siren,
      this.clock.today(collectivite.fuseau),
      this.ids.next() as EnveloppeId,
    );
    const depot = this.build(deliberation, collectivite, enveloppe);
    if (!depot.ok) return this.refuseContent(transmission, depot.problem);
    const stored = await this.pack(depot.value, deliberation);
    if (stored.tailleOctets > ARCHIVE_MAX_BYTES) {
      return this.refuseContent(
        transmission,
        problems.archiveTooLarge(stored.tailleOctets, ARCHIVE_MAX_BYTES),
      );
    }
    return this.recordSealed(transmission, enveloppe, depot.value, stored);
  }

  private build(
    deliberation: Deliberation,
    collectivite: Collectivite,
    enveloppe: Enveloppe,
  ): ReturnType<typeof buildDepotActe> {
    const matiere = parseMatiere(deliberation.matiere);
    if (!matiere.ok) return matiere;
    const [main, ...annexes] = deliberation.pieces;
    if (!main) throw new Error('Délibération sans document principal');
    const { siren, departement, arrondissement, natureCollectivite, referent } = collectivite;
    return buildDepotActe({
      trigramme: this.operateur.trigramme,
      quadrigramme: this.operateur.quadrigramme,
      jour: enveloppe.jour,
      numeroEnveloppe: enveloppe.numero,
      collectivite: {
        siren,
        departement,
        arrondissement,
        natureCollectivite,
        referent,
        adressesRetour: [...new Set([this.operateur.adresseRetour, ...collectivite.adressesRetour])],
      },
      acte: {
        dateDecision: deliberation.dateDecision,
        numeroInterne: deliberation.numeroInterne,
        nature: deliberation.nature,
        matiere: matiere.value.niveaux,
        objet: deliberation.objet,
        classificationDateVersion: collectivite.classificationDateVersion,
      },
      document: { extension: main.format, typePiece: main.typePiece },
      annexes: annexes.map(({ format, typePiece }) => ({ extension: format, typePiece })),
    });
  }

  private async pack(depot: DepotActe, deliberation: Deliberation): Promise<StoredContent> {
    const xml = [depot.enveloppe, depot.message].map(({ nom, octets }): ArchiveFile => ({
      nom,
      tailleOctets: octets.byteLength,
      open: () => Readable.from([Buffer.from(octets)]),
      compresser: true,
    }));
    const documents: ArchiveFile[] = [];
    for (const [index, piece] of deliberation.pieces.entries()) {
      const nom = depot.documents[index];
      if (nom === undefined) throw new Error('Pièce sans nom dans le dépôt');
      // On ne tient jamais ouvert plus d'un document : le flux ne s'ouvre qu'à son tour d'entrer dans l'archive.
      const open = (): Readable => Readable.from(this.chunks(piece.empreinte), { objectMode: false });
      documents.push({ nom, tailleOctets: piece.tailleOctets, open, compresser: false });
    }
    return this.ports.documents.put(packArchive([...xml, ...documents]));
  }

  private async *chunks(empreinte: Deliberation['pieces'][number]['empreinte']): AsyncGenerator<Buffer> {
    for await (const chunk of await this.ports.documents.open(empreinte)) yield chunk as Buffer;
  }

  private async recordSealed(
    transmission: Transmission,
    enveloppe: Enveloppe,
    depot: DepotActe,
    stored: StoredContent,
  ): Promise<JobOutcome> {
    const now = this.clock.now();
    const archive = { nom: depot.nomArchive, ...stored };
    const change = changeState(transmission, {
      event: 'enveloppe-sealed',
      at: now,
      actor: { kind: 'service' },
      evidence: { archive: archive.nom, empreinte: archive.empreinte, tailleOctets: archive.tailleOctets },
      patch: { enveloppeId: enveloppe.id, turn: 0, nextTurnAt: now },
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
    const violations = (problem.violations ?? []).map((violation) => violation.detail).join(' ');
    const change = changeState(transmission, {
      event: 'content-refused',
      at: this.clock.now(),
      actor: { kind: 'service' },
      reason: problem.detail,
      evidence: { code: problem.code },
      patch: { stopReason: { code: problem.code, detail: `${problem.detail} ${violations}`.trim() } },
    });
    if (!change.ok) return giveUp(change.problem);
    await this.ports.transmissions.record(change.value);
    return { kind: 'done', state: change.value.to };
  }
}

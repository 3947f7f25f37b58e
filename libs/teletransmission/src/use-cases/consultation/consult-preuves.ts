import type { LectureXml } from '@teletransmission/actes';
import type { Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import type { Readable } from 'node:stream';
import type { Compte } from '../../compte/compte';
import type { DeliberationId } from '../../ids';
import type { DocumentStore } from '../../ports/pieces/document-store';
import type { Classification } from '../../classification/classification';
import type { NomenclatureRecue, PreuveReadings, PreuveRecue } from '../../ports/lectures/preuves';
import type { RetourRepository } from '../../ports/actes/retours';
import { problems } from '../../problems';
import { isAnomalie } from '../../retour/anomalie';
import type { ReadMessage, RetourContent } from '../../retour/read-retour';
import { readRetour } from '../../retour/read-retour';
import { dateOfAccuse } from '../../retour/retour-happening';
import type { ConsultHistory } from './consult-history';
import type { FindConcerned } from '../retours/find-concerned';

/** Une réponse de la préfecture, et son XML à l'octet près. */
export interface Preuve extends Omit<PreuveRecue, 'message'> {
  /** Le message lui-même : `1-2`, `1-3`, `6-2`, `anomalie-enveloppe`. */
  readonly type: string;
  readonly nom: string;
  readonly octets: Uint8Array;
}

export interface PreuvePorts {
  readonly preuves: PreuveReadings;
  readonly retours: Pick<RetourRepository, 'find'>;
  readonly documents: Pick<DocumentStore, 'open'>;
}

/**
 * Ce qui prouve : l'accusé d'un acte, ses anomalies, l'accusé de son annulation, tels que reçus. Qui suit l'acte peut les prendre, son
 * déposant le premier. Le XML est un document à lui, gardé sous son empreinte ; d'avant, il est tiré du retour brut.
 */
export class ConsultPreuves {
  constructor(
    private readonly history: Pick<ConsultHistory, 'deliberation'>,
    private readonly ports: PreuvePorts,
    private readonly find: Pick<FindConcerned, 'execute'>,
  ) {}

  /** L'accusé de l'acte. @returns le refus `accuse/unknown` tant que la préfecture n'a pas accusé. */
  async accuse(compte: Compte, id: string): Promise<Result<Preuve>> {
    const view = await this.history.deliberation(compte, id);
    if (!view.ok) return view;
    const [recue] = await this.recues(id, isAccuseOf('1-1'));
    if (!recue) return refuse(problems.unknownAccuse(view.value.transmission.state));
    return ok(await this.withMessage(recue));
  }

  /** L'accusé de l'annulation de l'acte. @returns le refus `accuse/unknown` tant que la préfecture ne l'a pas accusée. */
  async accuseAnnulation(compte: Compte, id: string): Promise<Result<Preuve>> {
    const view = await this.history.deliberation(compte, id);
    if (!view.ok) return view;
    const recue = (await this.recues(id, isAccuseOf('6-1'))).at(-1);
    if (!recue) return refuse(problems.unknownAccuseAnnulation(view.value.transmission.state));
    return ok(await this.withMessage(recue));
  }

  /** Les anomalies de l'acte et de son annulation, de la plus ancienne à la plus récente. */
  async anomalies(compte: Compte, id: string): Promise<Result<readonly Preuve[]>> {
    const view = await this.history.deliberation(compte, id);
    if (!view.ok) return view;
    const recues = await this.recues(id, ({ evenement }) => evenement === 'anomalie-received');
    return ok(await Promise.all(recues.map((recue) => this.withMessage(recue))));
  }

  /** Le message de la nomenclature qu'on vient de consulter. @returns le refus `classification/unknown` quand il n'a pas été gardé. */
  async nomenclature(siren: string, { collectiviteId }: Classification): Promise<Result<NomenclatureRecue>> {
    const found = await this.ports.preuves.nomenclature(collectiviteId);
    return found ? ok(found) : refuse(problems.unknownClassification(siren));
  }

  /** @param rang à partir de 1, dans l'ordre de leur arrivée. @returns le refus `anomalie/unknown` au-delà. */
  async anomalie(compte: Compte, id: string, rang: string): Promise<Result<Preuve>> {
    const anomalies = await this.anomalies(compte, id);
    if (!anomalies.ok) return anomalies;
    const found = anomalies.value.find((_, index) => String(index + 1) === rang);
    return found ? ok(found) : refuse(problems.unknownAnomalie(rang, anomalies.value.length));
  }

  private async recues(
    id: string,
    isWanted: (recue: PreuveRecue) => boolean,
  ): Promise<readonly PreuveRecue[]> {
    return (await this.ports.preuves.preuves(id as DeliberationId)).filter(isWanted);
  }

  private async withMessage(recue: PreuveRecue): Promise<Preuve> {
    if (recue.message) {
      const { type, nom, empreinte } = recue.message;
      return { ...recue, type, nom, octets: await bytesOf(await this.ports.documents.open(empreinte)) };
    }
    const { retour } = recue;
    const content = await readRetour(await this.ports.documents.open(retour.empreinte), retour.nom);
    const message = content.ok ? await this.messageOf(recue, content.value) : undefined;
    if (!message) throw new Error('Retour appliqué sans son message');
    const { nom, octets, lecture } = message;
    return { ...recue, type: lecture.type, nom, octets };
  }

  /** Un retour peut répondre de plusieurs actes : celui qui dit ce que le journal a retenu, et parle de cette transmission. */
  private async messageOf(
    recue: PreuveRecue,
    { messages, enveloppe }: RetourContent,
  ): Promise<ReadMessage | undefined> {
    const candidates = messages.filter(({ lecture }) => says(lecture, recue));
    if (candidates.length < 2) return candidates[0];
    const retour = await this.ports.retours.find(recue.retour.id);
    if (!retour) return undefined;
    for (const message of candidates) {
      const found = await this.find.execute(retour, message, enveloppe);
      if (!found.ok || found.value.kind !== 'transmission') continue;
      if (found.value.transmission.id === recue.transmissionId) return message;
    }
    return undefined;
  }
}

async function bytesOf(source: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of source as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const ACCUSE_OF = { '1-1': '1-2', '6-1': '6-2' } as const;

function isAccuseOf(flux: PreuveRecue['flux']): (recue: PreuveRecue) => boolean {
  return (recue) => recue.evenement === 'ar-received' && recue.flux === flux;
}

function says(lecture: LectureXml, { evenement, flux, dit }: PreuveRecue): boolean {
  if (evenement === 'ar-received')
    return lecture.type === ACCUSE_OF[flux] && dateOfAccuse(lecture) === dit.dateReception;
  return (
    isAnomalie(lecture) && lecture.message.nature === dit.nature && lecture.message.detail === dit.detail
  );
}

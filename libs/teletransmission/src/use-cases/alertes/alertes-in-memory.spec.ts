import type { IdentifiantActe } from '@teletransmission/actes';
import { civilDate } from '@teletransmission/kernel';
import type { Instant } from '@teletransmission/kernel';
import {
  aCollectivite,
  aTransmission,
  describeAlerteContract,
  InMemoryAlertes,
  InMemoryCollectivites,
  InMemoryLedger,
  InMemoryPouls,
  InMemoryReleves,
  InMemoryTransmissions,
  SequentialIds,
} from '@teletransmission/testkit';
import type { Correspondance } from '../../correspondance/correspondance';
import type { Retour } from '../../retour/retour';
import type { CorrespondanceId, DeliberationId, Empreinte, RetourId, TransmissionId } from '../../ids';
import { LIAISON_DIRECTE } from '../../liaison/liaison';

const NOW = '2022-11-02T09:00:00.000Z' as Instant;

describeAlerteContract('en mémoire', NOW, () => {
  const ledger = new InMemoryLedger();
  const alertes = new InMemoryAlertes(ledger);
  const ids = new SequentialIds();
  const collectivite = aCollectivite();
  return Promise.resolve({
    alertes,
    pouls: new InMemoryPouls(),
    releves: new InMemoryReleves(ledger),
    transmissions: new InMemoryTransmissions(ledger, new InMemoryCollectivites(collectivite)),
    deposited: () => {
      const id = ids.next() as TransmissionId;
      const identifiantActe = `034-acte-${id}` as IdentifiantActe;
      const transmission = aTransmission({ id, identifiantActe, since: NOW });
      ledger.transmissions.set(id, transmission);
      return Promise.resolve(transmission);
    },
    receivedRetour: () => {
      const id = ids.next() as RetourId;
      ledger.retours.set(id, {
        id,
        liaisonId: LIAISON_DIRECTE,
        source: 'directe',
        sourceId: id,
        nom: 'retour.tar.gz',
        empreinte: id as string as Empreinte,
        tailleOctets: 1,
        recuLe: NOW,
        state: 'received',
        lecture: 1,
        rattacheA: null,
        remarques: [],
      });
      return Promise.resolve(id);
    },
    waitingCourrier: (echeance) => {
      const id = ids.next() as CorrespondanceId;
      ledger.correspondances.set(id, {
        id,
        collectiviteId: collectivite.id,
        deliberationId: ids.next() as DeliberationId,
        identifiantActe: 'acte' as IdentifiantActe,
        flux: '3-1',
        dateCourrier: civilDate('2022-11-01'),
        texte: null,
        recueLe: NOW,
        echeance,
        state: 'received',
        empreinteMessage: id as string as Empreinte,
        documents: [],
      });
      return Promise.resolve(id);
    },
    defere: () => {
      const id = ids.next() as CorrespondanceId;
      const lettre: Correspondance = {
        id,
        collectiviteId: collectivite.id,
        deliberationId: ids.next() as DeliberationId,
        identifiantActe: 'acte' as IdentifiantActe,
        flux: '5-1',
        dateCourrier: civilDate('2022-11-01'),
        texte: null,
        recueLe: NOW,
        echeance: null,
        state: 'noted',
        empreinteMessage: id as string as Empreinte,
        documents: [],
      };
      ledger.correspondances.set(id, lettre);
      const take = (): Promise<void> => {
        ledger.correspondances.set(id, { ...lettre, state: 'taken' });
        return Promise.resolve();
      };
      return Promise.resolve({ id, take });
    },
    defereAuBac: () => {
      const id = ids.next() as RetourId;
      const retour: Retour = {
        id,
        liaisonId: LIAISON_DIRECTE,
        source: 'directe',
        sourceId: id,
        nom: 'retour.tar.gz',
        empreinte: id as string as Empreinte,
        tailleOctets: 1,
        recuLe: NOW,
        state: 'unmatched',
        lecture: 1,
        remarques: [],
        rattacheA: null,
      };
      ledger.retours.set(id, retour);
      const nobody = { collectiviteId: null, transmissionId: null, code: null, detail: null };
      ledger.settlements.set(id, { flux: '5-1', ...nobody });
      const setAside = (): Promise<void> => {
        ledger.retours.set(id, { ...retour, state: 'set-aside' });
        return Promise.resolve();
      };
      return Promise.resolve({ id, setAside });
    },
    open: () => Promise.resolve(alertes.opened.map(({ genre, sujetId }) => `${genre} ${sujetId}`)),
    details: () => Promise.resolve(alertes.opened.map(({ detail }) => detail)),
    close: () => Promise.resolve(),
  });
});

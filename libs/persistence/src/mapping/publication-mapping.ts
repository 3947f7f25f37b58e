import type { CivilDate } from '@teletransmission/kernel';
import type {
  CollectiviteId,
  CompteId,
  DeclarationPublication,
  DeliberationId,
  MoyenPublication,
  Publication,
  PublicationState,
} from '@teletransmission/teletransmission';
import { fromTimestamp } from '../instants';
import type { PublicationRow } from '../rows/publication.row';

export function publicationOf(row: PublicationRow): Publication {
  return {
    deliberationId: row.deliberationId as DeliberationId,
    collectiviteId: row.collectiviteId as CollectiviteId,
    state: row.state as PublicationState,
    datePublication: row.datePublication as CivilDate | null,
    adresse: row.adresse,
    declaration: declarationOf(row),
  };
}

function declarationOf({ moyen, declareePar, declareeLe }: PublicationRow): DeclarationPublication | null {
  if (moyen === null || declareePar === null || declareeLe === null) return null;
  return {
    moyen: moyen as MoyenPublication,
    par: declareePar as CompteId,
    le: fromTimestamp(declareeLe),
  };
}

/** Un identifiant d'acte, découpé (protocole §4.1). */
export interface IdentifiantLu {
  readonly departement: string;
  readonly siren: string;
  /** `AAAAMMJJ`. */
  readonly jour: string;
  readonly numeroInterne: string;
  /** Abréviation de la nature, `DE`, `AR`… */
  readonly nature: string;
}

const IDENTIFIANT = /^(\d{3}|02[AB])-(\d{9})-(\d{8})-(.+)-([A-Z]{2})$/;

/** Découpe un identifiant par les deux bouts : le numéro peut contenir des traits d'union, et même `-DE`. */
export function readIdentifiantActe(texte: string): IdentifiantLu | undefined {
  const [, departement, siren, jour, numeroInterne, nature] = IDENTIFIANT.exec(texte) ?? [];
  if (!departement || !siren || !jour || !numeroInterne || !nature) return undefined;
  return { departement, siren, jour, numeroInterne, nature };
}

/** Les champs d'un formulaire : chacun peut être répété. */
export type Champs = Readonly<Record<string, readonly string[]>>;

/** Lit un corps de formulaire déjà découpé ; ce qui n'est pas du texte est ignoré. */
export function asTexts(corps: unknown): Champs {
  if (typeof corps !== 'object' || corps === null) return {};
  return Object.fromEntries(
    Object.entries(corps).map(([nom, valeur]: [string, unknown]) => [
      nom,
      (Array.isArray(valeur) ? valeur : [valeur]).filter((texte) => typeof texte === 'string'),
    ]),
  );
}

/** Le texte d'un champ, sans blancs autour ; rien s'il est vide ou absent. */
export function textOf(champs: Champs, nom: string): string | undefined {
  const texte = champs[nom]?.[0]?.trim() ?? '';
  return texte === '' ? undefined : texte;
}

function pick(champs: Champs, noms: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    noms.flatMap((nom) => {
      const texte = textOf(champs, nom);
      return texte === undefined ? [] : [[nom, texte]];
    }),
  );
}

const asNumber = (champs: Champs, nom: string, cle = nom, facteur = 1): Readonly<Record<string, number>> => {
  const texte = textOf(champs, nom);
  return texte === undefined ? {} : { [cle]: Number(texte) * facteur };
};

const asAlterations = (champs: Champs): Readonly<Record<string, readonly string[]>> =>
  champs.alterations?.length ? { alterations: champs.alterations } : {};

/** Les champs demandés, tels quels, sans ceux qui sont vides. */
export function asFields(champs: Champs, noms: readonly string[]): unknown {
  return pick(champs, noms);
}

/** Le formulaire du courrier, sous la forme que le pilotage attend. */
export function asCourrier(champs: Champs): unknown {
  return {
    ...pick(champs, ['identifiantActe', 'flux', 'dateCourrierPref', 'texte']),
    ...asNumber(champs, 'documents'),
    ...asAlterations(champs),
  };
}

/** Le formulaire d'une consigne ; le délai s'y donne en secondes. */
export function asConsigne(champs: Champs): unknown {
  const nature = textOf(champs, 'nature');
  return {
    ...pick(champs, ['scenario', 'flux']),
    ...asNumber(champs, 'delaiS', 'delaiMs', 1000),
    ...(nature === undefined ? {} : { anomalie: { nature, ...pick(champs, ['detail']) } }),
    ...asAlterations(champs),
  };
}

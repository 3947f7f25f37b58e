import type { Champ, Forme, FormeObjet } from '@teletransmission/teletransmission';
import { z } from 'zod';

function schemaOfText({ min, max, estUnJour, parmi }: Extract<Forme, { genre: 'texte' }>): z.ZodType {
  if (parmi) return z.enum(parmi);
  const text = z.string().min(min).max(max);
  return estUnJour === true ? text.meta({ format: 'date' }) : text;
}

function schemaOfField({ forme, estRequis, estNullable, sens }: Champ): z.ZodType {
  const schema = schemaOf(forme);
  const admitted = estNullable === true ? schema.nullable() : schema;
  const asked = estRequis ? admitted : admitted.optional();
  return sens === undefined ? asked : asked.describe(sens);
}

function schemaOf(forme: Forme): z.ZodType {
  switch (forme.genre) {
    case 'texte':
      return schemaOfText(forme);
    case 'entier':
      return z.int().min(forme.min).max(forme.max);
    case 'booleen':
      return z.boolean();
    case 'liste':
      return z.array(schemaOf(forme.de)).min(forme.min).max(forme.max);
    case 'objet':
      return schemaOfForme(forme);
  }
}

/**
 * Le schéma publié d'une demande que les règles du domaine lisent : les mêmes champs, les mêmes bornes, puisque c'est la même description.
 * Il ne lit rien : le lecteur du domaine rend toutes les fautes d'un dossier d'un coup, avec ses phrases.
 */
export function schemaOfForme({ champs }: FormeObjet): z.ZodObject {
  return z.strictObject(
    Object.fromEntries(Object.entries(champs).map(([nom, champ]) => [nom, schemaOfField(champ)])),
  );
}

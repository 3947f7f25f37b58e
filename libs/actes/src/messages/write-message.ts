import type { Result } from '@teletransmission/kernel';
import type { ElementAEcrire } from '../xml/write-xml';
import { el, writeXml } from '../xml/write-xml';
import type { XmlViolation } from '../xml/xml-violation';
import {
  attributsCourrier,
  composeActe,
  composeAnomalieActe,
  composeARActe,
  composeFichier,
} from './compose-acte';
import { composeRetourClassification } from './compose-classification';
import { FLUX } from '../noms/flux';
import { messageAttendu } from './message-attendu';
import type { MessageMetier } from './messages';
import { reread } from './reread';

export interface WriteMessageOptions {
  /**
   * Vrai pour écrire un `IDActe` à tirets, que le motif officiel exclut mais que des préfectures attribuent. À réserver aux
   * réponses et aux annulations, où l'identifiant se recopie de l'accusé et ne se choisit pas.
   */
  readonly identifiantTelQueRecu?: boolean;
}

/**
 * Écrit un message métier : octets ISO-8859-1 déclarés, préfixe `actes`. Ce qui est rendu est valide pour notre vocabulaire
 * comme pour le schéma officiel ; sinon rien n'est rendu.
 * @returns les octets, ou le refus `xml/not-writable` dont les violations disent toutes les fautes.
 * @example writeMessage({ flux: '6-1', identifiantActe })
 */
export function writeMessage(message: MessageMetier, options: WriteMessageOptions = {}): Result<Uint8Array> {
  const attendu = { type: message.flux, message: messageAttendu(message) };
  return reread(
    writeXml(compose(message)),
    attendu,
    options.identifiantTelQueRecu === true ? isOfficialPatternOnly : undefined,
  );
}

/** Un identifiant illisible reste refusé, par la règle `regle/identifiant-acte`. */
function isOfficialPatternOnly({ regle, chemin }: XmlViolation): boolean {
  return regle === 'xml/valeur-invalide' && chemin.endsWith('/@actes:IDActe');
}

function compose(message: MessageMetier): ElementAEcrire {
  const { racine } = FLUX[message.flux];
  switch (message.flux) {
    case '1-1':
      return composeActe('Acte', message);
    case '1-2':
      return composeARActe(message);
    case '1-3':
      return composeAnomalieActe(message);
    case '2-1':
    case '2-2':
    case '3-3':
    case '4-3':
    case '4-4':
      return el(racine, [composeFichier('Document', message.document)], attributsCourrier(message));
    case '3-1': {
      const pieces = el('DescriptionPieces', message.descriptionPieces);
      return el(racine, [pieces, composeFichier('Document', message.document)], attributsCourrier(message));
    }
    case '4-1': {
      const motif = el('Motif', message.motif);
      return el(racine, [motif, composeFichier('Document', message.document)], attributsCourrier(message));
    }
    case '3-2':
    case '4-2':
      return el(racine, [], attributsCourrier(message));
    case '3-4': {
      const documents = message.documents.map((document) => composeFichier('Document', document));
      return el(racine, [el('Documents', documents)], attributsCourrier(message));
    }
    case '3-5':
    case '4-5': {
      const infos = el('InfosCourrierPref', [], attributsCourrier(message.infosCourrierPref));
      return el(racine, [infos], [['actes:DateReception', message.dateReception]]);
    }
    case '5-1':
      return el(
        racine,
        [
          el('DateDepot', message.dateDepot),
          el('NatureIllegalite', message.natureIllegalite),
          el(
            'PiecesJointes',
            message.piecesJointes.map((piece) => composeFichier('PieceJointe', piece)),
          ),
        ],
        [['actes:IDActe', message.identifiantActe]],
      );
    case '6-1':
      return el(racine, [], [['actes:IDActe', message.identifiantActe]]);
    case '6-2':
      return el(
        racine,
        [],
        [
          ['actes:DateReception', message.dateReception],
          ['actes:IDActe', message.identifiantActe],
        ],
      );
    case '7-1':
      return el(
        racine,
        message.dateClassification === undefined
          ? []
          : [el('DateClassification', message.dateClassification)],
      );
    case '7-2':
      return composeRetourClassification(message);
    case '7-3':
      return el(racine, [el('DateClassification', message.dateClassification)]);
  }
}

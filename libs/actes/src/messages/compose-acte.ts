import type { ElementAEcrire } from '../xml/write-xml';
import { el } from '../xml/write-xml';
import type { AnomalieActeMessage, ARActeMessage, CourrierPref, DonneesActe, FichierSigne } from './messages';

type Attributs = ElementAEcrire['attributs'];

export function composeFichier(nom: string, { nomFichier, signature }: FichierSigne): ElementAEcrire {
  const name = el('NomFichier', nomFichier);
  return el(nom, signature === undefined ? [name] : [name, el('Signature', signature)]);
}

export function composeActe(nom: 'Acte' | 'ActeRecu', acte: DonneesActe): ElementAEcrire {
  const matieres = acte.matiere.map((niveau, index) =>
    el(`CodeMatiere${index + 1}`, [], [['actes:CodeMatiere', String(niveau)]]),
  );
  const precedent =
    acte.precedentIdentifiant === undefined
      ? []
      : [el('PrecedentIdentifiantActe', [], [['actes:IDActe', acte.precedentIdentifiant]])];
  const annexes = acte.annexes.map((annexe) => composeFichier('Annexe', annexe));
  return el(
    nom,
    [
      ...matieres,
      el('Objet', acte.objet),
      ...precedent,
      el('ClassificationDateVersion', acte.classificationDateVersion),
      composeFichier('Document', acte.document),
      el('Annexes', annexes, [['actes:Nombre', String(annexes.length)]]),
      el('DocumentPapier', acte.documentPapier ? 'O' : 'N'),
    ],
    [
      ['actes:Date', acte.dateDecision],
      ['actes:NumeroInterne', acte.numeroInterne],
      ['actes:CodeNatureActe', String(acte.codeNature)],
    ],
  );
}

export function composeARActe(message: ARActeMessage): ElementAEcrire {
  return el(
    'ARActe',
    [
      composeActe('ActeRecu', message.acteRecu),
      el('ClassificationDateVersionEnCours', message.classificationDateVersionEnCours),
    ],
    [
      ['actes:DateReception', message.dateReception],
      ['actes:IDActe', message.identifiantActe],
    ],
  );
}

export function composeAnomalieActe(message: AnomalieActeMessage): ElementAEcrire {
  return el('AnomalieActe', [
    el('Date', message.date),
    el('Nature', message.nature),
    ...(message.detail === undefined ? [] : [el('Detail', message.detail)]),
    composeActe('ActeRecu', message.acteRecu),
    el('ClassificationDateVersionEnCours', message.classificationDateVersionEnCours),
  ]);
}

export function attributsCourrier({ dateCourrierPref, identifiantActe }: CourrierPref): Attributs {
  return [
    ['actes:DateCourrierPref', dateCourrierPref],
    ['actes:IDActe', identifiantActe],
  ];
}

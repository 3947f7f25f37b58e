import { PREMIER_CONSTAT } from './constat-example';
import type { Examples } from './examples';

/** Acquittée, pas encore publiée. */
const DELIBERATION = {
  id: '01940f2a-7c00-7000-8000-000000000001',
  identifiantActe: '034-213402761-20221020-2022-10-062-DE',
  collectivite: { siren: '213402761', nom: 'Saint-Mathieu-de-Tréviers' },
  numeroInterne: '2022-10-062',
  nature: 'DE',
  dateDecision: '2022-10-20',
  objet: 'Convention de partenariat pour un environnement numérique de travail',
  matiere: '8.1',
  deposeeLe: '2022-11-02T09:14:27.000Z',
  transmission: {
    id: '01940f2a-7c00-7000-8000-000000000002',
    etat: 'acknowledged',
    libelle: 'Acquittée',
    depuis: '2022-11-02T09:14:27.000Z',
    enRetard: false,
    tour: 1,
    prochainEnvoiLe: null,
    echeanceAr: null,
    probleme: null,
    teletransmiseLe: '2022-11-02T09:14:27.000Z',
    dateTeletransmission: '2022-11-02',
    dateReception: '2022-11-02',
  },
  publication: {
    etat: 'unpublished',
    libelle: 'Non publiée',
    datePublication: null,
    adresse: null,
    declaration: null,
    automatique: false,
    siteRegle: false,
  },
  dateExecutoire: null,
  pasAvant: null,
  corrige: null,
  corrigeePar: null,
  archive: {
    nom: 'TLT-TACT--213402761--20221102-57.tar.gz',
    empreinte: '3cbe4dbabb5817971fb8bb99a1410f68f9a2d7700688700aec03cd087901c271',
    tailleOctets: 1000,
  },
  situation: {
    transmission: 'La préfecture en a accusé réception.',
    publication: 'Il reste à la collectivité à la publier, puis à le déclarer.',
    droit: 'Pas encore exécutoire : reçue par l’État, mais pas encore publiée (CGCT, article L2131-1).',
  },
  prochaineEtape: {
    qui: 'personne',
    texte: 'Rien à transmettre : la préfecture en a accusé réception.',
    le: null,
  },
};

/** Un acte, du dépôt à la publication, et ce qu'une personne en décide. */
export const ACTE_EXAMPLES: Examples = {
  deposerDeliberation: {
    'Le reçu': {
      id: '01940f2a-7c00-7000-8000-000000000001',
      transmission: '01940f2a-7c00-7000-8000-000000000002',
      identifiantActe: '034-213402761-20221020-2022-10-062-DE',
      deposeeLe: '2022-11-02T09:14:27.000Z',
    },
  },
  corrigerDeliberation: {
    'Le reçu de la correction': {
      id: '01940f2a-7c00-7000-8000-000000000001',
      transmission: '01940f2a-7c00-7000-8000-000000000002',
      identifiantActe: '034-213402761-20221020-2022-10-062-DE',
      deposeeLe: '2022-11-02T09:14:27.000Z',
    },
  },
  listerDeliberations: { 'Une page': { deliberations: [DELIBERATION], suivant: null } },
  listerAccuses: { 'Une page': { deliberations: [DELIBERATION], suivant: null } },
  suivreDeliberation: {
    'Acquittée, pas encore publiée': {
      ...DELIBERATION,
      pieces: [
        {
          rang: 0,
          typePiece: '99_DE',
          nomFichier: 'extrait.pdf',
          empreinte: 'cad1025ae35dc50ecdc99fcd06982d9d5d7a5697cb2aeb643b42118c75acd366',
          tailleOctets: 618,
          format: 'pdf',
          remarques: [],
          signature: null,
        },
        {
          rang: 1,
          typePiece: '99_DE',
          nomFichier: 'convention.pdf',
          empreinte: '3352548ae67dc487cd5de1b43044005426f730e72ccb221e146005e9f4910932',
          tailleOctets: 621,
          format: 'pdf',
          remarques: [],
          signature: null,
        },
      ],
    },
  },
  listerAnomalies: {
    'Une anomalie': {
      anomalies: [
        {
          rang: 1,
          concerne: 'acte',
          flux: '1-3',
          nature: '007',
          detail: 'Fichier illisible',
          recueLe: '2022-11-02T09:14:27.000Z',
          appliqueeLe: '2022-11-02T09:14:27.000Z',
          nom: '034-213402761----1-3_12.xml',
          empreinte: '1772acfe147156b93500156b071d1b4dcc0a854bc7e4c190fcd1d650d00effcf',
          tailleOctets: 1036,
        },
      ],
    },
  },
  declarerPublication: {
    'Publiée, exécutoire': {
      ...DELIBERATION,
      publication: {
        ...DELIBERATION.publication,
        etat: 'published',
        libelle: 'Publiée',
        datePublication: '2022-10-21',
        adresse: 'https://commune.example.org/actes/2022-10-062',
        declaration: { moyen: 'site', par: 'Claire Martin', le: '2022-11-02T09:14:27.000Z' },
      },
      dateExecutoire: '2022-11-02',
      situation: {
        ...DELIBERATION.situation,
        publication: 'Publiée sur un site, d’après la déclaration de Claire Martin.',
        droit:
          'Exécutoire depuis le 02/11/2022, la plus tardive des deux dates : la réception par l’État a suivi la publication (CGCT, article L2131-1).',
      },
    },
  },
  retenirTransmission: {
    Retenue: {
      ...DELIBERATION,
      transmission: {
        ...DELIBERATION.transmission,
        etat: 'held',
        libelle: 'Retenue',
        tour: 0,
        probleme: { code: 'operateur/on-hold', detail: 'Le montant de l’annexe est à vérifier' },
        teletransmiseLe: null,
        dateTeletransmission: null,
        dateReception: null,
      },
      archive: null,
      situation: {
        transmission: 'Arrêtée ici avant tout envoi : une personne doit décider.',
        publication: 'La collectivité doit la publier, puis le déclarer ; ce peut être avant l’accusé.',
        droit:
          'Pas encore exécutoire : il manque la réception par l’État et la publication (CGCT, article L2131-1).',
      },
      prochaineEtape: {
        ...DELIBERATION.prochaineEtape,
        qui: 'operateur',
        texte: 'Lire la raison de l’arrêt, puis corriger, remettre en file ou retirer.',
      },
    },
  },
  reprendreTransmission: {
    'De nouveau en file': {
      ...DELIBERATION,
      transmission: {
        ...DELIBERATION.transmission,
        etat: 'queued',
        libelle: 'À transmettre',
        tour: 0,
        teletransmiseLe: null,
        dateTeletransmission: null,
        dateReception: null,
      },
      archive: null,
      situation: {
        transmission: 'Elle attend d’être mise sous enveloppe.',
        publication: 'La collectivité doit la publier, puis le déclarer ; ce peut être avant l’accusé.',
        droit:
          'Pas encore exécutoire : il manque la réception par l’État et la publication (CGCT, article L2131-1).',
      },
      prochaineEtape: {
        ...DELIBERATION.prochaineEtape,
        qui: 'service',
        texte: 'La mise sous enveloppe suit d’elle-même.',
      },
    },
  },
  retirerTransmission: {
    Retirée: {
      ...DELIBERATION,
      transmission: {
        ...DELIBERATION.transmission,
        etat: 'withdrawn',
        libelle: 'Retirée',
        tour: 0,
        teletransmiseLe: null,
        dateTeletransmission: null,
        dateReception: null,
      },
      archive: null,
      situation: {
        transmission: 'Retirée avant tout envoi.',
        publication: 'Rien ne se publiera de soi-même : la délibération est retirée.',
        droit: 'Pas exécutoire : retirée avant tout envoi.',
      },
      prochaineEtape: { ...DELIBERATION.prochaineEtape, texte: 'Rien : l’acte est retiré.' },
    },
  },
  demanderAnnulation: {
    'Annulation demandée': {
      ...DELIBERATION,
      transmission: { ...DELIBERATION.transmission, etat: 'cancelling', libelle: 'Annulation demandée' },
      situation: {
        transmission: 'Accusée ; son annulation est demandée, et ne vaudra qu’une fois accusée à son tour.',
        publication: 'Rien ne se publie de soi-même tant que son annulation est demandée.',
        droit:
          'Pas encore exécutoire : reçue par l’État, mais pas encore publiée (CGCT, article L2131-1). Son annulation est demandée, et ne vaudra qu’une fois accusée par la préfecture.',
      },
      prochaineEtape: {
        ...DELIBERATION.prochaineEtape,
        qui: 'service',
        texte: 'Le message d’annulation part de lui-même ; d’ici là, l’acte reste transmis.',
      },
    },
  },
  constaterEnvoi: { 'Un premier constat': PREMIER_CONSTAT },
};

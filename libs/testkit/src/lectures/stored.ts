import type {
  Correspondance,
  CourrierSource,
  CourrierView,
  DeliberationView,
  EnvoiView,
  HistoryEntry,
  PieceView,
  ReponseView,
  RetourView,
  TravailView,
} from '@teletransmission/teletransmission';

/** Un dossier entier, tel que la base le porterait. */
export interface StoredDossier {
  readonly view: DeliberationView;
  readonly pieces?: readonly PieceView[];
  readonly envois?: readonly EnvoiView[];
  readonly retours?: readonly RetourView[];
  readonly history?: readonly HistoryEntry[];
  readonly travaux?: readonly TravailView[];
  /** Ses messages, quand il en a d'autres que celui qui se montre. */
  readonly transmissionIds?: readonly string[];
}

/** Une lettre et son dossier, tels que la base les porterait. */
export interface StoredCourrier {
  readonly view: CourrierView;
  readonly lettre: Correspondance;
  readonly reponses?: readonly ReponseView[];
  readonly source?: CourrierSource;
  readonly history?: readonly HistoryEntry[];
}

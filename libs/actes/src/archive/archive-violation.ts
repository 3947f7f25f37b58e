/** Une faute d'une archive : `archive/…` quand ses fichiers se contredisent, `xml/…` ou `regle/…` dans l'un de ses XML. */
export interface ArchiveViolation {
  readonly code: string;
  /** Le fichier en cause, quand il y en a un. */
  readonly fichier?: string;
  readonly detail: string;
}

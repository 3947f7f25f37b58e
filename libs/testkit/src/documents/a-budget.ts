const NAMESPACE = 'http://www.minefi.gouv.fr/cp/demat/docbudgetaire';

/** Ce qu'un essai change d'un document budgétaire : son sceau, ses lignes, sa mise en page. */
export interface BudgetWishes {
  /** `null` : pas scellé. Absent : le sceau du budget tel que construit par défaut. */
  readonly sceau?: { readonly md5: string; readonly sha1: string; readonly date?: string } | null;
  readonly libelle?: string;
}

/** Le sceau du budget par défaut, tel que l'outil qui scelle le calcule ; relevé une fois, et non recalculé ici. */
export const BUDGET_SEAL = {
  md5: 'd648283e57e530952265e90dd5ee357a',
  sha1: '0418e640b750c4f64ae50c944da066a392ce52c8',
} as const;

/** Un petit document budgétaire, en ISO-8859-1. */
export function aBudget({
  sceau = BUDGET_SEAL,
  libelle = 'Budget principal élémentaire',
}: BudgetWishes = {}): Buffer {
  const seal =
    sceau === null
      ? ''
      : `<Scellement md5="${sceau.md5}" sha1="${sceau.sha1}" date="${sceau.date ?? '2026-11-20T10:00:00'}"/>\n`;
  return Buffer.from(
    `<?xml version="1.0" encoding="ISO-8859-1"?>
<DocumentBudgetaire xmlns="${NAMESPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<VersionSchema V="95"/>
${seal}<EnTeteDocBudgetaire><DteStr V="2026-11-20"/><LibelleColl V="Commune d'essai"/><IdColl V="21340276100018"/></EnTeteDocBudgetaire>
<Budget>
  <EnTeteBudget><LibelleEtab V="${libelle}"/><Nomenclature V="M57-M57_A"/></EnTeteBudget>
  <LigneBudget><Nature V="60611"/><CodRD V="D"/><MtPrev V="1200.50"/></LigneBudget>
</Budget>
</DocumentBudgetaire>
`,
    'latin1',
  );
}

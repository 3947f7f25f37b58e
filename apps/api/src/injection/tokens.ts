/** Les ports que les contrôleurs demandent, sous leur nom. */
export const DOCUMENTS = Symbol('DocumentStore');

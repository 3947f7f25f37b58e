/** D'où viennent les identifiants internes (UUIDv7 : leur ordre est celui de leur naissance). */
export interface IdSource {
  next(): string;
}

/** Des exemples par opération, et par cas : le nom du cas est ce qu'on en lit. */
export type Examples = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

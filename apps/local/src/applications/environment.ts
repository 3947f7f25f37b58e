/** L'environnement d'un processus. */
export type Environment = Readonly<Record<string, string>>;

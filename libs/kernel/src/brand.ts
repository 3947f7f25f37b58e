declare const brand: unique symbol;

/** Un type primitif qui porte un nom : deux identifiants de natures différentes ne se mélangent plus. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };

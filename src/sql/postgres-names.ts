export interface Alias {
  readonly aliasname?: string;
}

/** A relation as libpg-query's trees name it. Every field may be absent, see {@link RangeVar.inh}. */
export interface RangeVar {
  readonly schemaname?: string;
  readonly relname?: string;
  readonly alias?: { readonly aliasname?: string };
  /** False for `ONLY t`. */
  readonly inh?: boolean;
  /** `t` for a temporary table. */
  readonly relpersistence?: string;
}

export interface Named {
  readonly String?: { readonly sval?: string };
}

export interface TypeName {
  readonly names?: readonly Named[];
  readonly typmods?: readonly unknown[];
  readonly arrayBounds?: readonly unknown[];
}

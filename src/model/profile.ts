/** A function that a profile saw running. Foreign. */
export interface HotFunction {
  /** As the profiler names it: `total`, `com/shop/Cart.total`, `main.(*Cart).Total`. */
  readonly name: string;
  /** Of its file, with `/` between folders; absent where the profiler writes names only. */
  readonly path?: string;
  /** 1-based: where the function begins, or the first line of it that was seen running. */
  readonly line?: number;
  /** Share of the samples in the function itself, 0..1. */
  readonly self: number;
  /** Share of the samples in the function or in what it called, 0..1. */
  readonly total: number;
}

/** What a CPU profile says about the code of the project. */
export interface Profile {
  /** Samples in which the program ran; an idle one is none. */
  readonly samples: number;
  /** By falling `total`; at most a few hundred. */
  readonly hot: readonly HotFunction[];
}

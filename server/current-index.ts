import type { EmbeddingModel } from '../ingest/embedding/embedding-model.ts';
import type { GenerationStore } from '../ingest/index/generation-store.ts';
import type { OpenIndex } from '../ingest/index/open-generation.ts';
import { YoujuError, type YoujuErrorCode } from '../ingest/youju-error.ts';
import { prepareCatalogue } from './question/documents/document-catalogue.ts';

const POLL_MILLISECONDS = 1000;

/** A publication that could not be opened; `generation` where the pointer named one. */
export type RefusedPublication = { code: YoujuErrorCode | 'unknown'; generation?: string };

/**
 * The index that is being served. A new generation is loaded beside the old one, checked, and then takes its place in one
 * assignment: a request sees exactly one generation. Whatever cannot be loaded leaves the old one serving.
 */
export class CurrentIndex {
  readonly #store: GenerationStore;
  readonly #embeddingModel: EmbeddingModel;
  #index: OpenIndex | undefined;
  #refused: RefusedPublication | undefined;
  #told: string | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isWatching = false;

  constructor(store: GenerationStore, embeddingModel: EmbeddingModel) {
    this.#store = store;
    this.#embeddingModel = embeddingModel;
  }

  /** @throws YoujuError `index-missing` until the first index is open */
  get(): OpenIndex {
    if (!this.#index) throw new YoujuError('index-missing', `no index in ${this.#store.place} yet: run \`npm run ingest\``);
    return this.#index;
  }

  get isReady(): boolean {
    return this.#index !== undefined;
  }

  /** Whether the store gave an answer when it was last asked; without it no question is answered. */
  get isReachable(): boolean {
    return this.#refused?.code !== 'store-unavailable';
  }

  /** What is published now and could not be opened, so that an older index is served, or none. */
  get refused(): RefusedPublication | undefined {
    return this.#refused;
  }

  /**
   * Opens what is published, unless it is being served already.
   * @returns the generation's name if it is new
   * @throws YoujuError `index-missing`, `index-corrupt`, `index-mismatch`, `bad-data-folder`, `store-unavailable`
   */
  async refresh(): Promise<string | undefined> {
    let generation: string | undefined;
    try {
      generation = await this.#store.published();
      const opened = await this.#open(generation);
      this.#refused = undefined;
      return opened;
    } catch (error) {
      this.#refused = { code: error instanceof YoujuError ? error.code : 'unknown', generation };
      throw error;
    }
  }

  async #open(name: string | undefined): Promise<string | undefined> {
    if (name === undefined) throw new YoujuError('index-missing', `no index in ${this.#store.place}: run \`npm run ingest\``);
    if (name === this.#index?.manifest.generation) return undefined;
    const index = await this.#store.open(name);
    const { model } = index.manifest.embedding;
    if (model !== this.#embeddingModel.name) {
      throw new YoujuError(
        'index-mismatch',
        `the index was built with embedding model ${model}, the server is set to ${this.#embeddingModel.name}: run \`npm run ingest\``,
      );
    }
    // Questions are not to wait for it. At a start there are none yet, and the first can be taken while it is made.
    if (this.#index) await prepareCatalogue(index);
    this.#index = index;
    return name;
  }

  /** Looks for a new generation every second. Failures are told once each; the old index goes on serving. */
  watch(onSwitch: (generation: string) => void, onRefused: (error: unknown) => void): void {
    this.#isWatching = true;
    const look = async () => {
      try {
        const generation = await this.refresh();
        this.#told = undefined;
        if (generation !== undefined) onSwitch(generation);
      } catch (error) {
        const message = String(error);
        if (message !== this.#told) onRefused(error);
        this.#told = message;
      }
      if (this.#isWatching) this.#timer = setTimeout(look, POLL_MILLISECONDS).unref();
    };
    this.#timer = setTimeout(look, POLL_MILLISECONDS).unref();
  }

  stop(): void {
    this.#isWatching = false;
    clearTimeout(this.#timer);
  }
}

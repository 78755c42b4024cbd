import { fileURLToPath } from 'node:url'

/** Where the build of the embedding model is; its tokenizer measures chunks. */
export const MODEL_DIR = fileURLToPath(new URL('../../../resources/models/all-MiniLM-L6-v2/', import.meta.url))

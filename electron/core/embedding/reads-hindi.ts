import type { Embedder, EmbedOptions } from '../ports.ts'
import { cosine } from '../search/exact-search.ts'

/** The same said in English and in Hindi, without a number or a name that both would share. */
const SAME_IN_BOTH: readonly (readonly [english: string, hindi: string])[] = [
  ['The court heard the complaint of the workers.', 'अदालत ने मजदूरों की शिकायत सुनी।'],
  ['It rained heavily in the hills last night.', 'कल रात पहाड़ों में भारी बारिश हुई।'],
  ['The farmer sold his wheat in the market.', 'किसान ने बाजार में अपना गेहूं बेचा।'],
  ['Children learn to read at school.', 'बच्चे स्कूल में पढ़ना सीखते हैं।'],
  ['The king built a large fort of stone.', 'राजा ने पत्थर का एक बड़ा किला बनवाया।'],
  ['Doctors treat diseases with medicine.', 'डॉक्टर दवा से रोगों का इलाज करते हैं।'],
  ['The government raised the tax on petrol.', 'सरकार ने पेट्रोल पर कर बढ़ा दिया।'],
  ['Elephants and tigers live in the forest.', 'हाथी और बाघ जंगल में रहते हैं।'],
]
/** So many by chance: once in ten thousand models that read none of it. */
const LEAST_MATCHED = 6

/**
 * Tells whether a model reads Hindi, by trying it: a Hindi sentence must be nearer to the same in English than to
 * others. Asked once of each opened model. Throws what `embed` throws.
 */
export function makeHindiTest(): (embedder: Embedder, options?: EmbedOptions) => Promise<boolean> {
  const known = new WeakMap<Embedder, boolean>()
  return async (embedder, options) => {
    let reads = known.get(embedder)
    if (reads === undefined) {
      reads = await matchesTranslations(embedder, options)
      known.set(embedder, reads)
    }
    return reads
  }
}

async function matchesTranslations(embedder: Embedder, options: EmbedOptions | undefined): Promise<boolean> {
  const vectors = await embedder.embed(SAME_IN_BOTH.flat(), options)
  const english = vectors.filter((_, i) => i % 2 === 0)
  const hindi = vectors.filter((_, i) => i % 2 === 1)
  const matched = hindi.filter((vector, own) => {
    const near = english.map((other) => cosine(vector, other))
    return near.indexOf(Math.max(...near)) === own
  })
  return matched.length >= LEAST_MATCHED
}

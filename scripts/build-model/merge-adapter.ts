import type { Safetensors, WeightTensor } from './read-safetensors.ts'

/**
 * The weights with an adapter's low-rank changes added: `W + B·A` for every `NAME.weight` of which the adapter holds
 * `NAME.lora_A` ([rank, inputs]) and `NAME.lora_B` ([outputs, rank], the scale multiplied in). What the adapter holds besides
 * is read from it under its own name. Source: Hu et al. 2021, LoRA.
 * Throws where a pair's shapes do not fit its weight's.
 */
export function mergeAdapter(weights: Safetensors, adapter: Safetensors): Safetensors {
  const changed = new Set(
    adapter.names.flatMap((name) => (name.endsWith('.lora_A') ? [name.slice(0, -'.lora_A'.length)] : [])),
  )
  const own = new Set(adapter.names.filter((name) => !/\.lora_[AB]$/.test(name)))
  return {
    names: [...weights.names, ...own],
    tensor(name) {
      if (own.has(name)) return adapter.tensor(name)
      const layer = name.replace(/\.weight$/, '')
      const weight = weights.tensor(name)
      return layer !== name && changed.has(layer) ? addProduct(layer, weight, adapter) : weight
    },
  }
}

function addProduct(layer: string, weight: WeightTensor, adapter: Safetensors): WeightTensor {
  const down = adapter.tensor(`${layer}.lora_A`)
  const up = adapter.tensor(`${layer}.lora_B`)
  const [rank = 0, inputCount = 0] = down.shape
  const [outputCount = 0, upRank] = up.shape
  if (rank !== upRank || weight.shape[0] !== outputCount || weight.shape[1] !== inputCount) {
    throw new Error(`The adapter of "${layer}" does not fit: ${down.shape} and ${up.shape} for ${weight.shape}.`)
  }
  const data = Float32Array.from(weight.data)
  for (let row = 0; row < outputCount; row++) {
    for (let k = 0; k < rank; k++) {
      const factor = up.data[row * rank + k] as number
      for (let column = 0; column < inputCount; column++) {
        const at = row * inputCount + column
        data[at] = (data[at] as number) + factor * (down.data[k * inputCount + column] as number)
      }
    }
  }
  return { shape: weight.shape, data }
}

const OFFSET_BASIS = 0x811c9dc5
const PRIME = 0x01000193

/**
 * FNV-1a, 32 bits, unsigned, of a text's UTF-16 units: the same on every machine, quick, and
 * no defence against anybody. Another `salt` gives an independent hash.
 */
export function fnvHash(text: string, salt = 0): number {
  let hash = OFFSET_BASIS ^ Math.imul(salt, 0x9e3779b1)
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), PRIME)
  return hash >>> 0
}

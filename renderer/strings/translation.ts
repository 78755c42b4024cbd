/**
 * The shape a translation must have: the same keys as the English text, any
 * wording. A file in `hi/` typed with it fails the type check when a key is
 * missing or left over.
 */
export type Translation<English> = {
  [Key in keyof English]: English[Key] extends string ? string : Translation<English[Key]>
}

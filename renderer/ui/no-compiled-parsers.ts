import { config } from 'zod'

// zod compiles the parser of each object schema as the schema is made, by `new Function`. This page may not, and
// even trying is a violation of its policy: so this module comes first, before the contract's schemas.
config({ jitless: true })

import type { EvidenceWeights } from './judge-evidence.ts'

/** As scripts/fit/fit-evidence.ts printed them. */
export const EVIDENCE_WEIGHTS: EvidenceWeights = {
  bias: -7.56,
  cosine: 5.11,
  passageCosine: 1.21,
  headingMatch: 0.93,
  offers: -0.65,
  missingNames: -3.07,
  meant: 0.85,
  mostMissing: 1.39,
  passageCoverage: 1.18,
  nearCoverage: 0.6,
  ownMeant: 2.69,
  typed: -2.34,
  fit: 2.34,
  defines: 1.07,
}
/** Where meaning can't be compared (Hindi under an English model, no model) the words decide: rounded and adjusted by hand. */
export const WORD_EVIDENCE_WEIGHTS: EvidenceWeights = {
  offers: 2.1,
  missingNames: -4,
  passageCoverage: 6.5,
  nearCoverage: 3,
  bias: -7.2,
}

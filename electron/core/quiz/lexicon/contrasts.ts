/**
 * Sets of words of which putting one for another makes a true sentence false.
 * Each member is matched as whole words, in lower case; a set is used only
 * where exactly one of its members stands in the sentence. Sets in which a
 * swapped sentence could still be true (more and less of a liking, houses that
 * share a power) are left out or bound to a pattern.
 */
export interface ContrastSet {
  members: readonly string[]
  /** The sentence must match it too. */
  when?: RegExp
}

/** A sentence without a "not": the opposite of a denied word may be as true as the word. */
const PLAIN = /^(?!.*\b(?:not|no|never|neither|nor|cannot|without|nothing|none)\b)/i
const opposites = (...pairs: [string, string][]): ContrastSet[] => pairs.map((members) => ({ members, when: PLAIN }))

export const CONTRASTS: readonly ContrastSet[] = [
  ...opposites(
    ['permits', 'prohibits'],
    ['permit', 'prohibit'],
    ['allows', 'forbids'],
    ['accepted', 'rejected'],
    ['expanded', 'narrowed'],
    ['strengthens', 'weakens'],
    ['strengthened', 'weakened'],
    ['supported', 'opposed'],
    ['encourages', 'discourages'],
    ['encourage', 'discourage'],
    ['centralised', 'decentralised'],
    ['compulsory', 'optional'],
    ['lawful', 'unlawful'],
    ['formal', 'informal'],
    ['universal suffrage', 'limited suffrage'],
    ['universal adult franchise', 'limited franchise'],
    ['adult suffrage', 'limited suffrage'],
    ['equal', 'unequal'],
    ['internal', 'external'],
    ['symmetric', 'asymmetric'],
    ['heterogeneous', 'homogeneous'],
    ['conventional', 'unconventional'],
    ['with the consent of', 'without the consent of'],
    ['with the approval of', 'without the approval of'],
    ['on the advice of', 'against the advice of'],
    ['in accordance with', 'irrespective of'],
    ['independent of', 'subordinate to'],
    ['superior to', 'subordinate to'],
    ['upper', 'lower'],
    ['maximum', 'minimum'],
    ['imports', 'exports'],
    ['rises', 'falls'],
    ['above', 'below'],
  ),
  // Of powers alone: a term that is "extended till June" or an age that is "reduced to 18" has no opposite.
  {
    members: ['extended', 'reduced'],
    when: /^(?!.*\b(?:not|no|never|cannot)\b)(?!.*\b(?:age|till|until|up to)\b).*\b(?:powers?|scope|jurisdiction|coverage|franchise|reservation)\b/i,
  },
  { members: ['directly elected', 'indirectly elected'] },
  { members: ['elected directly', 'elected indirectly'] },
  { members: ['is appointed', 'is elected', 'is nominated'], when: /\b(?:is|are) \p{L}+ (?:by|for)\b/u },
  { members: ['are appointed', 'are elected', 'are nominated'], when: /\b(?:is|are) \p{L}+ (?:by|for)\b/u },
  { members: ['presidential system', 'parliamentary system', 'semi-presidential system'], when: /\bhas an? \p{L}/u },
  { members: ['federal', 'unitary'], when: /\b(?:is|has|was|had) an? (?:federal|unitary)\b/i },
  { members: ['decentralisation', 'centralisation'], when: /\binstruments?\b|\bplead\p{L}+|\bled to\b/u },
  { members: ['more than', 'less than'], when: /\b(?:more|less) than (?:\d|one\b|two\b|half\b|a (?:third|quarter))/i },
  { members: ['a minimum of', 'a maximum of'] },
  { members: ['at least', 'at most'], when: /\bat (?:least|most) (?:\d|\p{L}+ (?:years|members|days|months))/u },
  { members: ['single integrated', 'dual'] },
  { members: ['equal representation', 'proportional representation'] },
  { members: ['by the union government', 'by the state governments'] },
  { members: ['by the central government', 'by the state governments'] },
  { members: ['fixed term', 'indefinite term'] },
  { members: ['advisory jurisdiction', 'original jurisdiction', 'appellate jurisdiction'] },
  { members: ['formal head', 'real head'] },
  { members: ['ceremonial head', 'real head'] },
  { members: ['binding on', 'merely advisory for'] },
  { members: ['smaller states', 'larger states'], when: /\bneed not\b|\bonly\b/ },
  { members: ['senior-most', 'junior-most'] },
  { members: ['compulsory', 'voluntary'] },
  { members: ['secret ballot', 'open ballot'] },
  { members: ['single member', 'three-member', 'multi-member'] },
  { members: ['justiciable', 'non-justiciable'] },
  { members: ['permanent', 'temporary'], when: /\b(?:house|body|chamber|provision|member|member of|feature)\b/i },
  { members: ['bicameral', 'unicameral'] },
  { members: ['lower house', 'upper house'] },
  { members: ['simple majority', 'special majority', 'absolute majority'] },
  { members: ['written', 'unwritten'], when: /\bconstitution\b/i },
  { members: ['rigid', 'flexible'], when: /\bconstitution\b/i },
  { members: ['union list', 'state list', 'concurrent list'] },
  { members: ['rural', 'urban'], when: /\b(?:local|bod(?:y|ies)|amendment|area|panchayat|municipal)/i },
  { members: ['head of the state', 'head of the government'] },
  { members: ['head of state', 'head of government'] },
  { members: ['windward', 'leeward'] },
  { members: ['rabi', 'kharif', 'zaid'] },
  { members: ['igneous', 'sedimentary', 'metamorphic'] },
  { members: ['north-east', 'north-west', 'south-east', 'south-west'] },
  { members: ['north-eastern', 'north-western', 'south-eastern', 'south-western'] },
  {
    members: ['northern', 'southern', 'eastern', 'western'],
    when: /\b(?:hemisphere|ocean|india|coast|part|side|plateau|railway|himalayas?)\b/i,
  },
  { members: ['arabian sea', 'bay of bengal'] },
  { members: ['eastern ghats', 'western ghats'] },
  { members: ['clockwise', 'anti-clockwise'] },
  { members: ['low-pressure', 'high-pressure'] },
  { members: ['low pressure', 'high pressure'] },
  { members: ['warmer', 'cooler', 'colder'], when: /\b(?:water|ocean|air|part|surface|current|sea|than)\b/i },
  { members: ['increases', 'decreases'] },
  {
    members: ['increased', 'decreased'],
    when: /\b(?:temperature|pressure|rain|rainfall|height|depth|strength|number|members|seats|salinity|population)\b/i,
  },
  { members: ['oxidation', 'reduction'], when: /\b(?:oxygen|oxides?|electrons?|metals?|ores?|chemical)\b/i },
  { members: ['evaporation', 'condensation', 'sublimation'] },
  { members: ['exports', 'imports'] },
  { members: ['moderates', 'extremists'] },
  { members: ['unanimously', 'by a simple majority'] },
  { members: ['money bill', 'ordinary bill'] },
  {
    members: ['first', 'last'],
    when: /\bthe (?:first|last) (?:session|meeting|viceroy|governor|president|person|woman|country|state)\b/i,
  },
  { members: ['highest', 'lowest'], when: /\bthe (?:highest|lowest)\b/i },
  { members: ['largest', 'smallest'], when: /\bthe (?:largest|smallest)\b/i },
  { members: ['longest', 'shortest'], when: /\bthe (?:longest|shortest)\b/i },
]

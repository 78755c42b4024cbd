import type { SeedDocument } from './seed-library.ts'

/** Study prose written for the tests: three documents of the kinds that aspirants bring. */
export const POLITY: SeedDocument = {
  id: 'polity',
  title: 'Parliament and the Union executive',
  pages: [
    {
      heading: 'The President',
      text: `The President of India is elected by an electoral college for a term of five years. The electoral college consists of the elected members of both Houses of Parliament and of the Legislative Assemblies of the States. A candidate for the office must be at least 35 years old.

The President can be removed from office only by Parliament, by the procedure of impeachment. Article 61 of the Constitution provides for the impeachment of the President for violation of the Constitution. The Council of Ministers is headed by the Prime Minister. The Prime Minister is appointed by the President.

We shall now see how this works in practice. It is not as simple as you may think! The Council of Ministers is collectively responsible to the Lok Sabha. The 91st Amendment limited the size of the Council of Ministers to 15 per cent of the members of the Lok Sabha.`,
    },
    {
      heading: 'Parliament',
      text: `The Rajya Sabha is a permanent house and is never dissolved. Members of the Rajya Sabha are elected for a term of six years. The Vice-President acts as the chairman of the Rajya Sabha. A money bill can be introduced only in the Lok Sabha. The Lok Sabha is directly elected by the people for a term of five years.

The Supreme Court is the highest court of appeal in India. Judges of the Supreme Court hold office until the age of 65 years. The Supreme Court held in the Kesavananda Bharati case of 1973 that Parliament cannot amend the basic structure of the Constitution. Fig. 2: The chamber of the House. Photograph: Press Office.

The Election Commission conducts the elections to Parliament and to the State legislatures. Article 324 of the Constitution provides for the Election Commission. The Finance Commission is appointed by the President every five years under Article 280.`,
    },
    {
      heading: 'Parliament › Exercises',
      text: `The Rajya Sabha is directly elected by the people of India for a term of four years. The President is elected by the Supreme Court for a term of ten years.`,
    },
  ],
}

export const GEOGRAPHY: SeedDocument = {
  id: 'geography',
  title: 'Rivers and rain',
  pages: [
    {
      heading: 'The plateau rivers',
      text: `The Godavari is the largest river of peninsular India and has a length of 1,465 kilometres. The Godavari rises in the Nashik district of Maharashtra. The Narmada flows through a rift valley between the Vindhya Range and the Satpura Range. The Narmada drains into the Arabian Sea, while the Godavari drains into the Bay of Bengal.

The Western Ghats receive more than 250 centimetres of rain in the south-west monsoon. The south-west monsoon usually sets in over Kerala on 1 June. A rain shadow is a dry area on the leeward side of a mountain range. An isohyet is a line on a map that joins places of equal rainfall.

India receives about 75 per cent of its rain between June and September. A cyclone is a system of winds that rotates inwards around an area of low pressure. An estuary is a tidal mouth of a river where fresh water meets the sea. A delta is a low plain built by a river from the sediment it drops at its mouth.`,
    },
  ],
}

export const HISTORY: SeedDocument = {
  id: 'history',
  title: 'The freedom movement',
  pages: [
    {
      heading: 'The Congress',
      text: `The Indian National Congress was founded in December 1885 at Bombay. Allan Octavian Hume took the initiative in its founding. Dadabhai Naoroji presided over the session of 1886 at Calcutta. The Partition of Bengal was announced by Lord Curzon in 1905, and the Swadeshi Movement began in the same year.

Mahatma Gandhi returned from South Africa in January 1915. The Rowlatt Act was passed in March 1919. The Jallianwala Bagh massacre took place at Amritsar on 13 April 1919. The Non-Cooperation Movement was withdrawn in February 1922, after the violence at Chauri Chaura.

Jawaharlal Nehru moved the Objectives Resolution on 13 December 1946. The Constituent Assembly met for the first time on 9 December 1946. The Constitution was adopted on 26 November 1949 and came into force on 26 January 1950. The Drafting Committee was set up on 29 August 1947 with B. R. Ambedkar as its chairman.`,
    },
  ],
}

/** What tells a person's name from other capitalised words. */
export const HONORIFICS =
  /^(?:Dr|Mr|Mrs|Ms|Prof|Shri|Smt|Pt|Pandit|Mahatma|Sardar|Maulana|Netaji|Lokmanya|Justice|Lord|Lady|Sir|Swami|Guru|Acharya|Raja|Rani|Maharaja|Nawab|Sultan|Emperor|King|Queen|Prince|Saint|Rev)\b\.?/

/** Family and given names that are common in Indian history and politics. One of them marks a run of capitalised words as a person. */
export const PERSON_WORDS = new Set(
  (
    'Ambedkar Gandhi Nehru Patel Prasad Azad Bose Tilak Gokhale Naoroji Rajagopalachari Munshi Ayyangar Ayyar Aiyar Rau Rao Desai Shastri Singh ' +
    'Kalam Radhakrishnan Venkataraman Narayanan Mukherjee Mukherji Banerjee Banerji Bannerji Chatterjee Sen Ghosh Roy Ray Das Dasgupta Datta Dutt ' +
    'Kumar Sharma Verma Varma Gupta Mishra Misra Pandey Pandit Tiwari Trivedi Joshi Kulkarni Deshmukh Pawar Chavan Thackeray Menon Nair Pillai ' +
    'Reddy Naidu Iyer Iyengar Krishnamachari Kripalani Lohia Narayan Kamraj Kamaraj Bahuguna Charan Morarji Jawaharlal Vallabhbhai Rajendra Rajiv ' +
    'Indira Sarojini Subhas Subhash Chandra Bhimrao Mohandas Motilal Dadabhai Bal Gangadhar Gopal Lala Lajpat Rai Bipin Aurobindo Rabindranath Tagore ' +
    'Vivekananda Dayananda Saraswati Phule Jyotirao Savitribai Rammohan Vidyasagar Ranade Bhave Vinoba Jinnah Khan Ali Ahmad Ahmed Hussain Husain ' +
    'Khilji Tughlaq Lodi Babur Humayun Akbar Jahangir Aurangzeb Shivaji Ashoka Chandragupta Samudragupta Harsha Kanishka Kautilya Chanakya Buddha ' +
    'Mahavira Nanak Kabir Tulsidas Surdas Mirabai Chaitanya Basava Ramanuja Shankara Kalidasa Aryabhata Banabhatta Megasthenes Fa-Hien Xuanzang ' +
    'Curzon Dalhousie Cornwallis Wellesley Clive Hastings Bentinck Canning Lytton Ripon Rippon Irwin Linlithgow Wavell Mountbatten Minto Morley Chelmsford ' +
    'Montagu Cripps Attlee Churchill Macaulay Hume Besant Annie Wedderburn Simon Radcliffe Lincoln Washington Jefferson Roosevelt Lenin Stalin Marx ' +
    'Mandela Mao Hitler Napoleon Rousseau Locke Montesquieu Mill Bentham Plato Aristotle Austin Granville Wheare Jennings Sinha Sachchidananda ' +
    'Hansa Mehta Durgabai Deshmukh Amrit Kaur Jaipal Hasrat Mohani Somnath Lahiri Kunzru Hriday Sapru Jayakar Gopalaswami Alladi Krishnaswami ' +
    'Thungon Singhvi Balwant Balwantrai Ashok Dantwala Hanumantha Sarkaria Punchhi Mandal Kesavananda Bharati Golaknath Maneka Minerva Bhagwati ' +
    'Chandrachud Khanna Venkatachaliah Chelameswar Hidayatullah Seshan Sukumar Fazl Abul Yadav Mayawati Vajpayee Advani Modi Manmohan Deve Gowda Gujral'
  ).split(' '),
)

/** Words that end the name of a body of people; the kind of all of them is 'institution'. */
export const INSTITUTION_HEADS = new Set(
  (
    'Commission Committee Court Courts Assembly Sabha Parliament Council Board Bank Ministry Union Congress Party League Authority Tribunal Company ' +
    'Corporation Service Services University Academy Organisation Organization Federation Panchayat Panchayats Samiti Parishad Mission Association Society ' +
    'House Senate Cabinet Bench Judiciary Legislature Executive Agency Bureau Department Secretariat Institute Police Army Navy Force Forces Front ' +
    'Fund Trust Exchange Samaj Sangh Sena Dal Majlis Durbar Bundestag Bundesrat Knesset Nations Conference'
  ).split(' '),
)

/** Words that end the name of a law, plan or document; the kind of all of them is 'law'. */
export const LAW_HEADS = new Set(
  (
    'Act Acts Bill Bills Code Plan Pact Resolution Treaty Charter Convention Protocol Agreement Accord Declaration Programme Scheme Policy Report Order ' +
    'Regulation Constitution Mission Yojana Abhiyan Adhiniyam Amendment List Schedule Budget Law Preamble Memorandum Manifesto Award Rules Covenant Proclamation ' +
    'Movement Satyagraha Revolt Rebellion Mutiny Campaign Session War Battle Settlement System'
  ).split(' '),
)

/** Single words with a capital that name a body. */
export const SINGLE_INSTITUTIONS = new Set(
  'Parliament Cabinet Judiciary Legislature Executive Senate Congress Bundestag Bundesrat Knesset'.split(' '),
)

/** Offices one person holds at a time. */
export const OFFICES = [
  'President',
  'Vice-President',
  'Vice President',
  'Prime Minister',
  'Chief Minister',
  'Governor',
  'Speaker',
  'Deputy Speaker',
  'Chief Justice',
  'Chief Justice of India',
  'Attorney General',
  'Attorney-General',
  'Advocate General',
  'Solicitor General',
  'Comptroller and Auditor General',
  'Chief Election Commissioner',
  'Cabinet Secretary',
  'Finance Minister',
  'Home Minister',
  'Law Minister',
  'Defence Minister',
  'Governor-General',
  'Governor General',
  'Viceroy',
  'Secretary of State',
  'District Collector',
  'District Magistrate',
  'Deputy Prime Minister',
  'Leader of the Opposition',
  'Chairman of the Rajya Sabha',
  'Peshwa',
  'Sarpanch',
  'Mayor',
]

/** Other names of one thing: as options beside each other, both would be right. Lower case. */
export const SAME_NAMES: readonly (readonly string[])[] = [
  ['lok sabha', 'house of the people', 'lower house'],
  ['rajya sabha', 'council of states', 'upper house'],
  ['parliament', 'union legislature', 'union parliament', 'indian parliament', 'parliament of india'],
  [
    'union government',
    'central government',
    'government of india',
    'centre',
    'union',
    'union of india',
    'indian union',
  ],
  ['supreme court', 'supreme court of india', 'apex court'],
  ['president', 'president of india'],
  ['prime minister', 'prime minister of india'],
  ['chief justice', 'chief justice of india', 'chief justice of the supreme court'],
  ['vice-president', 'vice president', 'vice president of india'],
  [
    'legislative assembly',
    'vidhan sabha',
    'state assembly',
    'state legislative assembly',
    'state assemblies',
    'legislative assemblies',
  ],
  ['legislative council', 'vidhan parishad', 'vidhan parishads'],
  ['election commission', 'election commission of india'],
  ['constitution', 'constitution of india', 'indian constitution'],
  ['directive principles', 'directive principles of state policy', 'directive principle'],
  ['comptroller and auditor general', 'cag', 'auditor general', 'comptroller and auditor general of india'],
  ['congress', 'indian national congress', 'congress party'],
  ['panchayat', 'gram panchayat', 'village panchayat', 'gram panchayats', 'village panchayats', 'panchayats'],
  ['constituent assembly', 'constituent assembly of india'],
  ['united states', 'united states of america', 'usa', 'america', 'us'],
  ['united kingdom', 'great britain', 'britain', 'england', 'uk', 'scotland'],
  ['soviet union', 'ussr', 'russia'],
  ['odisha', 'orissa'],
  ['bengal', 'west bengal'],
  ['puducherry', 'pondicherry'],
  ['delhi', 'new delhi'],
  ['mumbai', 'bombay'],
  ['chennai', 'madras', 'tamil nadu'],
  ['kolkata', 'calcutta'],
  ['bengaluru', 'bangalore'],
  ['prayagraj', 'allahabad'],
  ['varanasi', 'banaras'],
  ['dhaka', 'dacca'],
  ['tapi', 'tapti'],
  ['kaveri', 'cauvery'],
  ['mysore', 'karnataka'],
  ['hyderabad', 'andhra pradesh', 'telangana'],
  ['mahatma gandhi', 'gandhiji', 'gandhi', 'mahatma'],
  ['himalaya', 'himalayas'],
  ['governor general', 'governor-general', 'viceroy', 'governor-general of india', 'viceroy of india'],
  ['attorney general', 'attorney-general'],
]

/** A whole and its parts: what is true of a part may be said of the whole, so the two are never options beside each other. */
export const WHOLES: Readonly<Record<string, readonly string[]>> = {
  parliament: ['lok sabha', 'rajya sabha', 'legislature'],
  legislature: [
    'lok sabha',
    'rajya sabha',
    'legislative assembly',
    'legislative council',
    'state legislature',
    'parliament',
  ],
  'state legislature': ['legislative assembly', 'legislative council', 'governor'],
  judiciary: ['supreme court', 'high court', 'high courts', 'chief justice', 'constitutional court'],
  executive: [
    'president',
    'prime minister',
    'council of ministers',
    'cabinet',
    'governor',
    'chief minister',
    'union government',
    'state government',
  ],
  'council of ministers': ['cabinet', 'prime minister', 'union council of ministers'],
  cabinet: ['prime minister', 'union cabinet'],
  'union government': ['president', 'prime minister', 'council of ministers', 'cabinet', 'parliament', 'state'],
  'high court': ['high courts', 'chief justice'],
  'panchayati raj': ['panchayat', 'gram sabha', 'zilla panchayat', 'panchayati raj institutions'],
  panchayat: ['zilla panchayat', 'gram sabha', 'taluka panchayats'],
  'constituent assembly': ['drafting committee', 'constitution'],
  constitution: [
    'preamble',
    'fundamental rights',
    'directive principles',
    'fundamental duties',
    'union list',
    'state list',
    'concurrent list',
  ],
  'fundamental rights': [
    'right to equality',
    'right to freedom',
    'right against exploitation',
    'right to constitutional remedies',
  ],
  punjab: ['haryana', 'chandigarh'],
}

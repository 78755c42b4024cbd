/** Places by class: wrong options are taken from the key's own class. Names as Indian school books spell them. */
export const COUNTRIES = split(`
  Afghanistan, Argentina, Australia, Austria, Bangladesh, Belgium, Bhutan, Bolivia, Brazil, Britain, Canada, Chile, China,
  Colombia, Cuba, Denmark, Egypt, England, Ethiopia, Fiji, Finland, France, Germany, Ghana, Great Britain, Greece, Hungary,
  Iceland, Indonesia, Iran, Iraq, Ireland, Israel, Italy, Japan, Kenya, Kuwait, Laos, Libya, Malaysia, Maldives,
  Mauritius, Mexico, Mongolia, Morocco, Myanmar, Nepal, Netherlands, New Zealand, Nigeria, Norway, Oman, Pakistan, Peru,
  Philippines, Poland, Portugal, Qatar, Romania, Russia, Saudi Arabia, Scotland, Singapore, South Africa, South Korea,
  Soviet Union, Spain, Sri Lanka, Sudan, Sweden, Switzerland, Syria, Tanzania, Thailand, Turkey, Uganda, Ukraine,
  United Kingdom, United States, United States of America, Uruguay, Venezuela, Vietnam, Zambia, Zimbabwe, USA, USSR, UK`)

/** Countries whose name bears "the". */
export const THE_COUNTRIES = /^(?:United|Soviet|Netherlands|Maldives|Philippines|USA|USSR|UK)\b/

export const INDIAN_STATES = split(`
  Andhra Pradesh, Arunachal Pradesh, Assam, Bihar, Chhattisgarh, Goa, Gujarat, Haryana, Himachal Pradesh, Jharkhand,
  Karnataka, Kerala, Madhya Pradesh, Maharashtra, Manipur, Meghalaya, Mizoram, Nagaland, Odisha, Orissa, Punjab, Rajasthan,
  Sikkim, Tamil Nadu, Telangana, Tripura, Uttar Pradesh, Uttarakhand, West Bengal, Jammu and Kashmir, Ladakh, Puducherry,
  Pondicherry, Chandigarh, Lakshadweep, Bengal, Bombay, Madras, Mysore, Hyderabad, Travancore, Awadh, Sindh`)

export const CITIES = split(`
  Agra, Ahmedabad, Ahmednagar, Ajmer, Aligarh, Allahabad, Amritsar, Aurangabad, Bangalore, Banaras, Bareilly, Bengaluru, Bhopal,
  Bhubaneswar, Bijapur, Calcutta, Chennai, Cuttack, Dacca, Dandi, Daulatabad, Delhi, Dhaka, Faizpur, Gandhinagar, Gangtok, Gaya,
  Guwahati, Gwalior, Hampi, Imphal, Indore, Jaipur, Jaunpur, Jhansi, Kakinada, Kanpur, Karachi, Kohima, Kolkata, Kochi, Kozhikode,
  Lahore, London, Lucknow, Madurai, Mathura, Meerut, Moscow, Mumbai, Murshidabad, Nagaur, Nagpur, Nalanda, Nashik, New Delhi,
  Panaji, Panipat, Pataliputra, Patna, Pune, Puri, Raipur, Ranchi, Sarnath, Shillong, Shimla, Srinagar, Surat, Taxila, Thanjavur,
  Tripuri, Ujjain, Vaishali, Varanasi, Visakhapatnam, Paris, Geneva, New York, Tokyo, Beijing, Washington, Prayagraj`)

export const RIVERS = split(`
  Ganga, Yamuna, Brahmaputra, Indus, Sutlej, Beas, Ravi, Chenab, Jhelum, Narmada, Tapi, Tapti, Mahanadi, Godavari, Krishna,
  Kaveri, Cauvery, Tungabhadra, Pennar, Periyar, Sabarmati, Mahi, Luni, Son, Ghaghara, Gandak, Kosi, Chambal, Betwa, Ken,
  Damodar, Teesta, Subarnarekha, Brahmani, Bhima, Alaknanda, Bhagirathi, Nile, Amazon, Rhine, Danube, Volga, Mekong`)

/** The last word of a natural feature's name: Bay of Bengal, Western Ghats, Coromandel Coast. */
export const PHYSICAL_HEADS = new Set(
  split(`
  Sea, Ocean, Bay, Gulf, Strait, River, Lake, Ghats, Ghat, Hills, Hill, Range, Ranges, Mountains, Mountain, Plateau, Plain, Plains,
  Valley, Desert, Coast, Island, Islands, Peninsula, Basin, Delta, Pass, Peak, Glacier, Himalaya, Himalayas, Current, Zone, Jet, Trench,
  Canal, Dam, Belt, Forest, Forests, Park, Sanctuary, Reserve`),
)

function split(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.replace(/\s+/g, ' ').trim())
    .filter((name) => name !== '')
}

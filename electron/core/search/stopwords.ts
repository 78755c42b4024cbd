/**
 * Hindi words of grammar as they are typed in Latin letters. They carry no topic in a query of Hindi words; some are
 * English words too, so that alone they are none of these.
 */
export const ROMAN_STOPWORDS: ReadonlySet<string> = new Set(
  `ka ki ke ko kaa kee mein men mai main me se ne par pe hai hain h ho tha thi the hota hoti hote hua hui hue hona
  aur ya evam tatha athva bhi hi to toh na nahi nahin nhi ek yah yeh ye vah voh woh wo is us in un iska iski iske uska uski
  uske inka inki unka unki isme usme jo jis jisne jiska jiski kya kyaa kyon kyun kyu kab kahan kaha kaun kon kaunsa kaunsi
  konsa konsi kaise kaisa kaisi kitna kitni kitne kis kisne kise kiska kiski kiske kin kinke liye lie liya sath saath dwara
  dvara bad baad pahle pehle tak kar karna karne karta karti karte kiya kiye gaya gayi gaye jata jati jate jana raha rahi
  rahe sakta sakti sakte chahiye wala wali wale batao bataiye bataye samjhao samjhaiye likhiye arth matlab ab jab tab
  agar lekin kuch koi kisi sabhi sab bahut`
    .split(/\s+/)
    .filter((word) => word !== ''),
)

/** Words that carry no topic, folded and in lower case: left out of keyword queries and of overlap counts. */
export const STOPWORDS: ReadonlySet<string> = new Set(
  `a about above after again against all also am an and any are aren as at be because been before being below between
  both but by can cannot could couldn did didn do does doesn doing don down during each etc few for from further had
  hadn has hasn have haven having he her here hers herself him himself his how however i if in into is isn it its itself
  just let may me might more most much must my myself no nor not now of off on once one only or other ought our ours
  ourselves out over own per please s same shall she should shouldn so some such t than that the their theirs them
  themselves then there these they this those through thus to too under until up upon us very via was wasn we were weren
  what when where whether which while who whom whose why will with within without won would wouldn yes yet you your
  yours yourself yourselves
  define describe discuss explain give list mention name outline state tell say says said
  mean means meaning meant called known example examples
  और एक का की के को में से है हैं हो था थी थे ने पर यह ये वह वे इस उस इन उन इसे उसे इसके उसके इसकी उसकी इसका उसका इनके उनके
  इनकी उनकी इनका उनका इसमें उसमें इससे उससे जो जिस जिसे जिसके जिसकी जिसका जिन जिनके जिनकी जिनका तो ही भी कि या एवं तथा अथवा
  लिए लिये साथ तक द्वारा बाद पहले अपने अपनी अपना कर करना करने करता करती करते किया किए किये की गई गए गये गया जाता जाती जाते जाना
  जाए रहा रही रहे हुआ हुई हुए होता होती होते होना होने हुये कुछ कोई किसी सभी सब बहुत अधिक न नहीं मत मे मैं हम तुम आप मुझे हमें
  क्या क्यों कब कहां कहा कौन कौनसा कौनसी कैसे कैसा कैसी कितना कितनी कितने किस किसने किसे किसके किसकी किसका किन किनके किनकी
  बताइए बताएं बताओ समझाइए वर्णन कीजिए लिखिए दीजिए चर्चा परिभाषा अर्थ मतलब अब जब तब यदि अगर लेकिन परंतु किंतु बल्कि
  वाला वाली वाले सकता सकती सकते चाहिए थीं हूं दिया दी दिए ऐसा ऐसी ऐसे वहां यहां तरह रूप ओर प्रति`
    .split(/\s+/)
    .filter((word) => word !== ''),
)
